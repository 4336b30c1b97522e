/// What a compiled time zone file (TZif, RFC 9636) holds.
struct TimeZoneFile: Equatable {
  /// The offset in seconds before the first switch.
  var firstOffset: Int
  /// In ascending order; switches that change no offset are left out.
  var switches: [ZoneSwitch]
  /// The rule for later times in the form of POSIX's TZ variable; empty when there is none.
  var footer: String

  /// Reads the bytes of a file; nil when they are no TZif file, are damaged, or count leap seconds.
  init?(bytes: [UInt8]) {
    guard let first = Block(bytes: bytes, at: 0, timeSize: 4) else { return nil }
    let block: Block
    if bytes[4] >= UInt8(ascii: "2") {
      guard let second = Block(bytes: bytes, at: first.end, timeSize: 8) else { return nil }
      block = second
      footer = Self.footer(bytes, from: second.end)
    } else {
      block = first
      footer = ""
    }
    guard !block.countsLeapSeconds, let start = block.offset(ofType: 0) else { return nil }
    firstOffset = start
    switches = []
    var latest = start
    for index in 0..<block.timeCount {
      let time = block.time(index)
      guard let offset = block.offset(ofType: block.type(index)) else { return nil }
      if let last = switches.last, last.time >= time { return nil }
      // Some files mark the beginning of time with a switch far before any calendar.
      guard offset != latest, abs(time) < 1 << 42 else { continue }
      switches.append(ZoneSwitch(time: time, offset: offset))
      latest = offset
    }
  }

  private static func footer(_ bytes: [UInt8], from start: Int) -> String {
    let line = UInt8(ascii: "\n")
    guard start < bytes.count, bytes[start] == line else { return "" }
    return String(decoding: bytes[(start + 1)...].prefix { $0 != line }, as: UTF8.self)
  }
}

/// The header and data block of one version in a TZif file.
private struct Block {
  private let bytes: [UInt8]
  private let timeSize: Int
  private let start: Int
  private let typeCount: Int
  let timeCount: Int
  let countsLeapSeconds: Bool
  /// Where the next block or the footer begins.
  let end: Int

  init?(bytes: [UInt8], at origin: Int, timeSize: Int) {
    let headerSize = 44
    guard bytes.count - origin >= headerSize,
      bytes[origin..<origin + 4].elementsEqual("TZif".utf8)
    else { return nil }
    let counts = (0..<6).map { bigEndian(bytes, at: origin + 20 + 4 * $0, size: 4) }
    guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { return nil }
    (timeCount, typeCount) = (counts[3], counts[4])
    countsLeapSeconds = counts[2] > 0
    self.bytes = bytes
    self.timeSize = timeSize
    start = origin + headerSize
    end =
      start + timeCount * (timeSize + 1) + typeCount * 6 + counts[5]
      + counts[2] * (timeSize + 4) + counts[1] + counts[0]
    guard end <= bytes.count else { return nil }
  }

  func time(_ index: Int) -> Int {
    bigEndian(bytes, at: start + index * timeSize, size: timeSize)
  }

  func type(_ index: Int) -> Int {
    Int(bytes[start + timeCount * timeSize + index])
  }

  func offset(ofType type: Int) -> Int? {
    guard type < typeCount else { return nil }
    let offset = bigEndian(
      bytes, at: start + timeCount * (timeSize + 1) + type * 6, size: 4)
    return abs(offset) <= 26 * 3600 ? offset : nil
  }
}

/// A signed number of 4 or 8 bytes.
private func bigEndian(_ bytes: [UInt8], at index: Int, size: Int) -> Int {
  var value = Int(Int8(bitPattern: bytes[index]))
  for byte in bytes[(index + 1)..<(index + size)] { value = value << 8 | Int(byte) }
  return value
}
