import CZlib
import Columns

/// The text inside gzip data of one or more members.
///
/// Data that ends too early or is damaged gives what came before it, and a warning.
package final class GzipStream: ByteStream {
  private let source: any ByteStream
  private let inflater: OpaquePointer
  private let input = Buffer(byteCount: 1 << 18)
  private var available = 0
  private var place = 0
  private var isInMember = false
  private var isFinished = false
  private var memberCount = 0

  package private(set) var warning: String?

  /// Takes a stream at the start of a member; nil when there is no memory.
  package init?(_ source: any ByteStream) {
    guard let inflater = decoy_inflater_new() else { return nil }
    self.source = source
    self.inflater = inflater
  }

  deinit { decoy_inflater_free(inflater) }

  package func rewind() -> Bool {
    decoy_inflater_reset(inflater)
    (available, place, memberCount) = (0, 0, 0)
    (isInMember, isFinished) = (false, false)
    return source.rewind()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    guard let out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    while !isFinished {
      if place == available, !(try refill()) { break }
      if !isInMember, !beginMember() { break }
      let count = inflate(out, min(buffer.count, 1 << 30))
      if count > 0 { return count }
    }
    return 0
  }

  private func refill() throws(ReadFailure) -> Bool {
    let space = UnsafeMutableRawBufferPointer(start: input.base, count: input.byteCount)
    available = try source.read(into: space)
    place = 0
    if available > 0 { return true }
    isFinished = true
    if isInMember { warning = "the compressed data ends too early; the rows up to there are here" }
    return false
  }

  /// Whether another member begins; padding behind the last is skipped.
  private func beginMember() -> Bool {
    let bytes = input.base.assumingMemoryBound(to: UInt8.self)
    if memberCount > 0, bytes[place] != 0x1F {
      isFinished = true
      let isPadding = (place..<available).allSatisfy { bytes[$0] == 0 }
      if !isPadding { warning = "what follows the compressed data was left out" }
      return false
    }
    if memberCount > 0 { decoy_inflater_reset(inflater) }
    isInMember = true
    memberCount += 1
    return true
  }

  private func inflate(_ out: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
    var taken = available - place
    var given = capacity
    let bytes = input.base.assumingMemoryBound(to: UInt8.self) + place
    let result = decoy_inflate(inflater, bytes, &taken, out, &given)
    place += taken
    if result == DECOY_INFLATE_END { isInMember = false }
    if result == DECOY_INFLATE_DAMAGED {
      isFinished = true
      warning = "the compressed data is damaged; the rows up to there are here"
    }
    return given
  }
}
