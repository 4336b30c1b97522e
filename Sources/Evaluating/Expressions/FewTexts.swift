import Columns
import Kernels

/// The texts of the selected rows of a block, one after the other, where these are few: a function then
/// looks at no others.
///
/// One step's; reused from block to block.
final class FewTexts {
  private let memory = TextMemory()
  /// The selected rows, ascending.
  private let rows: Store<UInt32>
  private var count = 0
  private let starts: Store<UInt32>
  private let ends: Store<UInt32>
  private let frame: Frame

  init(_ frame: Frame) {
    self.frame = Frame(capacity: frame.capacity, context: frame.context)
    rows = Store(undefined: frame.capacity + 16)
    starts = Store(undefined: frame.capacity)
    ends = Store(undefined: frame.capacity)
  }

  /// What `function` makes of the selected texts, of `type`, in the places of their rows.
  ///
  /// The other rows hold the value of one of them, an empty text or no bit.
  func map(
    _ texts: PlainTexts, _ selection: UnsafePointer<UInt64>, _ type: DataType, into outer: Frame,
    _ function: (PlainTexts, Frame) -> Vector
  ) -> Vector {
    count = selectedRows(selection, count: texts.count, into: rows.pointer)
    if count == 0 { return outer.null(type) }
    frame.begin(count: count, columns: [], selection: nil)
    let made = function(collected(texts), frame)
    frame.endStep()
    return spread(made, into: outer)
  }

  private func collected(_ texts: PlainTexts) -> PlainTexts {
    let (rows, starts, ends) = (rows.pointer, starts.pointer, ends.pointer)
    for index in 0..<count {
      let row = Int(rows[index])
      starts[index] = texts.offsets[row]
      ends[index] = texts.offsets[row &+ 1]
    }
    memory.begin()
    memory.append(TextRows(base: texts.bytes, starts: starts, ends: ends), count: count)
    let own = memory.rows
    return PlainTexts(
      offsets: own.starts, bytes: own.base, count: count,
      validity: texts.validity.map { collected($0, frame.bits()) })
  }

  /// The bits of the selected rows.
  private func collected(
    _ bits: UnsafePointer<UInt64>, _ out: UnsafeMutablePointer<UInt64>
  ) -> UnsafePointer<UInt64> {
    out.update(repeating: 0, count: frame.wordCount)
    for index in 0..<count {
      let row = UInt64(rows.pointer[index])
      let bit = bits[Int(row &>> 6)] &>> (row & 63) & 1
      out[index &>> 6] |= bit &<< UInt64(index & 63)
    }
    return UnsafePointer(out)
  }

  private func spread(_ made: Vector, into outer: Frame) -> Vector {
    var result = made
    result.count = outer.count
    result.validity = made.validity.map { spread($0, outer) }
    result.faults = made.faults.map { spread($0, outer) }
    switch made.storage {
    case .bits(let from): result.storage = .bits(spread(from, outer))
    case .int8(let from): result.storage = .int8(spread(from, outer))
    case .int16(let from): result.storage = .int16(spread(from, outer))
    case .int32(let from): result.storage = .int32(spread(from, outer))
    case .int64(let from): result.storage = .int64(spread(from, outer))
    case .float64(let from): result.storage = .float64(spread(from, outer))
    case .text(let offsets, let bytes):
      result.storage = .text(offsets: spreadOffsets(offsets, outer), bytes: bytes)
    case .constant: break
    case .codes8, .codes16: preconditionFailure("codes of plain texts")
    }
    return result
  }

  private func spread(
    _ bits: UnsafePointer<UInt64>, _ outer: Frame
  ) -> UnsafePointer<UInt64> {
    let out = outer.bits()
    out.update(repeating: 0, count: outer.wordCount)
    for index in 0..<count {
      let row = UInt64(rows.pointer[index])
      let bit = bits[index &>> 6] &>> UInt64(index & 63) & 1
      out[Int(row &>> 6)] |= bit &<< (row & 63)
    }
    return UnsafePointer(out)
  }

  private func spread<Value: BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ outer: Frame
  ) -> UnsafePointer<Value> {
    let out = outer.output(Value.self)
    out.update(repeating: values[0], count: outer.count)
    for index in 0..<count { out[Int(rows.pointer[index])] = values[index] }
    return UnsafePointer(out)
  }

  /// The texts of other rows are empty.
  private func spreadOffsets(
    _ offsets: UnsafePointer<UInt32>, _ outer: Frame
  ) -> UnsafePointer<UInt32> {
    let out = outer.output(UInt32.self)
    var next = 0
    for index in 0..<count {
      let row = Int(rows.pointer[index])
      while next <= row {
        out[next] = offsets[index]
        next &+= 1
      }
    }
    while next <= outer.count {
      out[next] = offsets[count]
      next &+= 1
    }
    return UnsafePointer(out)
  }
}
