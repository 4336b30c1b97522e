import Calendars
import Columns
import Kernels

/// Dates or times as text, by a constant pattern, on the clock of the zone.
final class FormatDateStep: Step {
  private let pattern: TimePattern
  private let memory = TextMemory()
  private let dayTexts: DayTexts?

  init(_ argument: Int, _ pattern: TimePattern) {
    self.pattern = pattern
    dayTexts = DayTexts(pattern)
    super.init([argument], .string)
  }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.string) }
    if let known = codes(vector, frame) {
      return Vector(
        count: frame.count, type: .string, storage: known, validity: vector.validity,
        faults: vector.faults)
    }
    memory.begin()
    if vector.type == .date { writeDates(vector, frame) } else { writeTimes(vector, frame) }
    return Vector(
      count: frame.count, type: .string, storage: memory.storage, validity: vector.validity,
      faults: vector.faults)
  }

  /// The texts as codes, where they depend on the day alone.
  private func codes(_ vector: Vector, _ frame: Frame) -> Vector.Storage? {
    guard let dayTexts else { return nil }
    return vector.type == .date
      ? dayTexts.storage(frame.integerBlock(vector), count: frame.count, frame)
      : dayTexts.storage(frame.days(vector), count: frame.count, frame)
  }

  /// Days begin at midnight, whatever the zone's clock did; the offset is that at which they began.
  private func writeDates(_ vector: Vector, _ frame: Frame) {
    let days = frame.integerBlock(vector)
    let starts = pattern.needsOffset ? frame.startsOfDays(frame.days(vector)) : nil
    for row in 0..<frame.count {
      let offset = starts.map { self.offset(of: $0[row], frame.context.zone) } ?? 0
      write(days: Int(days[row]), second: 0, offset: offset)
    }
  }

  private func writeTimes(_ vector: Vector, _ frame: Frame) {
    let micros = frame.integerBlock(vector)
    let local = frame.localMicros(vector)
    for row in 0..<frame.count {
      let inDay = local[row] % microsPerDay
      let isBelow = inDay < 0
      let day = local[row] / microsPerDay - (isBelow ? 1 : 0)
      let second = (isBelow ? inDay + microsPerDay : inDay) / 1_000_000
      let offset = pattern.needsOffset ? self.offset(of: micros[row], frame.context.zone) : 0
      write(days: Int(day), second: Int(second), offset: offset)
    }
  }

  private func offset(of micros: Int64, _ zone: TimeZoneRules) -> Int {
    let seconds = micros / 1_000_000 - (micros % 1_000_000 < 0 ? 1 : 0)
    return zone.isUTC ? 0 : zone.offsetSeconds(atUTC: Int(seconds))
  }

  private func write(days: Int, second: Int, offset: Int) {
    let out = memory.extend(by: pattern.capacity)
    let count = pattern.write(days: days, second: second, offset: offset, to: out)
    memory.giveBack(pattern.capacity - count)
    memory.endRow()
  }
}
