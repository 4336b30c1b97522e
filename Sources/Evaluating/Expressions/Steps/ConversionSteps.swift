import Calendars
import Columns
import Kernels

/// Integers, times and bools as floats.
final class ToFloatStep: Step {
  init(_ argument: Int) { super.init([argument], .float) }

  override var borrows: [Int] { [0] }

  override func run(_ frame: Frame) -> Vector {
    var vector = frame[arguments[0]]
    if vector.type == .float { return vector }
    if vector.isNullConstant { return frame.null(.float) }
    let out = frame.output(Double.self)
    vector.asDoubles(into: out)
    vector.type = .float
    vector.storage = .float64(out)
    vector.scale = 1
    vector.range = nil
    return vector
  }
}

/// Floats cut towards zero (null, and counted, beyond the integers) and bools as integers.
final class ToIntStep: Step {
  private let lossLabel: String

  init(_ argument: Int, lossLabel: String) {
    self.lossLabel = lossLabel
    super.init([argument], .int)
  }

  override var countsLosses: Bool { true }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.isNullConstant { return frame.null(.int) }
    let out = frame.output(Int64.self)
    var validity = vector.validity
    if vector.type == .float {
      let inRange = frame.bits()
      truncate(frame.doubleBlock(vector), count: frame.count, into: out, inRange: inRange)
      validity = frame.restrict(validity, to: inRange)
      frame.countLost(vector.validity, validity, label: lossLabel)
    } else {
      vector.widenToInt64(into: out)
    }
    return Vector(
      count: frame.count, type: .int, storage: .int64(out), validity: validity,
      faults: vector.faults, range: vector.type == .bool ? 0...1 : nil)
  }
}

/// Texts read as numbers, dates or times, white space around them left out; what is none is null
/// and counted.
final class ParseStep: TextFunctionStep {
  init(_ argument: Int, _ type: DataType, lossLabel: String) {
    super.init(argument, type, lossLabel: lossLabel)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let rows = texts.rows
    let read = frame.bits()
    read.update(repeating: 0, count: frame.wordCount)
    let storage: Vector.Storage
    if type == .float {
      let out = frame.output(Double.self)
      for row in 0..<texts.count {
        let value = parseFloat(trimmed(rows[row]))
        out[row] = value ?? 0
        read[row >> 6] |= (value == nil ? 0 : 1) << UInt64(row & 63)
      }
      storage = .float64(out)
    } else {
      let out = frame.output(Int64.self)
      for row in 0..<texts.count {
        let value = parseInteger(trimmed(rows[row]), frame.context.zone)
        out[row] = value ?? 0
        read[row >> 6] |= (value == nil ? 0 : 1) << UInt64(row & 63)
      }
      storage = .int64(out)
    }
    return Vector(
      count: texts.count, type: type, storage: storage,
      validity: frame.restrict(texts.validity, to: read))
  }

  private func parseInteger(
    _ text: UnsafeBufferPointer<UInt8>, _ zone: TimeZoneRules
  ) -> Int64? {
    switch type {
    case .time: return parseTime(text, zone: zone)?.micros
    case .date:
      guard let time = parseTime(text, zone: zone) else { return nil }
      let seconds = Int(time.micros >= 0 ? time.micros : time.micros - 999_999) / 1_000_000
      let local = seconds + zone.offsetSeconds(atUTC: seconds)
      return Int64((local >= 0 ? local : local - 86_399) / 86_400)
    default: return parseDecimal(text)
    }
  }
}

/// A decimal integer of Int64: digits with a sign or without.
func parseDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
  var digits = text[...]
  let isNegative = digits.first == UInt8(ascii: "-")
  if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
  if digits.isEmpty { return nil }
  var value: Int64 = 0
  for digit in digits {
    guard digit >= 0x30, digit <= 0x39 else { return nil }
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) =
      isNegative
      ? tens.subtractingReportingOverflow(Int64(digit - 0x30))
      : tens.addingReportingOverflow(Int64(digit - 0x30))
    if overflow || carry { return nil }
    value = sum
  }
  return value
}

/// A decimal number with or without fraction and exponent, or the name of one that is not finite.
///
/// No hexadecimal; a number too large or too small for a float is none.
func parseFloat(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  if let value = parseShortDecimal(text) { return value }
  if let value = notFinite(text) { return value }
  let allowed = text.allSatisfy { byte in
    byte >= 0x30 && byte <= 0x39 || byte == 0x2E || byte == 0x2B || byte == 0x2D
      || byte | 0x20 == 0x65
  }
  guard allowed, !text.isEmpty, let value = Double(String(decoding: text, as: UTF8.self)) else {
    return nil
  }
  if value == 0 {
    let digits = text.prefix { $0 | 0x20 != 0x65 }
    return digits.contains { $0 > 0x30 && $0 <= 0x39 } ? nil : value
  }
  return value.isFinite ? value : nil
}

/// A number of at most 15 digits, some of which may be behind a point, without exponent; nil for all else.
///
/// The digits and the power of ten are exact, so that one division rounds once (W. Clinger, 1990).
private func parseShortDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  guard !text.isEmpty, text.count <= 17 else { return nil }
  let isNegative = text[0] == UInt8(ascii: "-")
  var place = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
  var (digits, count, point): (Int64, Int, Int?) = (0, 0, nil)
  while place < text.count {
    let digit = text[place] &- UInt8(ascii: "0")
    if digit < 10 {
      digits = digits &* 10 &+ Int64(digit)
      count &+= 1
    } else if text[place] == UInt8(ascii: "."), point == nil, count > 0 {
      point = count
    } else {
      return nil
    }
    place &+= 1
  }
  guard count > 0, count <= 15, point != count else { return nil }
  let value = Double(digits) / powersOfTen[count - (point ?? count)]
  return isNegative ? -value : value
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/// `nan`, `inf` and `infinity` in any case, the latter two with a sign.
private func notFinite(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  guard text.count >= 3, text.count <= 9, let last = text.last,
    last | 0x20 == 0x66 || last | 0x20 == 0x6E || last | 0x20 == 0x79
  else { return nil }
  switch String(decoding: text, as: UTF8.self).lowercased() {
  case "nan", "-nan", "+nan": return .nan
  case "inf", "+inf", "infinity", "+infinity": return .infinity
  case "-inf", "-infinity": return -.infinity
  default: return nil
  }
}

/// Any value as text: ISO for dates and times, the shortest digits that read back for floats.
final class ToStringStep: Step {
  private let memory = TextMemory()

  init(_ argument: Int) { super.init([argument], .string) }

  override var borrows: [Int] { [0] }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    if vector.type == .string { return vector }
    if vector.isNullConstant { return frame.null(.string) }
    memory.begin()
    if vector.type == .bool {
      let bits = frame.boolBits(vector)
      for row in 0..<frame.count {
        memory.add(bits[row >> 6] >> UInt64(row & 63) & 1 != 0 ? "true" : "false")
        memory.endRow()
      }
    } else if vector.type == .float {
      let values = frame.doubleBlock(vector)
      for row in 0..<frame.count {
        memory.add(values[row])
        memory.endRow()
      }
    } else {
      memory.addTexts(of: vector, frame)
    }
    return Vector(
      count: frame.count, type: .string, storage: memory.storage, validity: vector.validity,
      faults: vector.faults)
  }
}

/// A bound of the Wilson interval of k of n at 95 %; of nothing it is 0 and 1.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
final class WilsonStep: Step {
  private let isLow: Bool

  init(_ arguments: [Int], isLow: Bool) {
    self.isLow = isLow
    super.init(arguments, .float)
  }

  override func run(_ frame: Frame) -> Vector {
    let successes = frame[arguments[0]]
    let trials = frame[arguments[1]]
    if successes.isNullConstant || trials.isNullConstant { return frame.null(.float) }
    let k = frame.doubleBlock(successes)
    let n = frame.doubleBlock(trials)
    let out = frame.output(Double.self)
    for row in 0..<frame.count { out[row] = bound(k[row], n[row]) }
    return Vector(
      count: frame.count, type: .float, storage: .float64(out),
      validity: frame.validity(successes, trials), faults: frame.faults(successes, trials))
  }

  @inline(__always)
  private func bound(_ k: Double, _ n: Double) -> Double {
    if !(n > 0) { return isLow ? 0 : 1 }
    // A count outside 0…n is taken as the nearer end; the bounds of none and of all are exact.
    let k = min(max(k, 0), n)
    if isLow && k <= 0 { return 0 }
    if !isLow && k >= n { return 1 }
    let z = 1.959963984540054
    let p = k / n
    let center = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return (isLow ? center - spread : center + spread) / (1 + z * z / n)
  }
}
