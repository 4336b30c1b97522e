/// The bytes of a FlatBuffers message, every read checked.
///
/// Little endian. Tables may share their parts, so that few bytes can describe endless structures: the
/// reads are counted, and there are no more than the bytes could honestly need.
final class FlatBytes {
  let bytes: [UInt8]
  private var readsLeft: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    readsLeft = bytes.count * 4 + 1024
  }

  /// The table at the root.
  func root() throws(ArrowProblem) -> FlatTable { try FlatTable(self, at: target(at: 0)) }

  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, at place: Int
  ) throws(ArrowProblem) -> Value {
    let size = MemoryLayout<Value>.size
    try require(place, size)
    return bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type))
    }
  }

  /// Where the reference at a place leads.
  func target(at place: Int) throws(ArrowProblem) -> Int {
    let distance = Int(try integer(UInt32.self, at: place))
    // References lead forward.
    guard distance > 0 else { throw .damaged("a reference leads nowhere") }
    try require(place + distance, 4)
    return place + distance
  }

  /// The elements of the vector at a place: where the first is, and how many of `size` bytes.
  func vector(at place: Int, size: Int) throws(ArrowProblem) -> (start: Int, count: Int) {
    let count = Int(try integer(UInt32.self, at: place))
    guard count <= bytes.count / size else {
      throw .damaged("a vector is longer than the metadata")
    }
    try require(place + 4, count * size)
    return (place + 4, count)
  }

  private func require(_ place: Int, _ size: Int) throws(ArrowProblem) {
    readsLeft -= 1
    guard readsLeft >= 0 else { throw .damaged("the metadata repeats itself without end") }
    guard place >= 0, size >= 0, size <= bytes.count, place <= bytes.count - size else {
      throw .damaged("the metadata points out of itself")
    }
  }
}
