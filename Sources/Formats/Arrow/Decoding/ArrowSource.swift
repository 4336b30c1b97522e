import CCompression
import Columns
import Synchronization

/// Where arrays find their bytes and dictionaries.
final class ArrowSource: Sendable {
  let file: ArrowFile
  /// The dictionary batches that were read, by their position.
  private let known = Mutex<[Int: ArrowArray]>([:])

  init(_ file: ArrowFile) { self.file = file }

  /// What a byte of compressed data may become: more is a lie.
  private static let greatestRatio = 1 << 16

  /// The bytes of a buffer, expanded.
  func bytes(
    _ place: Range<Int>, _ codec: ArrowBatch.Codec?
  ) throws(ArrowProblem) -> BufferSlice<UInt8> {
    guard let codec, place.count > 0 else { return raw(place) }
    guard place.count >= 8 else { throw .damaged("a compressed buffer is cut short") }
    let head = file.file.bytes(place.lowerBound..<place.lowerBound + 8)
    let length = head.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
    let packed = raw(place.lowerBound + 8..<place.upperBound)
    // This one did not become smaller.
    if length == -1 { return packed }
    guard length >= 0, length / Int64(Self.greatestRatio) <= Int64(packed.count) else {
      throw .damaged("a compressed buffer is as long as it cannot be")
    }
    let expanded = BufferSlice<UInt8>(capacity: Int(length))
    let method = codec == .lz4 ? DECOY_FRAME_LZ4 : DECOY_FRAME_ZSTD
    guard
      decoy_expand_frame(method, packed.pointer, packed.count, expanded.pointer, expanded.count)
        == 0
    else { throw .damaged("a compressed buffer cannot be expanded") }
    return expanded
  }

  private func raw(_ place: Range<Int>) -> BufferSlice<UInt8> {
    file.file.slice(at: place.lowerBound, count: place.count) ?? BufferSlice(capacity: 0)
  }

  /// The parts of a dictionary as a batch sees it: the last whole one and what was added to it.
  func dictionary(
    _ id: Int64, before count: Int, _ field: ArrowField
  ) throws(ArrowProblem) -> [ArrowArray] {
    var parts: [Int] = []
    for (index, dictionary) in file.dictionaries.prefix(count).enumerated()
    where dictionary.id == id {
      if !dictionary.isDelta { parts = [] }
      parts.append(index)
    }
    guard !parts.isEmpty else { throw .damaged("its dictionary is missing") }
    var plain = field
    plain.dictionary = nil
    var arrays: [ArrowArray] = []
    for index in parts {
      if let array = known.withLock({ $0[index] }) {
        arrays.append(array)
        continue
      }
      let batch = file.dictionaries[index].batch
      let array = try ArrowArray(plain, batch.parts[0], in: self, batch: batch)
      // Another thread may have been faster: all must have the same object.
      arrays.append(
        known.withLock { known in
          known[index] = known[index] ?? array
          return known[index] ?? array
        })
    }
    return arrays
  }
}
