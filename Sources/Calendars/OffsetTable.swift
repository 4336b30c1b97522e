/// A stretch of time with one offset from UTC: [start, end) in microseconds.
struct OffsetSpan {
  var start: Int64
  var end: Int64
  var micros: Int64

  /// A span that holds no time, to begin a loop with.
  static let none = OffsetSpan(start: Int64.max, end: Int64.min, micros: 0)

  @inline(__always)
  func holds(_ time: Int64) -> Bool {
    time >= start && time < end
  }
}

/// Offsets from UTC as a step function of time, all in microseconds.
///
/// `offsets[i]` holds from `starts[i]` to `starts[i + 1]`; the first step begins at `Int64.min`.
/// From `cycleEnd` on, the 400 years before it repeat: the calendar has that period.
struct OffsetTable: Sendable {
  let starts: [Int64]
  let offsets: [Int64]
  let cycleEnd: Int64

  /// One offset for all times.
  init(fixed offset: Int64) {
    starts = [Int64.min]
    offsets = [offset]
    cycleEnd = Int64.max
  }

  /// Steps in ascending order after the first offset; `cycleEnd` is nil when nothing repeats.
  init(first: Int64, steps: [(start: Int64, offset: Int64)], cycleEnd: Int64?) {
    starts = [Int64.min] + steps.map(\.start)
    offsets = [first] + steps.map(\.offset)
    self.cycleEnd = cycleEnd ?? Int64.max
  }

  /// The span of the time, by binary search.
  func span(holding time: Int64) -> OffsetSpan {
    guard time >= cycleEnd else { return plainSpan(holding: time) }
    let cycles = (time &- cycleEnd) / Self.cycle &+ 1
    let shift = cycles &* Self.cycle
    let span = plainSpan(holding: time &- shift)
    // Only as far as the table is sure of: the span may be cut by the edges of the cycle.
    let start = max(span.start, cycleEnd &- Self.cycle)
    let end = min(span.end, cycleEnd)
    let (shiftedEnd, overflow) = end.addingReportingOverflow(shift)
    return OffsetSpan(
      start: start &+ shift, end: overflow ? Int64.max : shiftedEnd, micros: span.micros)
  }

  private func plainSpan(holding time: Int64) -> OffsetSpan {
    let low = starts.withUnsafeBufferPointer { starts in
      // The number of steps does not hang on the data, and a step has no branch.
      var low = 0
      var length = starts.count
      while length > 1 {
        let half = length &>> 1
        low = starts[low &+ half] <= time ? low &+ half : low
        length &-= half
      }
      return low
    }
    let next = low &+ 1 < starts.count ? starts[low &+ 1] : Int64.max
    return OffsetSpan(start: starts[low], end: min(next, cycleEnd), micros: offsets[low])
  }

  /// 400 years in microseconds.
  static let cycle = Int64(146_097 * 86_400) * 1_000_000
}
