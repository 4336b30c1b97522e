import Columns
import Plans

extension AggregationResults {
  /// The column of an aggregate whose results are floats, where its states are plain; nil for others.
  ///
  /// Written in one loop: with a value of its own kind for each row, the results of half a million groups
  /// would take longer than the groups.
  func floats(_ recipe: AggregationLayout.Recipe) throws(EvaluationFailure) -> Column? {
    guard recipe.call.type == .float else { return nil }
    switch (recipe.call.function, merged.parts.first?.accumulators[recipe.main]) {
    case (.avg, is IntegerSums):
      return try floats(recipe) { (sums: IntegerSums, group, count) in
        count == 0 ? nil : Double(nearest: sums.total(group)) / Double(count)
      }
    case (.avg, is FloatSums):
      return try floats(recipe) { (sums: FloatSums, group, count) in
        count == 0 ? nil : sums.sums.total(group).sum / Double(count)
      }
    case (.stddev, is FloatSums):
      return try floats(recipe) { (sums: FloatSums, group, count) in
        sums.standardDeviation(group, count: count)
      }
    case (.share, is Counts):
      return try floats(recipe) { (trues: Counts, group, count) in
        count == 0 ? nil : Double(trues.counts.pointer[group]) / Double(count)
      }
    default: return nil
    }
  }

  /// `value` makes a result of a main accumulator, a group and the number of its rows with an argument;
  /// nil is null.
  private func floats<Main: AnyObject & Sendable>(
    _ recipe: AggregationLayout.Recipe,
    _ value: @escaping @Sendable (Main, _ group: Int, _ count: Int64) -> Double?
  ) throws(EvaluationFailure) -> Column? {
    let mains = merged.parts.compactMap { $0.accumulators[recipe.main] as? Main }
    if mains.count < merged.parts.count { return nil }
    let presents = merged.parts.map { PresentCounts(recipe, $0) }
    let places = merged.places
    return try cells.floats(count: merged.count) { rows, floats, present in
      var nulls = 0
      for (index, row) in rows.enumerated() {
        let place = places.pointer[row]
        let (part, group) = (Int(place.part), Int(place.group))
        let result = value(mains[part], group, presents[part].count(group))
        floats[index] = result ?? 0
        present[index &>> 6] |=
          (result == nil ? 0 : 1) &<< UInt64(truncatingIfNeeded: index & 63)
        nulls &+= result == nil ? 1 : 0
      }
      return nulls > 0
    }
  }
}
