import Columns

/// Whether numbers of which nothing else is known are the ids of Twitter's followers, in follow order.
///
/// Ids rise with the time of signing up, so that those of a follower list set records as its creation times do
/// (`ListOrder`); the newest of them carry that time (snowflakes). O(rows).
func areFollowerIds(_ column: Column) -> Bool {
  guard column.type == .int, column.nullCount == 0, let range = column.integerRange,
    range.lowerBound > 0, range.upperBound >= 1 << 40
  else { return false }
  let order = ListOrder(records: column).order
  return order == .newestFirst || order == .oldestFirst
}
