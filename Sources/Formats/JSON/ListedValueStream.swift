/// Plain values of a list, `[17, 18]`, as objects of one key: rows of one column.
///
/// Takes the text of a `JSONCutter`, and gives one that is cut alike. Bytes do not keep their places.
final class ListedValueStream: ByteStream {
  private let source: JSONCutter
  private let opening: [UInt8]
  private var value: [UInt8] = []
  private var ready: [UInt8] = []
  /// How many bytes of `ready` have gone out.
  private var given = 0
  private var isAtEnd = false

  init(_ source: JSONCutter, key: String) {
    self.source = source
    var text = Array("{".utf8)
    appendJSONString(key, to: &text)
    opening = text + Array(":".utf8)
  }

  var warning: String? { source.warning }

  /// What is wrong around the values: offsets in the text.
  var faults: [(place: Int, reason: String)] { source.faults }

  func rewind() -> Bool {
    (value, ready, given, isAtEnd) = ([], [], 0, false)
    return source.rewind()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    while given == ready.count, !isAtEnd { try readMore() }
    let count = min(ready.count - given, buffer.count)
    buffer.copyBytes(from: ready[given..<given + count])
    given += count
    return count
  }

  private func readMore() throws(ReadFailure) {
    ready.removeAll(keepingCapacity: true)
    given = 0
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    let count = try source.read(into: piece)
    for byte in piece[..<count] {
      if byte == JSONCutter.separator { endValue() } else { value.append(byte) }
    }
    if count > 0 { return }
    isAtEnd = true
    endValue()
  }

  /// An object among the values stays as it is.
  private func endValue() {
    guard let first = value.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D && $0 != 0x0A })
    else { return value.removeAll(keepingCapacity: true) }
    let isObject = first == UInt8(ascii: "{")
    ready += isObject ? value : opening + value + Array("}".utf8)
    ready.append(JSONCutter.separator)
    value.removeAll(keepingCapacity: true)
  }
}
