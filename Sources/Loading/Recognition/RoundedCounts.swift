import Columns

/// Whether the counts of a column show three digits and zeros only, as YouTube tells them in public.
///
/// Told of ten and more counts of four digits and more; O(rows), and stops at the first exact one.
func hasRoundedCounts(_ column: Column) -> Bool {
  guard column.type == .int else { return false }
  var long = 0
  for segment in column.segments {
    for (row, count) in segment.integers().enumerated() where !segment.isNull(at: row) {
      var rest = count
      if rest < 1000 { continue }
      var unit: Int64 = 1
      while rest >= 1000 {
        rest /= 10
        unit *= 10
      }
      if rest * unit != count { return false }
      long += 1
    }
  }
  return long >= 10
}
