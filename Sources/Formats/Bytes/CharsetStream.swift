import Columns
import Glibc

/// Text of a charset as UTF-8; bytes that stand for nothing in it become U+FFFD.
package final class CharsetStream: ByteStream {
  private let source: any ByteStream
  private let charset: Charset
  private let converter: iconv_t
  private let input = Buffer(byteCount: 1 << 16)
  private var available = 0
  private var isAtEnd = false
  private var repairs = 0

  /// Nil where there is no memory.
  package init?(_ source: any ByteStream, _ charset: Charset) {
    guard let converter = charset.converter else { return nil }
    self.source = source
    self.charset = charset
    self.converter = converter
  }

  deinit { iconv_close(converter) }

  package var warning: String? {
    if let warning = source.warning { return warning }
    if repairs == 0 { return nil }
    return repairs == 1
      ? "1 byte that is not \(charset.name) became U+FFFD"
      : "\(repairs) bytes that are not \(charset.name) became U+FFFD"
  }

  package func rewind() -> Bool {
    (available, isAtEnd, repairs) = (0, false, 0)
    iconv(converter, nil, nil, nil, nil)
    return source.rewind()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    precondition(buffer.count >= 4, "no room for a character")
    while true {
      if !isAtEnd, available < input.byteCount {
        let space = UnsafeMutableRawBufferPointer(
          start: input.base + available, count: input.byteCount - available)
        let got = try source.read(into: space)
        isAtEnd = got == 0
        available += got
      }
      let count = convert(into: buffer)
      if count > 0 || isAtEnd && available == 0 { return count }
    }
  }

  /// Converts what there is room for; what is only a part of a character waits for the rest.
  private func convert(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
    let first = input.base.assumingMemoryBound(to: CChar.self)
    var (from, to): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (first, start)
    var (rest, room) = (available, buffer.count)
    while rest > 0, iconv(converter, &from, &rest, &to, &room) == -1 {
      // A part of a character at the end stands for nothing either.
      let isNoText = errno == EILSEQ || errno == EINVAL && isAtEnd
      guard isNoText, room >= 3, let next = from, let place = to else { break }
      for (offset, byte) in UTF8.encodedReplacementCharacter.enumerated() {
        place[offset] = CChar(bitPattern: byte)
      }
      (from, to, rest, room) = (next + 1, place + 3, rest - 1, room - 3)
      repairs += 1
    }
    input.base.copyMemory(from: input.base + (available - rest), byteCount: rest)
    available = rest
    return buffer.count - room
  }
}
