import Columns
import Diagnostics
import Plans

extension AggregationResults {
  /// Gives the value of an aggregate for a group of a part.
  typealias Reader = @Sendable (_ group: Int) throws(EvaluationFailure) -> Cell

  /// What reads an aggregate's values in a part: which accumulator it is, is found out once.
  func reader(_ recipe: AggregationLayout.Recipe, _ states: GroupStates) -> Reader {
    let present = PresentCounts(recipe, states)
    let type = recipe.call.type
    switch states.accumulators[recipe.main] {
    case let counts as Counts:
      return { counted(recipe, counts, present, $0) }
    case let sums as IntegerSums:
      let under = divisor(recipe, states)
      return { group throws(EvaluationFailure) in
        try summed(recipe, sums.total(group), present, under, group)
      }
    case let sums as FloatSums:
      let under = divisor(recipe, states)
      return { summed(recipe, sums, under, $0) }
    case let extremes as Extremes:
      return { group in
        if extremes.present.pointer[group] == 0 { return .null }
        if let texts = extremes.texts { return .text(texts.pointer[group]) }
        return Cell(orderWord: extremes.word(group), of: type)
      }
    case let picks as Picks:
      return { group in
        if picks.ordinals.pointer[group] == Picks.none { return .null }
        if let texts = picks.texts { return .text(texts.pointer[group]) }
        return Cell(orderWord: picks.words.pointer[group], of: type)
      }
    case let pairs as PairSums: return { pairs.correlation($0).map { .float($0) } ?? .null }
    case let values as ValueCounts: return { valued(recipe, values, $0) }
    default: preconditionFailure("another accumulator than specified")
    }
  }

  /// The column of an aggregate whose states are integers that are never null; nil for others.
  func integers(_ recipe: AggregationLayout.Recipe) throws(EvaluationFailure) -> Column? {
    guard recipe.call.type.isStoredAsInteger, recipe.nulls == nil else { return nil }
    if recipe.call.function == .distinct, let bits = try distinctBits(recipe) { return bits }
    let sources = merged.parts.compactMap { states -> Store<Int64>? in
      switch (recipe.call.function, states.accumulators[recipe.main]) {
      case (.count, let counts as Counts): counts.counts
      case (.sum, let sums as IntegerSums): sums.narrowOnly
      case (.distinct, let pairs as DistinctPairs): pairs.counts
      case (.distinct, let texts as DistinctTexts): texts.counts
      default: nil
      }
    }
    if sources.count < merged.parts.count { return nil }
    let places = merged.places
    return try cells.column(recipe.call.type, count: merged.count) { rows, integers, _ in
      for (index, row) in rows.enumerated() {
        let place = places.pointer[row]
        integers[index] = sources[Int(place.part)].pointer[Int(place.group)]
      }
      return false
    }
  }

  private func distinctBits(
    _ recipe: AggregationLayout.Recipe
  ) throws(EvaluationFailure) -> Column? {
    let sources = merged.parts.compactMap { $0.accumulators[recipe.main] as? DistinctBits }
    if sources.count < merged.parts.count { return nil }
    let places = merged.places
    return try cells.column(.int, count: merged.count) { rows, integers, _ in
      for (index, row) in rows.enumerated() {
        let place = places.pointer[row]
        integers[index] = sources[Int(place.part)].distinct(Int(place.group))
      }
      return false
    }
  }

  /// How many rows of a group have an argument that is not null.
  struct PresentCounts: Sendable {
    private let rows: Counts?
    private let nulls: Counts?

    init(_ recipe: AggregationLayout.Recipe, _ states: GroupStates) {
      rows = states.accumulators[recipe.rows] as? Counts
      nulls = recipe.nulls.flatMap { states.accumulators[$0] as? Counts }
    }

    func count(_ group: Int) -> Int64 {
      (rows?.counts.pointer[group] ?? 0) - (nulls?.counts.pointer[group] ?? 0)
    }
  }

  private func counted(
    _ recipe: AggregationLayout.Recipe, _ counts: Counts, _ present: PresentCounts, _ group: Int
  ) -> Cell {
    let trues = counts.counts.pointer[group]
    let rows = present.count(group)
    switch recipe.call.function {
    case .any: return rows == 0 ? .null : .integer(trues > 0 ? 1 : 0)
    case .all: return rows == 0 ? .null : .integer(trues == rows ? 1 : 0)
    default: return .integer(counts.kind == .trues ? trues : rows)
    }
  }

  private func summed(
    _ recipe: AggregationLayout.Recipe, _ total: Int128, _ present: PresentCounts,
    _ under: (@Sendable (Int) -> Double)?, _ group: Int
  ) throws(EvaluationFailure) -> Cell {
    switch recipe.call.function {
    case .sum:
      guard let sum = Int64(exactly: total) else { throw .diagnostic(overflow(recipe)) }
      return .integer(sum)
    case .ratio: return ratio(Double(nearest: total), under?(group) ?? 0)
    default:
      let count = present.count(group)
      if count == 0 { return .null }
      // To the nearest microsecond; a half goes away from zero.
      let half = Int128(count) / 2
      let shifted = total < 0 ? total - half : total + half
      return .integer(Int64(truncatingIfNeeded: shifted / Int128(count)))
    }
  }

  /// Sums and ratios: averages and deviations are written many at a time, see `floats`.
  private func summed(
    _ recipe: AggregationLayout.Recipe, _ sums: FloatSums,
    _ under: (@Sendable (Int) -> Double)?, _ group: Int
  ) -> Cell {
    let sum = sums.sums.total(group).sum
    return recipe.call.function == .sum ? .float(sum) : ratio(sum, under?(group) ?? 0)
  }

  private func ratio(_ over: Double, _ under: Double) -> Cell {
    under == 0 ? .null : .float(over / under)
  }

  /// Gives what a ratio's sum is divided by; nil for other aggregates.
  private func divisor(
    _ recipe: AggregationLayout.Recipe, _ states: GroupStates
  ) -> (@Sendable (Int) -> Double)? {
    guard recipe.call.function == .ratio else { return nil }
    switch states.accumulators[recipe.second] {
    case let sums as IntegerSums: return { Double(nearest: sums.total($0)) }
    case let sums as FloatSums: return { sums.sums.total($0).sum }
    default: return nil
    }
  }

  private func valued(
    _ recipe: AggregationLayout.Recipe, _ values: ValueCounts, _ group: Int
  ) -> Cell {
    switch recipe.call.function {
    case .distinct: return .integer(values.distinct(group))
    case .entropy: return values.entropy(group).map { .float($0) } ?? .null
    default: break
    }
    guard let word = values.mode(group) else { return .null }
    let argument = layout.specifications[recipe.main].arguments[0]
    if let texts = layout.argumentDictionaries[argument], recipe.call.type == .string {
      return .text(TextReference(texts.texts, at: Int(word)))
    }
    return .integer(word)
  }

  private func overflow(_ recipe: AggregationLayout.Recipe) -> Diagnostic {
    let argument = recipe.call.arguments.first
    let name = argument.map { expression in
      if case .column(let name) = expression.node { "'\(name)'" } else { expression.text }
    }
    return Diagnostic(
      "the sum of \(name ?? "the values") is beyond the range of "
        + (recipe.call.type == .duration ? "duration" : "int"),
      hint: recipe.call.type == .int ? "sum(float(…)) has no such limit" : nil,
      at: recipe.call.range, blame: .data)
  }
}
