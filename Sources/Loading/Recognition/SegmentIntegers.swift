import Columns

extension Segment {
  /// The values of an integer-stored segment, scaled; under a null any number.
  func integers() -> [Int64] {
    func widened<Stored: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ slice: BufferSlice<Stored>
    ) -> [Int64] {
      let scale = scale
      return Array(unsafeUninitializedCapacity: rowCount) { out, count in
        for row in 0..<rowCount {
          out[row] = Int64(truncatingIfNeeded: slice.pointer[row]) &* scale
        }
        count = rowCount
      }
    }
    return switch values {
    case .int8(let slice): widened(slice)
    case .int16(let slice): widened(slice)
    case .int32(let slice): widened(slice)
    case .int64(let slice): widened(slice)
    case .codes8(let slice, _): widened(slice)
    case .codes16(let slice, _): widened(slice)
    case .bits, .float64, .text: []
    }
  }

  /// A number for each row that tells values of this segment apart: the integer, or a hash of the
  /// text.
  func fingerprints() -> [Int64] {
    switch values {
    case .text(let texts):
      return (0..<rowCount).map { Segment.fingerprint(texts.utf8(at: $0)) }
    case .codes8(_, let dictionary), .codes16(_, let dictionary):
      let table = (0..<dictionary.count).map { Segment.fingerprint(dictionary.texts.utf8(at: $0)) }
      return integers().map { table[Int($0)] }
    default:
      return integers()
    }
  }

  private static func fingerprint(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int64(bitPattern: hash)
  }
}
