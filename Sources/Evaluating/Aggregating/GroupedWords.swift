/// The words of all groups, those of each behind each other.
struct GroupedWords: Sendable {
  let words: LoggedWords
  /// The places of the words' rows, where they were asked for.
  let ordinals: Store<Int64>?
  /// Where each group's words begin, and the last one's end.
  let starts: Store<Int>

  /// Where the words of a group lie.
  func rows(_ group: Int) -> Range<Int> {
    starts.pointer[group]..<starts.pointer[group + 1]
  }

  /// Calls `body` with the words of a group.
  func withWords<Result>(
    _ group: Int, _ body: (UnsafeBufferPointer<Int64>) -> Result
  ) -> Result {
    guard case .wide(let words) = words else {
      return withCopy(group) { body(UnsafeBufferPointer($0)) }
    }
    let rows = rows(group)
    return body(
      UnsafeBufferPointer(start: words.pointer + rows.lowerBound, count: rows.count))
  }

  /// Calls `body` with a copy of the words of a group.
  func withCopy<Result>(
    _ group: Int, _ body: (UnsafeMutableBufferPointer<Int64>) -> Result
  ) -> Result {
    let rows = rows(group)
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: rows.count + 1) { scratch in
      guard let base = scratch.baseAddress else { preconditionFailure("an allocation of nothing") }
      switch words {
      case .narrow: _ = words.words(rows.lowerBound, count: rows.count, scratch: base)
      case .wide(let words): base.update(from: words.pointer + rows.lowerBound, count: rows.count)
      }
      return body(UnsafeMutableBufferPointer(start: base, count: rows.count))
    }
  }
}
