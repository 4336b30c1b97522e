import Columns

/// UTF-16 text as UTF-8; surrogates without a partner become U+FFFD.
package final class UTF16Stream: ByteStream {
  private let source: any ByteStream
  private let isBigEndian: Bool
  private let input = Buffer(byteCount: 1 << 16)
  private var available = 0
  private var isAtEnd = false

  /// Surrogates without a partner, and an odd last byte.
  private var repairs = 0

  package init(_ source: any ByteStream, isBigEndian: Bool) {
    self.source = source
    self.isBigEndian = isBigEndian
  }

  package var warning: String? {
    if let warning = source.warning { return warning }
    if repairs == 0 { return nil }
    return repairs == 1
      ? "1 place that is not UTF-16 became U+FFFD"
      : "\(repairs) places that are not UTF-16 became U+FFFD"
  }

  package func rewind() -> Bool {
    (available, isAtEnd, repairs) = (0, false, 0)
    return source.rewind()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    // A unit becomes at most 3 bytes, a pair 4.
    precondition(buffer.count >= 4, "no room for a character")
    let wanted = min(input.byteCount, buffer.count / 3 * 2)
    while true {
      if !isAtEnd, available < wanted {
        let space = UnsafeMutableRawBufferPointer(
          start: input.base + available, count: max(2, wanted) - available)
        let got = try source.read(into: space)
        isAtEnd = got == 0
        available += got
      }
      let count = decode(into: buffer)
      if count > 0 || isAtEnd && available == 0 { return count }
    }
  }

  private func unit(_ place: Int) -> UInt32 {
    let bytes = input.base.assumingMemoryBound(to: UInt8.self)
    let (first, second) = (UInt32(bytes[place]), UInt32(bytes[place + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  private func decode(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var place = 0
    var count = 0
    while place + 2 <= available, count + 4 <= buffer.count {
      var scalar = unit(place)
      var used = 2
      if scalar & 0xFC00 == 0xD800 {
        if place + 4 > available, !isAtEnd { break }
        let low = place + 4 <= available ? unit(place + 2) : 0
        if low & 0xFC00 == 0xDC00 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
          used = 4
        }
      }
      place += used
      count += write(scalar, to: buffer, at: count)
    }
    if isAtEnd, place + 1 == available, count + 4 <= buffer.count {
      place += 1
      count += write(0xD800, to: buffer, at: count)
    }
    (input.base).copyMemory(from: input.base + place, byteCount: available - place)
    available -= place
    return count
  }

  private func write(_ scalar: UInt32, to buffer: UnsafeMutableRawBufferPointer, at start: Int)
    -> Int
  {
    var character = Unicode.Scalar(scalar)
    if character == nil {
      repairs += 1
      character = "\u{FFFD}"
    }
    var count = 0
    if let character {
      for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter {
        buffer[start + count] = byte
        count += 1
      }
    }
    return count
  }
}
