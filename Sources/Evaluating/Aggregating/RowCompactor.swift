import Columns

/// Puts the values of the rows that passed one after the other, in scratch memory of a worker.
final class RowCompactor {
  private let blockRows: Int
  /// Raw memory a slot, eight bytes a row; texts have their own.
  private var slots: [Store<UInt64>] = []
  private var textSlots: [Int: Store<TextReference>] = [:]
  private let arena = Arena()
  private var constants: [[UInt8]: TextReference] = [:]

  init(blockRows: Int) { self.blockRows = blockRows }

  /// The dense values of a vector; valid until the slot is used again.
  ///
  /// `isStored` says that its texts outlive the block. The groups are those of the rows until
  /// nulls are masked.
  func dense(
    _ vector: Vector, slot: Int, _ rows: GroupedRows, isStored: Bool
  ) -> DenseColumn {
    while slots.count <= slot { slots.append(Store(undefined: blockRows)) }
    let memory = UnsafeMutableRawPointer(slots[slot].pointer)
    var validity = vector.validity
    let values: DenseColumn.Values
    switch vector.storage {
    case .int8(let from): values = .int8(gather(from, rows, memory))
    case .int16(let from): values = .int16(gather(from, rows, memory))
    case .int32(let from): values = .int32(gather(from, rows, memory))
    case .int64(let from): values = .int64(gather(from, rows, memory))
    case .float64(let from): values = .float64(gather(from, rows, memory))
    case .bits(let bits): values = .bytes(expand(bits, rows, memory))
    case .codes8(let codes, let dictionary):
      values = .codes8(
        safe(gather(codes, rows, memory), dictionary, vector, rows, memory), dictionary)
    case .codes16(let codes, let dictionary):
      values = .codes16(
        safe(gather(codes, rows, memory), dictionary, vector, rows, memory), dictionary)
    case .text(let offsets, let bytes):
      values = .texts(references(offsets, bytes, rows, slot), isStable: isStored)
    case .constant(let scalar):
      values = fill(scalar, vector.type, rows, memory, slot)
      if scalar == .null { validity = UnsafePointer(noRows.pointer) }
    }
    return DenseColumn(
      count: rows.count, values: values, scale: vector.scale, range: vector.range,
      validity: validity, groups: rows.groups)
  }

  /// The validity of a constant null.
  private lazy var noRows = Store<UInt64>(repeating: 0, count: blockRows / 64 + 1)

  private func gather<Value: BitwiseCopyable>(
    _ from: UnsafePointer<Value>, _ rows: GroupedRows, _ memory: UnsafeMutableRawPointer
  ) -> UnsafePointer<Value> {
    guard let positions = rows.positions else { return from }
    let into = memory.assumingMemoryBound(to: Value.self)
    for row in 0..<rows.count { into[row] = from[Int(positions[row])] }
    return UnsafePointer(into)
  }

  /// Codes that lead into the dictionary even where the row is null.
  private func safe<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: UnsafePointer<Code>, _ dictionary: TextDictionary, _ vector: Vector,
    _ rows: GroupedRows, _ memory: UnsafeMutableRawPointer
  ) -> UnsafePointer<Code> {
    if vector.validity == nil { return codes }
    let into = memory.assumingMemoryBound(to: Code.self)
    let last = Code(truncatingIfNeeded: max(0, dictionary.count - 1))
    for row in 0..<rows.count { into[row] = codes[row] < last ? codes[row] : last }
    return UnsafePointer(into)
  }

  private func expand(
    _ bits: UnsafePointer<UInt64>, _ rows: GroupedRows, _ memory: UnsafeMutableRawPointer
  ) -> UnsafePointer<UInt8> {
    let into = memory.assumingMemoryBound(to: UInt8.self)
    if let positions = rows.positions {
      for row in 0..<rows.count {
        let position = Int(positions[row])
        let bit = bits[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63)
        into[row] = UInt8(truncatingIfNeeded: bit & 1)
      }
      return UnsafePointer(into)
    }
    // Eight bits at a time: each lands in a byte of its own by a multiplication, mask and shift.
    let source = UnsafeRawPointer(bits)
    for byte in 0..<(rows.count &+ 7) / 8 {
      let eight = UInt64(source.load(fromByteOffset: byte, as: UInt8.self))
      let low = (eight & 0x7F) &* 0x02_0408_1020_4081 & 0x0101_0101_0101_0101
      let word = low | (eight &>> 7) &<< 56
      memory.storeBytes(of: word, toByteOffset: byte &* 8, as: UInt64.self)
    }
    return UnsafePointer(into)
  }

  private func textMemory(_ slot: Int) -> UnsafeMutablePointer<TextReference> {
    if let known = textSlots[slot] { return known.pointer }
    let made = Store<TextReference>(undefined: blockRows)
    textSlots[slot] = made
    return made.pointer
  }

  private func references(
    _ offsets: UnsafePointer<UInt32>, _ bytes: UnsafePointer<UInt8>, _ rows: GroupedRows,
    _ slot: Int
  ) -> UnsafePointer<TextReference> {
    let into = textMemory(slot)
    for row in 0..<rows.count {
      let position = rows.positions.map { Int($0[row]) } ?? row
      let start = offsets[position]
      into[row] = TextReference(
        bytes: bytes + Int(start), count: Int(offsets[position &+ 1] &- start))
    }
    return UnsafePointer(into)
  }

  private func fill(
    _ scalar: Scalar, _ type: DataType, _ rows: GroupedRows, _ memory: UnsafeMutableRawPointer,
    _ slot: Int
  ) -> DenseColumn.Values {
    switch type {
    case .bool:
      let into = memory.assumingMemoryBound(to: UInt8.self)
      into.update(repeating: scalar == .bool(true) ? 1 : 0, count: rows.count)
      return .bytes(into)
    case .int, .date, .time, .duration:
      let into = memory.assumingMemoryBound(to: Int64.self)
      into.update(repeating: scalar.integer ?? 0, count: rows.count)
      return .int64(into)
    case .float:
      let into = memory.assumingMemoryBound(to: Double.self)
      into.update(repeating: scalar.number ?? 0, count: rows.count)
      return .float64(into)
    case .string:
      let into = textMemory(slot)
      into.update(repeating: constant(scalar), count: rows.count)
      return .texts(into, isStable: false)
    }
  }

  private func constant(_ scalar: Scalar) -> TextReference {
    guard case .string(let text) = scalar else { return .empty }
    let bytes = Array(text.utf8)
    if let known = constants[bytes] { return known }
    let made = bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map {
        TextReference(bytes: arena.copy($0, bytes.count), count: bytes.count)
      }
    }
    constants[bytes] = made ?? .empty
    return made ?? .empty
  }
}
