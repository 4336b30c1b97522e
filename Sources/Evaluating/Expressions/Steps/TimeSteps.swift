import Calendars
import Columns
import Kernels
import Plans

extension Frame {
  /// The days that hold dates or times, by the calendar of the zone; temporary memory.
  func days(_ vector: Vector) -> UnsafeMutablePointer<Int32> {
    let days = temporary(Int32.self)
    write(daysOf: vector, into: days)
    return days
  }

  /// As `days`, into memory of the caller.
  func write(daysOf vector: Vector, into days: UnsafeMutablePointer<Int32>) {
    if vector.type == .date || (context.zone.isUTC && vector.scale == microsPerDay) {
      if let stored = vector.storedIntegers, stored.width <= 32 {
        stored.widen(count: count, into: days)
      } else {
        var scaled = vector
        if vector.type != .date { scaled.scale = 1 }
        narrow(integerBlock(scaled), divisor: 1, count: count, into: days)
      }
    } else if context.zone.isUTC, vector.scale == 1_000_000, let stored = vector.storedIntegers,
      stored.width <= 32
    {
      if case .int32(let seconds) = stored {
        DayKernels.days(ofSeconds: seconds, count: count, into: days)
      } else {
        stored.widen(count: count, into: days)
        DayKernels.days(ofSeconds: days, count: count, into: days)
      }
    } else {
      DayKernels.days(ofMicros: localMicros(vector), count: count, into: days)
    }
  }

  /// The days among which those of a vector are, where its range is known; a zone shifts times by
  /// less than two days.
  func days(in vector: Vector) -> ClosedRange<Int32>? {
    guard let range = vector.range else { return nil }
    let unit: Int64 = vector.type == .date ? 1 : microsPerDay
    let margin: Int64 = vector.type == .date || context.zone.isUTC ? 0 : 2
    let days = range.floorDivided(by: unit)
    guard let first = Int32(exactly: days.lowerBound - margin),
      let last = Int32(exactly: days.upperBound + margin)
    else { return nil }
    return first...last
  }

  /// Times by the clock of the zone.
  func localMicros(_ vector: Vector) -> UnsafePointer<Int64> {
    let micros = integerBlock(vector)
    if context.zone.isUTC { return micros }
    let local = temporary(Int64.self)
    context.zone.convertToLocal(
      UnsafeBufferPointer(start: micros, count: count),
      into: UnsafeMutableBufferPointer(start: local, count: count))
    return UnsafePointer(local)
  }

  /// The times at which days begin in the zone.
  func startsOfDays(_ days: UnsafePointer<Int32>) -> UnsafeMutablePointer<Int64> {
    let out = output(Int64.self)
    DayKernels.micros(ofDays: days, count: count, into: out)
    if !context.zone.isUTC {
      context.zone.convertToUTC(
        UnsafeBufferPointer(start: out, count: count),
        into: UnsafeMutableBufferPointer(start: out, count: count))
    }
    return out
  }
}

let microsPerDay: Int64 = 86_400_000_000

/// The day of a date or time, or the first day of its week, month, quarter or year.
final class PeriodStep: Step {
  /// nil is the day itself.
  private let period: DayKernels.Period?

  init(_ argument: Int, _ period: DayKernels.Period?) {
    self.period = period
    super.init([argument], .date)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.date) }
    let out = frame.output(Int32.self)
    if let period {
      DayKernels.periodStarts(frame.days(vector), period, count: frame.count, into: out)
    } else {
      frame.write(daysOf: vector, into: out)
    }
    return Vector(
      count: frame.count, type: .date, storage: .int32(out), validity: vector.validity,
      faults: vector.faults, range: range(vector, frame))
  }

  /// Periods ascend with time, so that those of the bounds are the bounds.
  private func range(_ vector: Vector, _ frame: Frame) -> ClosedRange<Int64>? {
    guard let days = frame.days(in: vector) else { return nil }
    let (first, last) = (days.lowerBound, days.upperBound)
    guard let period else { return Int64(first)...Int64(last) }
    var bounds = (first, last)
    DayKernels.periodStarts([first], period, count: 1, into: &bounds.0)
    DayKernels.periodStarts([last], period, count: 1, into: &bounds.1)
    return bounds.0 <= bounds.1 ? Int64(bounds.0)...Int64(bounds.1) : nil
  }
}

/// A number read off a date or time.
final class TimePartStep: Step {
  enum Part {
    case year, hour, weekday
  }

  private let part: Part
  /// Days so near to 1970 have years that are surely right.
  private static let nearDays: UInt32 = 30_000_000

  init(_ argument: Int, _ part: Part) {
    self.part = part
    super.init([argument], .int)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.int) }
    let out = frame.output(Int32.self)
    var range: ClosedRange<Int64>?
    switch part {
    case .year:
      DayKernels.years(ofDays: frame.days(vector), count: frame.count, into: out)
      range = frame.days(in: vector).flatMap { years(in: $0) }
    case .hour:
      if frame.context.zone.isUTC, vector.scale == 1_000_000, let stored = vector.storedIntegers,
        stored.width <= 32
      {
        let seconds = frame.temporary(Int32.self)
        stored.widen(count: frame.count, into: seconds)
        DayKernels.hours(ofSeconds: seconds, count: frame.count, into: out)
      } else {
        DayKernels.hours(ofMicros: frame.localMicros(vector), count: frame.count, into: out)
      }
      range = 0...23
    case .weekday:
      DayKernels.weekdays(ofDays: frame.days(vector), count: frame.count, into: out)
      range = 1...7
    }
    return Vector(
      count: frame.count, type: .int, storage: .int32(out), validity: vector.validity,
      faults: vector.faults, range: range)
  }

  /// Nil where the calendar may not reach.
  private func years(in days: ClosedRange<Int32>) -> ClosedRange<Int64>? {
    if max(days.lowerBound.magnitude, days.upperBound.magnitude) > TimePartStep.nearDays {
      return nil
    }
    var bounds: (Int32, Int32) = (0, 0)
    DayKernels.years(ofDays: [days.lowerBound], count: 1, into: &bounds.0)
    DayKernels.years(ofDays: [days.upperBound], count: 1, into: &bounds.1)
    return Int64(bounds.0)...Int64(bounds.1)
  }
}

/// The times at which days begin in the zone.
final class StartOfDayStep: Step {
  init(_ argument: Int) { super.init([argument], .time) }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.time) }
    return Vector(
      count: frame.count, type: .time, storage: .int64(frame.startsOfDays(frame.days(vector))),
      validity: vector.validity, faults: vector.faults)
  }
}

/// The start of the run of whole widths since 1970 that holds a time; null for no positive width.
///
/// Whole days are days of the zone, other widths are counted in UTC.
final class TimeBinStep: Step {
  init(_ arguments: [Int], _ expression: ScalarExpression) {
    super.init(arguments, .time, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    let width = frame[arguments[1]]
    if vector.isNullConstant || width.isNullConstant { return frame.null(.time) }
    let widths = frame.integerBlock(width)
    let micros = frame.integerBlock(vector)
    let days = frame.days(vector)
    let defined = frame.bits()
    defined.update(repeating: 0, count: frame.wordCount)
    for row in 0..<frame.count {
      defined[row &>> 6] |= (widths[row] > 0 ? 1 : 0) &<< UInt64(row & 63)
      let dayCount = widths[row] / microsPerDay
      if dayCount > 0 {
        days[row] = Int32(truncatingIfNeeded: floored(Int64(days[row]), dayCount))
      }
    }
    let out = frame.startsOfDays(days)
    for row in 0..<frame.count where widths[row] > 0 && widths[row] % microsPerDay != 0 {
      out[row] = floored(micros[row], widths[row])
    }
    return Vector(
      count: frame.count, type: .time, storage: .int64(out),
      validity: frame.restrict(frame.validity(vector, width), to: defined),
      faults: frame.faults(vector, width))
  }

  @inline(__always)
  private func floored(_ value: Int64, _ width: Int64) -> Int64 {
    let rest = value % width
    return value &- (rest < 0 ? rest &+ width : rest)
  }
}

/// Whole seconds since 1970, rounded down.
final class EpochStep: Step {
  init(_ argument: Int) { super.init([argument], .int) }

  override var borrows: [Int] { [0] }

  override func run(_ frame: Frame) -> Vector {
    var vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.int) }
    vector.type = .int
    vector.range = vector.range.map { floored($0.lowerBound)...floored($0.upperBound) }
    if case .constant(let value) = vector.storage {
      vector.storage = .constant(.int(floored(value.integer ?? 0)))
    } else if vector.scale % 1_000_000 == 0 {
      // Stored as seconds already.
      vector.scale /= 1_000_000
    } else {
      let micros = frame.integerBlock(vector)
      let out = frame.output(Int64.self)
      for row in 0..<frame.count { out[row] = floored(micros[row]) }
      vector.storage = .int64(out)
      vector.scale = 1
    }
    return vector
  }

  @inline(__always)
  private func floored(_ micros: Int64) -> Int64 {
    micros % 1_000_000 < 0 ? micros / 1_000_000 &- 1 : micros / 1_000_000
  }
}

/// The time that a Twitter id holds; null for ids from before such ids.
final class SnowflakeStep: Step {
  init(_ argument: Int) { super.init([argument], .time) }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.time) }
    let ids = frame.integerBlock(vector)
    let out = frame.output(Int64.self)
    // Milliseconds since Twitter's own epoch are in the upper bits.
    for row in 0..<frame.count { out[row] = (ids[row] >> 22 &+ 1_288_834_974_657) &* 1000 }
    let isSnowflake = frame.bits()
    compare(ids, .greaterOrEqual, .constant(1 << 40), count: frame.count, into: isSnowflake)
    return Vector(
      count: frame.count, type: .time, storage: .int64(out),
      validity: frame.restrict(vector.validity, to: isSnowflake), faults: vector.faults)
  }
}
