import Columns
import Kernels

/// The value of the first condition that is true, else the last value.
///
/// Arguments are condition, value, condition, value, …, value. Faults of values that are not
/// taken vanish. Strings are copied unless all are constants or of one dictionary (`TextCaseStep`).
final class CaseStep: Step {
  init(_ arguments: [Int], _ type: DataType) { super.init(arguments, type) }

  override var borrows: [Int] { Array(arguments.indices) }

  override func run(_ frame: Frame) -> Vector {
    var result = frame[arguments[arguments.count - 1]]
    var index = arguments.count - 3
    while index >= 0 {
      let condition = frame[arguments[index]]
      result = choose(frame, condition, frame[arguments[index + 1]], result)
      index -= 2
    }
    return result
  }

  private func choose(
    _ frame: Frame, _ condition: Vector, _ chosen: Vector, _ other: Vector
  ) -> Vector {
    if condition.isNullConstant { return other }
    let bits = frame.trueBits(condition)
    var result = values(frame, bits, chosen, other)
    result.type = type
    result.validity = selectBits(frame, bits, validity(frame, chosen), validity(frame, other))
    let taken = selectBits(
      frame, bits, chosen.faults ?? zeros(frame), other.faults ?? zeros(frame))
    result.faults =
      chosen.faults == nil && other.faults == nil
      ? condition.faults : frame.unite(condition.faults, taken)
    return result
  }

  private func values(
    _ frame: Frame, _ bits: UnsafePointer<UInt64>, _ chosen: Vector, _ other: Vector
  ) -> Vector {
    switch type {
    case .bool:
      let a = frame.boolBits(chosen)
      let b = frame.boolBits(other)
      let out = frame.bits()
      for word in 0..<frame.wordCount { out[word] = bits[word] & a[word] | ~bits[word] & b[word] }
      return Vector(count: frame.count, type: type, storage: .bits(out))
    case .float:
      let out = frame.output(Double.self)
      select(bits, frame.doubles(chosen), frame.doubles(other), count: frame.count, into: out)
      return Vector(count: frame.count, type: type, storage: .float64(out))
    case .int, .date, .time, .duration:
      return integers(frame, bits, IntegerInput(chosen), IntegerInput(other))
    case .string:
      return frame.chooseTexts(bits, chosen, other, memory)
    }
  }

  private func integers(
    _ frame: Frame, _ bits: UnsafePointer<UInt64>, _ chosen: IntegerInput, _ other: IntegerInput
  ) -> Vector {
    // A constant can take the other's unit.
    let a = chosen.constant(inUnitsOf: other.scale) ?? chosen
    let b = other.constant(inUnitsOf: a.scale) ?? other
    let range = a.range.union(b.range)
    if a.scale == b.scale, a.isNarrow, b.isNarrow {
      let out = frame.output(Int32.self)
      select(bits, a.operand32(frame), b.operand32(frame), count: frame.count, into: out)
      return Vector(
        count: frame.count, type: type, storage: .int32(out), scale: a.scale,
        range: range.multiplying(a.scale...a.scale))
    }
    let out = frame.output(Int64.self)
    select(
      bits, .block(chosen.block64(frame)), .block(other.block64(frame)), count: frame.count,
      into: out)
    let values = chosen.valueRange.flatMap { own in other.valueRange.map { own.union($0) } }
    return Vector(count: frame.count, type: type, storage: .int64(out), range: values)
  }

  /// All rows where nil means none is null, so that both sides have bits where one has.
  private func validity(_ frame: Frame, _ vector: Vector) -> UnsafePointer<UInt64>? {
    if !vector.isNullConstant { return vector.validity }
    return zeros(frame)
  }

  private func zeros(_ frame: Frame) -> UnsafePointer<UInt64> {
    let out = frame.bits()
    out.update(repeating: 0, count: frame.wordCount)
    return UnsafePointer(out)
  }

  /// Bits by bits; nil is all ones.
  private func selectBits(
    _ frame: Frame, _ bits: UnsafePointer<UInt64>, _ chosen: UnsafePointer<UInt64>?,
    _ other: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64>? {
    if chosen == nil && other == nil { return nil }
    let out = frame.bits()
    for word in 0..<frame.wordCount {
      out[word] = bits[word] & (chosen?[word] ?? ~0) | ~bits[word] & (other?[word] ?? ~0)
    }
    return UnsafePointer(out)
  }

  private lazy var memory = TextMemory()
}
