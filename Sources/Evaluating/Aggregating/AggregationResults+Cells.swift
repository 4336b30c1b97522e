import Columns
import Diagnostics
import Plans

extension AggregationResults {
  /// The value of an aggregate for a group of a part.
  func cell(
    _ recipe: AggregationLayout.Recipe, _ states: GroupStates, _ group: Int
  ) throws(EvaluationFailure) -> Cell {
    let call = recipe.call
    switch states.accumulators[recipe.main] {
    case let counts as Counts: return counted(recipe, counts, states, group)
    case let sums as IntegerSums: return try summed(recipe, sums.total(group), states, group)
    case let sums as FloatSums: return summed(recipe, sums, states, group)
    case let extremes as Extremes:
      if extremes.present.pointer[group] == 0 { return .null }
      if let texts = extremes.texts { return .text(texts.pointer[group]) }
      return Cell(orderWord: extremes.word(group), of: call.type)
    case let picks as Picks:
      if picks.ordinals.pointer[group] == Picks.none { return .null }
      if let texts = picks.texts { return .text(texts.pointer[group]) }
      return Cell(orderWord: picks.words.pointer[group], of: call.type)
    case let pairs as PairSums: return pairs.correlation(group).map { .float($0) } ?? .null
    case let values as ValueCounts: return valued(recipe, values, group)
    default: preconditionFailure("another accumulator than specified")
    }
  }

  /// The rows of a group whose argument is not null.
  private func presentCount(
    _ recipe: AggregationLayout.Recipe, _ states: GroupStates, _ group: Int
  ) -> Int64 {
    func count(_ position: Int) -> Int64 {
      (states.accumulators[position] as? Counts)?.counts.pointer[group] ?? 0
    }
    return count(recipe.rows) - (recipe.nulls.map(count) ?? 0)
  }

  private func counted(
    _ recipe: AggregationLayout.Recipe, _ counts: Counts, _ states: GroupStates, _ group: Int
  ) -> Cell {
    let trues = counts.counts.pointer[group]
    let present = { presentCount(recipe, states, group) }
    switch recipe.call.function {
    case .share: return present() == 0 ? .null : .float(Double(trues) / Double(present()))
    case .any: return present() == 0 ? .null : .integer(trues > 0 ? 1 : 0)
    case .all: return present() == 0 ? .null : .integer(trues == present() ? 1 : 0)
    default: return .integer(counts.kind == .trues ? trues : present())
    }
  }

  private func summed(
    _ recipe: AggregationLayout.Recipe, _ total: Int128, _ states: GroupStates, _ group: Int
  ) throws(EvaluationFailure) -> Cell {
    switch recipe.call.function {
    case .sum:
      guard let sum = Int64(exactly: total) else { throw .diagnostic(overflow(recipe)) }
      return .integer(sum)
    case .ratio: return ratio(Double(total), recipe, states, group)
    default:
      let count = presentCount(recipe, states, group)
      if count == 0 { return .null }
      if recipe.call.type == .float { return .float(Double(total) / Double(count)) }
      // To the nearest microsecond; a half goes away from zero.
      let half = Int128(count) / 2
      let shifted = total < 0 ? total - half : total + half
      return .integer(Int64(truncatingIfNeeded: shifted / Int128(count)))
    }
  }

  private func summed(
    _ recipe: AggregationLayout.Recipe, _ sums: FloatSums, _ states: GroupStates, _ group: Int
  ) -> Cell {
    switch recipe.call.function {
    case .sum: return .float(sums.sums.total(group).sum)
    case .ratio: return ratio(sums.sums.total(group).sum, recipe, states, group)
    case .stddev:
      let count = presentCount(recipe, states, group)
      return sums.standardDeviation(group, count: count).map { .float($0) } ?? .null
    default:
      let count = presentCount(recipe, states, group)
      return count == 0 ? .null : .float(sums.sums.total(group).sum / Double(count))
    }
  }

  private func ratio(
    _ over: Double, _ recipe: AggregationLayout.Recipe, _ states: GroupStates, _ group: Int
  ) -> Cell {
    let under: Double =
      switch states.accumulators[recipe.second] {
      case let sums as IntegerSums: Double(sums.total(group))
      case let sums as FloatSums: sums.sums.total(group).sum
      default: 0
      }
    return under == 0 ? .null : .float(over / under)
  }

  private func valued(
    _ recipe: AggregationLayout.Recipe, _ values: ValueCounts, _ group: Int
  ) -> Cell {
    switch recipe.call.function {
    case .distinct: return .integer(values.distinct(group))
    case .entropy: return entropy(values.frequencies(group)).map { .float($0) } ?? .null
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
