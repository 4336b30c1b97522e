/// A stretch of time with one offset from UTC: [start, end) in microseconds.
struct OffsetSpan {
  var start: Int64
  var end: Int64
  var micros: Int64

  /// A span that holds no time, to begin a loop with.
  static let none = OffsetSpan(start: Int64.max, end: Int64.min, micros: 0)

  /// The same without the day at each end.
  var withoutEnds: OffsetSpan {
    let day = Int64(microsPerDay)
    let (low, below) = start.addingReportingOverflow(day)
    let (high, above) = end.subtractingReportingOverflow(day)
    return OffsetSpan(
      start: below ? Int64.max : low, end: above ? Int64.min : high, micros: micros)
  }

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
  /// For each stretch of 102 days from 1970 on the step in force at its start.
  private let hints: [Int32]

  /// One offset for all times.
  init(fixed offset: Int64) {
    self.init(first: offset, steps: [], cycleEnd: nil)
  }

  /// Steps in ascending order after the first offset; `cycleEnd` is nil when nothing repeats.
  init(first: Int64, steps: [(start: Int64, offset: Int64)], cycleEnd: Int64?) {
    let starts = [Int64.min] + steps.map(\.start)
    self.starts = starts
    offsets = [first] + steps.map(\.offset)
    self.cycleEnd = cycleEnd ?? Int64.max
    var step = 0
    hints = (0..<Self.hintCount).map { hint in
      let time = Int64(hint) << Self.hintShift
      while step + 1 < starts.count, starts[step + 1] <= time { step += 1 }
      return Int32(step)
    }
  }

  /// The span of the time.
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
    let hint = time &>> Int64(Self.hintShift)
    var step = hint >= 0 && hint < Self.hintCount ? Int(hints[Int(hint)]) : search(time)
    while step &+ 1 < starts.count, starts[step &+ 1] <= time { step &+= 1 }
    let next = step &+ 1 < starts.count ? starts[step &+ 1] : Int64.max
    return OffsetSpan(start: starts[step], end: min(next, cycleEnd), micros: offsets[step])
  }

  /// The step of a time beyond the hints, by halving.
  private func search(_ time: Int64) -> Int {
    var low = 0
    var high = starts.count
    while high &- low > 1 {
      let middle = (low &+ high) / 2
      if starts[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }

  /// 400 years in microseconds.
  static let cycle = Int64(146_097 * 86_400) * 1_000_000
  /// 2⁴³ microseconds are 101.8 days: hardly more than one step falls in.
  private static let hintShift = 43
  private static let hintCount = 300
}
