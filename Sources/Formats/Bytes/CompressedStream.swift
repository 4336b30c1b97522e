import CCompression
import Columns

/// The text inside gzip members or zstd frames, one or more.
///
/// Data that ends too early or is damaged gives the whole lines that came before it, and a warning:
/// the line in which it breaks off is not known and left out.
package final class CompressedStream: ByteStream {
  private let source: any ByteStream
  private let compression: Compression
  private let expander: OpaquePointer
  private let input = Buffer(byteCount: 1 << 18)
  private var available = 0
  private var place = 0
  private var isInMember = false
  /// Whether the output was full, so that more may come without more input.
  private var isFull = false
  private var isFinished = false
  private var memberCount = 0
  /// Text that was expanded and not given: whole lines up to `lineEnd`, then the begin of one.
  private var text: [UInt8] = []
  private var given = 0
  private var lineEnd = 0

  package private(set) var warning: String?

  /// Takes a stream at the start of a member; nil when there is no memory.
  package init?(_ source: any ByteStream, _ compression: Compression) {
    guard let expander = decoy_expander_new(compression.code) else { return nil }
    self.source = source
    self.compression = compression
    self.expander = expander
  }

  deinit { decoy_expander_free(expander) }

  package func rewind() -> Bool {
    decoy_expander_reset(expander)
    (available, place, memberCount) = (0, 0, 0)
    (isInMember, isFull, isFinished) = (false, false, false)
    (text, given, lineEnd) = ([], 0, 0)
    return source.rewind()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    while given == lineEnd {
      text.removeSubrange(0..<given)
      (given, lineEnd) = (0, 0)
      if isFinished { return 0 }
      // No more at a time than stays in cache: a file may have thousands of small members.
      try expandMore(min(max(buffer.count, 1 << 16), 1 << 18))
    }
    let count = min(buffer.count, lineEnd - given)
    text.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[given..<given + count])) }
    given += count
    return count
  }

  /// Expands some more text, and finds the last line end in it.
  private func expandMore(_ capacity: Int) throws(ReadFailure) {
    if place == available, !isFull, !(try refill()) { return endText() }
    if !isInMember, !beginMember() { return endText() }
    let start = text.count
    text.append(contentsOf: repeatElement(0, count: capacity))
    let count = text.withUnsafeMutableBufferPointer { text in
      text.baseAddress.map { expand($0 + start, capacity) } ?? 0
    }
    text.removeLast(capacity - count)
    if let end = text[start...].lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) { lineEnd = end + 1 }
    if isFinished { endText() }
  }

  /// Gives the last line, unless the data broke off in it.
  private func endText() {
    if !isInMember { lineEnd = text.count }
  }

  private func refill() throws(ReadFailure) -> Bool {
    let space = UnsafeMutableRawBufferPointer(start: input.base, count: input.byteCount)
    available = try source.read(into: space)
    place = 0
    if available > 0 { return true }
    isFinished = true
    if isInMember {
      warning = "the compressed data ends too early; the whole lines before that are here"
    }
    return false
  }

  /// Whether another member begins; padding behind the last is skipped.
  private func beginMember() -> Bool {
    let bytes = input.base.assumingMemoryBound(to: UInt8.self)
    if memberCount > 0, !compression.mayBegin(with: bytes[place]) {
      isFinished = true
      let isPadding = (place..<available).allSatisfy { bytes[$0] == 0 }
      if !isPadding { warning = "what follows the compressed data was left out" }
      return false
    }
    if memberCount > 0 { decoy_expander_reset(expander) }
    isInMember = true
    memberCount += 1
    return true
  }

  private func expand(_ out: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
    var taken = available - place
    var given = capacity
    let bytes = input.base.assumingMemoryBound(to: UInt8.self) + place
    let result = decoy_expand(expander, bytes, &taken, out, &given)
    place += taken
    isFull = given == capacity && result == DECOY_EXPAND_MORE
    if result == DECOY_EXPAND_END { isInMember = false }
    if result == DECOY_EXPAND_DAMAGED {
      isFinished = true
      warning = "the compressed data is damaged; the whole lines before that are here"
    }
    return given
  }
}
