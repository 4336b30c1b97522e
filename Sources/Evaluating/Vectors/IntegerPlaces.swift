import Columns

/// The integers of a segment of any width, by an address.
struct IntegerPlaces: @unchecked Sendable {
  // @unchecked: the address leads into a segment that its holder keeps alive and nobody writes.
  private let base: UnsafeRawPointer
  private let width: Int
  private let scale: Int64

  /// The values divided by a scale that is 1 or the segment's.
  init(_ segment: Segment, dividedBy divisor: Int64 = 1) {
    scale = segment.scale / divisor
    width = segment.values.byteWidth
    base = segment.values.base
  }

  @inline(__always) func integer(_ row: Int) -> Int64 {
    let stored: Int64 =
      switch width {
      case 1: Int64(base.load(fromByteOffset: row, as: Int8.self))
      case 2: Int64(base.load(fromByteOffset: row &* 2, as: Int16.self))
      case 4: Int64(base.load(fromByteOffset: row &* 4, as: Int32.self))
      default: base.load(fromByteOffset: row &* 8, as: Int64.self)
      }
    return stored &* scale
  }
}
