import Calendars
import Columns

/// Where expressions get what is not in the block; shared by all workers of an evaluation.
struct ExpressionContext: Sendable {
  /// The zone of days, hours and of times written without one.
  var zone: TimeZoneRules
  /// Counts the values that did not convert.
  var conversions: ConversionCounts
  /// The sets of `x in TABLE`, built once for all workers.
  var keySets: KeySets
  /// The texts of few values that are put together.
  var combinations: Combinations

  init(
    zone: TimeZoneRules, conversions: ConversionCounts = ConversionCounts(),
    keySets: KeySets = KeySets(), combinations: Combinations = Combinations()
  ) {
    self.zone = zone
    self.conversions = conversions
    self.keySets = keySets
    self.combinations = combinations
  }
}
