import Diagnostics
import Parsing
import Plans

/// A call or operator being checked: for messages that name it and its arguments.
struct Call {
  let entry: CatalogueEntry
  /// The whole call.
  let expression: Expression
  /// The places of the arguments, in the order of the parameters; empty for operators.
  var argumentRanges: [SourceRange] = []

  /// How messages name it.
  var name: String {
    entry.meaning == .scalar(.negate) ? "-" : entry.name
  }

  func range(of argument: Int) -> SourceRange {
    argument < argumentRanges.count ? argumentRanges[argument] : expression.focus
  }
}
