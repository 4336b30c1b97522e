@inline(__always)
func isDigit(_ byte: UInt8) -> Bool {
  byte &- 0x30 < 10
}

@inline(__always)
func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26
}

/// Reads bytes from left to right; no read goes beyond the end.
struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }

  /// The next byte, or 0 at the end.
  @inline(__always)
  var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// Steps over one byte if it is this one.
  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index &+= 1
    return true
  }

  /// Steps over one letter in either case; `lowercase` is its small form.
  mutating func skipLetter(_ lowercase: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] | 0x20 == lowercase else { return false }
    index &+= 1
    return true
  }

  /// A number of exactly `count` digits (at most 9).
  @inline(__always)
  mutating func digits(_ count: Int) -> Int? {
    guard bytes.count &- index >= count else { return nil }
    var value = 0
    for offset in 0..<count {
      let byte = bytes[index &+ offset]
      guard isDigit(byte) else { return nil }
      value = value &* 10 &+ Int(byte &- 0x30)
    }
    index &+= count
    return value
  }

  /// How many digits stand here, at most `limit`.
  func digitCount(limit: Int) -> Int {
    var count = 0
    while count < limit, index &+ count < bytes.count, isDigit(bytes[index &+ count]) {
      count &+= 1
    }
    return count
  }

  /// A word of ASCII letters as its first 8 in small form packed in bytes, first letter lowest; nil
  /// when no letter stands here or the word is longer than 9, the length of `September`.
  mutating func letters() -> UInt64? {
    var word: UInt64 = 0
    var count: UInt64 = 0
    while index < bytes.count, isLetter(bytes[index]) {
      guard count < 9 else { return nil }
      // A shift by 64 gives 0: the ninth letter is dropped.
      word |= UInt64(bytes[index] | 0x20) << (count &* 8)
      count &+= 1
      index &+= 1
    }
    return count == 0 ? nil : word
  }

  /// An offset from UTC, `+02:00`, `+0200`, `+02`, `+2`, `-00:53:28`, in seconds; at most 18 hours.
  mutating func numericOffset() -> Int? {
    let negative: Bool
    if skip(0x2B) {
      negative = false
    } else if skip(0x2D) {
      negative = true
    } else {
      return nil
    }
    let count = digitCount(limit: 5)
    var seconds = 0
    if count == 4 {
      guard let hours = digits(2), let minutes = digits(2), minutes < 60 else { return nil }
      seconds = hours * 3600 + minutes * 60
    } else {
      guard count == 1 || count == 2, let hours = digits(count) else { return nil }
      seconds = hours * 3600
      for scale in [60, 1] {
        guard skip(0x3A) else { break }
        guard let part = digits(2), part < 60 else { return nil }
        seconds += part * scale
      }
    }
    guard seconds <= 18 * 3600 else { return nil }
    return negative ? -seconds : seconds
  }
}
