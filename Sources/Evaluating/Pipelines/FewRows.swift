import Columns
import Kernels

/// The few rows of a block that are wanted of a column whose rows are taken when they are read.
///
/// The others hold the value of one of them, or nothing in the case of texts. One worker's; reused from block to block.
final class FewRows {
  private let memory = GrowingMemory()
  private let numbers = GrowingMemory()
  private let places = Store<RowPlace>()
  /// What the last vector borrows.
  private var values: Segment.Values?

  /// A vector of the rows of a block of which those are there whose bit is set; valid until the next
  /// one is made.
  func vector(
    _ source: PlacedSegment, _ segment: Segment, _ type: DataType, rows: Range<Int>,
    selection: UnsafePointer<UInt64>
  ) -> Vector {
    numbers.removeAll()
    let positions = numbers.extend(by: rows.count * 4 + 64).assumingMemoryBound(to: UInt32.self)
    let count = selectedRows(selection, count: rows.count, into: positions)
    places.reserve(max(1, count))
    let all = source.places
    for index in 0..<count {
      places.pointer[index] = all[rows.lowerBound &+ Int(positions[index])]
    }
    let taken = source.gather.values(
      UnsafeBufferPointer(start: UnsafePointer(places.pointer), count: count))
    values = taken
    memory.removeAll()
    let chosen = UnsafeBufferPointer(start: UnsafePointer(positions), count: count)
    return Vector(
      count: rows.count, type: type, storage: storage(taken, chosen, rows.count),
      scale: segment.scale,
      validity: source.validity.map { UnsafePointer($0.words.pointer + rows.lowerBound / 64) },
      faults: nil, range: segment.statistics.integerRange)
  }

  private func storage(
    _ values: Segment.Values, _ chosen: UnsafeBufferPointer<UInt32>, _ count: Int
  ) -> Vector.Storage {
    switch values {
    case .bits(let bits):
      let words = room(UInt64.self, (count + 63) / 64)
      words.update(repeating: 0, count: (count + 63) / 64)
      for (index, row) in chosen.enumerated() where bits[index] {
        words[Int(row) >> 6] |= 1 << UInt64(row & 63)
      }
      return .bits(words)
    case .int8(let slice): return .int8(spread(slice, chosen, count))
    case .int16(let slice): return .int16(spread(slice, chosen, count))
    case .int32(let slice): return .int32(spread(slice, chosen, count))
    case .int64(let slice): return .int64(spread(slice, chosen, count))
    case .float64(let slice): return .float64(spread(slice, chosen, count))
    case .codes8(let slice, let dictionary):
      return .codes8(spread(slice, chosen, count), dictionary)
    case .codes16(let slice, let dictionary):
      return .codes16(spread(slice, chosen, count), dictionary)
    case .text(let texts):
      return .text(
        offsets: spread(texts.offsets.pointer, chosen, count),
        bytes: UnsafePointer(texts.bytes.pointer))
    }
  }

  private func room<Element: BitwiseCopyable>(
    _ type: Element.Type, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    memory.extend(by: count * MemoryLayout<Element>.stride).assumingMemoryBound(to: type)
  }

  private func spread<Element: BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Element>, _ chosen: UnsafeBufferPointer<UInt32>, _ count: Int
  ) -> UnsafePointer<Element> {
    let out = room(Element.self, count)
    if chosen.count > 0 { out.update(repeating: slice.pointer[0], count: count) }
    for index in 0..<chosen.count { out[Int(chosen[index])] = slice.pointer[index] }
    return UnsafePointer(out)
  }

  /// Offsets where the rows that are not wanted are empty.
  private func spread(
    _ offsets: UnsafePointer<UInt32>, _ chosen: UnsafeBufferPointer<UInt32>, _ count: Int
  ) -> UnsafePointer<UInt32> {
    let out = room(UInt32.self, count + 1)
    var next = 0
    for row in 0..<count {
      out[row] = offsets[next]
      if next < chosen.count && Int(chosen[next]) == row { next += 1 }
    }
    out[count] = offsets[next]
    return UnsafePointer(out)
  }
}
