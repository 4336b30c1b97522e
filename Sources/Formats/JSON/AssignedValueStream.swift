/// The text of a script that assigns one JSON value, `window.YTD.follower.part0 = [ … ]` of Twitter's
/// archive, with spaces in front of the value.
///
/// Each byte keeps its place.
final class AssignedValueStream: ByteStream {
  private let source: any ByteStream
  private var isInValue = false

  init(_ source: any ByteStream) { self.source = source }

  /// The bytes in front of the value; nil when the text begins in another way.
  static func prefixLength(_ head: [UInt8]) -> Int? {
    var place = 0
    func skip(while isWanted: (UInt8) -> Bool) {
      while place < head.count, isWanted(head[place]) { place += 1 }
    }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    skip(while: isSpace)
    let start = place
    skip { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2E || byte == 0x5F
        || byte == 0x24
    }
    guard place > start else { return nil }
    skip(while: isSpace)
    guard place < head.count, head[place] == UInt8(ascii: "=") else { return nil }
    place += 1
    skip(while: isSpace)
    return place < head.count && isOpening(head[place]) ? place : nil
  }

  var warning: String? { source.warning }

  func rewind() -> Bool {
    isInValue = false
    return source.rewind()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    let count = try source.read(into: buffer)
    var place = 0
    while !isInValue, place < count {
      isInValue = Self.isOpening(buffer[place])
      if !isInValue { buffer[place] = 0x20 }
      place += 1
    }
    return count
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
  }
}
