import Columns
import Synchronization

/// A dictionary of a snapshot: copied and checked when it is first used.
final class MappedDictionary: Sendable {
  /// As the structure says.
  let count: Int
  private let file: MappedFile
  private let name: String
  private let part: ArrowPart
  private let checksum: UInt64
  private let read = Mutex<(dictionary: TextDictionary, isDamaged: Bool)?>(nil)

  init(_ file: MappedFile, name: String, part: ArrowPart, checksum: UInt64) {
    self.checksum = checksum
    self.file = file
    self.name = name
    self.part = part
    count = part.rowCount
  }

  /// The texts, the same object at each call; one empty text where they are damaged.
  var texts: (dictionary: TextDictionary, isDamaged: Bool) {
    read.withLock { read in
      if let read { return read }
      let made: (TextDictionary, Bool)
      do throws(ArrowProblem) { made = (try copied(), false) } catch {
        file.mark("\(name), its dictionary: \(error.reason)")
        made = (TextDictionary([""]), true)
      }
      read = made
      return made
    }
  }

  private func copied() throws(ArrowProblem) -> TextDictionary {
    guard SnapshotChecksum.of(part, in: file) == checksum else {
      throw .damaged("its bytes are not those that were saved")
    }
    let offsets = file.bytes(
      part.buffers[1].lowerBound..<part.buffers[1].lowerBound + 4 * (count + 1))
    let numbers = offsets.withUnsafeBytes { bytes in
      (0...count).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
      }
    }
    let slice = TextSlice(
      offsets: BufferSlice(numbers), bytes: BufferSlice(file.bytes(part.buffers[2])))
    let problem = withExtendedLifetime(slice) {
      textProblem(slice.offsets.pointer, rows: count, slice.bytes.pointer, slice.bytes.count)
    }
    if let problem { throw .damaged(problem) }
    var seen: Set<[UInt8]> = []
    for row in 0..<count where !seen.insert(Array(slice.utf8(at: row))).inserted {
      throw .damaged("a text stands twice in it")
    }
    return TextDictionary(texts: slice)
  }
}
