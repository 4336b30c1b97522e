/// Text of lines `Key: value`, with a blank line after each record (TikTok's downloads), as JSON.
///
/// Each record is an object, and `JSONCutter.separator` ends it.
package final class KeyedTextStream: ByteStream {
  private let source: any ByteStream
  private var line: [UInt8] = []
  private var members: [UInt8] = []
  private var ready: [UInt8] = []
  private var isAtEnd = false

  package init(_ source: any ByteStream) { self.source = source }

  /// Whether a text begins with two such lines, the first of which is a date.
  package static func isKeyed(_ head: [UInt8]) -> Bool {
    let lines = head.prefix(1 << 12).split(separator: 0x0A, maxSplits: 2).map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    return lines.count >= 2 && lines[0].hasPrefix("date: ") && lines[1].hasPrefix("username: ")
  }

  package var warning: String? { source.warning }

  package func rewind() -> Bool {
    (line, members, ready) = ([], [], [])
    isAtEnd = false
    return source.rewind()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    while ready.isEmpty, !isAtEnd { try readMore() }
    let count = min(ready.count, buffer.count)
    buffer.copyBytes(from: ready.prefix(count))
    ready.removeFirst(count)
    return count
  }

  private func readMore() throws(ReadFailure) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    let count = try source.read(into: piece)
    for byte in piece[..<count] {
      if byte == 0x0A { takeLine() } else { line.append(byte) }
    }
    if count > 0 { return }
    isAtEnd = true
    takeLine()
    endRecord()
  }

  private func takeLine() {
    let isMarked = line.starts(with: [0xEF, 0xBB, 0xBF])
    let text = String(decoding: line.dropFirst(isMarked ? 3 : 0), as: UTF8.self)
    line.removeAll(keepingCapacity: true)
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return endRecord() }
    let (key, value) = (plain(parts[0]), plain(parts[1]))
    members += members.isEmpty ? Array("{".utf8) : Array(",".utf8)
    appendJSONString(key, to: &members)
    members += Array(":".utf8)
    appendJSONString(value, to: &members)
  }

  private func endRecord() {
    if members.isEmpty { return }
    ready += members + Array("}".utf8) + [JSONCutter.separator]
    members.removeAll(keepingCapacity: true)
  }
}

/// A part of a line without the spaces and the carriage return around it.
private func plain(_ text: Substring) -> String {
  let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
  var part = text.drop(while: isSpace)
  while let last = part.last, isSpace(last) { part.removeLast() }
  return String(part)
}
