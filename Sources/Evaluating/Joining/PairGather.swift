import Columns

/// Puts values of some rows of a column one after the other, in scratch memory: as the pairs of a join want them,
/// or whoever goes on with few rows of a block.
final class PairGather {
  private let values: Store<UInt64>
  private let validity: Store<UInt64>
  private let offsets: Store<UInt32>
  private let bytes = Store<UInt8>(capacity: 1 << 10)
  private let texts: Store<TextReference>

  /// Readable bytes before and behind texts.
  private static let padding = 64

  /// Room for so many pairs.
  init(_ type: DataType, pairs: Int) {
    values = Store(undefined: pairs)
    validity = Store(undefined: pairs / 64 + 1)
    offsets = Store(undefined: type == .string ? pairs + 1 : 1)
    texts = Store(undefined: type == .string ? pairs : 1)
  }

  /// The values of these rows, until the next call; with `hasNone`, a row behind the last is null.
  func vector(
    _ column: DenseColumn, _ type: DataType, _ rows: UnsafePointer<UInt32>, _ count: Int,
    hasNone: Bool
  ) -> Vector {
    let limit = hasNone ? column.count : Int.max
    let storage: Vector.Storage
    switch column.values {
    case .int8(let from): storage = .int8(take(from, limit, rows, count, 0))
    case .int16(let from): storage = .int16(take(from, limit, rows, count, 0))
    case .int32(let from): storage = .int32(take(from, limit, rows, count, 0))
    case .int64(let from): storage = .int64(take(from, limit, rows, count, 0))
    case .float64(let from): storage = .float64(take(from, limit, rows, count, 0))
    case .codes8(let from, let dictionary):
      storage = .codes8(take(from, limit, rows, count, 0), dictionary)
    case .codes16(let from, let dictionary):
      storage = .codes16(take(from, limit, rows, count, 0), dictionary)
    case .bytes(let from):
      storage = .bits(takeBits(rows, count) { UInt64($0 < limit ? from[$0] : 0) })
    case .texts(let from, _): storage = spell(rows, count) { $0 < limit ? from[$0] : .empty }
    }
    return Vector(
      count: count, type: type, storage: storage, scale: column.scale,
      validity: hasNone || column.validity != nil
        ? takeValidity(rows, count) { presence($0, column) } : nil,
      range: column.range)
  }

  /// The values of these rows of a block, until the next call.
  func vector(_ block: Vector, _ rows: UnsafePointer<UInt32>, _ count: Int) -> Vector {
    let limit = Int.max
    let storage: Vector.Storage
    switch block.storage {
    case .int8(let from): storage = .int8(take(from, limit, rows, count, 0))
    case .int16(let from): storage = .int16(take(from, limit, rows, count, 0))
    case .int32(let from): storage = .int32(take(from, limit, rows, count, 0))
    case .int64(let from): storage = .int64(take(from, limit, rows, count, 0))
    case .float64(let from): storage = .float64(take(from, limit, rows, count, 0))
    case .codes8(let from, let dictionary):
      storage = .codes8(take(from, limit, rows, count, 0), dictionary)
    case .codes16(let from, let dictionary):
      storage = .codes16(take(from, limit, rows, count, 0), dictionary)
    case .bits(let from): storage = .bits(takeBits(rows, count) { bit($0, of: from) })
    case .text(let offsets, let bytes):
      storage = spell(rows, count) { row in
        TextReference(
          bytes: bytes + Int(offsets[row]), count: Int(offsets[row &+ 1] &- offsets[row]))
      }
    case .constant(let scalar): storage = .constant(scalar)
    }
    return Vector(
      count: count, type: block.type, storage: storage, scale: block.scale,
      validity: block.validity.flatMap { own in takeValidity(rows, count) { bit($0, of: own) } },
      range: block.range)
  }

  @inline(__always) private func bit(_ row: Int, of words: UnsafePointer<UInt64>) -> UInt64 {
    words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
  }

  private func take<Value: BitwiseCopyable>(
    _ from: UnsafePointer<Value>, _ limit: Int, _ rows: UnsafePointer<UInt32>, _ count: Int,
    _ none: Value
  ) -> UnsafePointer<Value> {
    let into = UnsafeMutableRawPointer(values.pointer).assumingMemoryBound(to: Value.self)
    if limit == Int.max {
      for index in 0..<count { into[index] = from[Int(rows[index])] }
      return UnsafePointer(into)
    }
    for index in 0..<count {
      let row = Int(rows[index])
      into[index] = row < limit ? from[row] : none
    }
    return UnsafePointer(into)
  }

  @inline(__always) private func takeBits(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ bit: (Int) -> UInt64
  ) -> UnsafePointer<UInt64> {
    let into = values.pointer
    for start in stride(from: 0, to: count, by: 64) {
      var word: UInt64 = 0
      for index in start..<min(start &+ 64, count) {
        word |= bit(Int(rows[index])) &<< UInt64(truncatingIfNeeded: index & 63)
      }
      into[start &>> 6] = word
    }
    return UnsafePointer(into)
  }

  /// 1 where a row is present; a row behind the last is not.
  @inline(__always) private func presence(_ row: Int, _ column: DenseColumn) -> UInt64 {
    if row >= column.count { return 0 }
    return column.validity.map { bit(row, of: $0) } ?? 1
  }

  /// Nil when no row is null.
  @inline(__always) private func takeValidity(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ bit: (Int) -> UInt64
  ) -> UnsafePointer<UInt64>? {
    var nulls = 0
    for start in stride(from: 0, to: count, by: 64) {
      var word: UInt64 = 0
      let end = min(start &+ 64, count)
      for index in start..<end {
        word |= bit(Int(rows[index])) &<< UInt64(truncatingIfNeeded: index & 63)
      }
      nulls &+= end &- start &- word.nonzeroBitCount
      validity.pointer[start &>> 6] = word
    }
    return nulls == 0 ? nil : UnsafePointer(validity.pointer)
  }

  @inline(__always) private func spell(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ text: (Int) -> TextReference
  ) -> Vector.Storage {
    var total = 0
    offsets.pointer[0] = 0
    for index in 0..<count {
      let text = text(Int(rows[index]))
      texts.pointer[index] = text
      total &+= text.count
      offsets.pointer[index &+ 1] = UInt32(truncatingIfNeeded: total)
    }
    precondition(total <= UInt32.max, "text of one block exceeds 4 GiB")
    texts.setCount(count)
    bytes.removeAll()
    bytes.reserve(total + 2 * PairGather.padding)
    let base = bytes.pointer + PairGather.padding
    copyTexts(texts, offsets.pointer, into: base)
    return .text(offsets: UnsafePointer(offsets.pointer), bytes: UnsafePointer(base))
  }
}
