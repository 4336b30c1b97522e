import Formats

/// How a file's bytes become UTF-8 text, found from its first bytes.
struct TextEncoding: Sendable, Hashable {
  enum Form: Sendable, Hashable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    case charset(Charset)

    var name: String {
      switch self {
      case .utf8: "UTF-8"
      case .utf16LittleEndian: "UTF-16 LE"
      case .utf16BigEndian: "UTF-16 BE"
      case .charset(let charset): charset.name
      }
    }
  }
  var compression: Compression?
  var form = Form.utf8
  /// Whether a byte order mark stands in front.
  var hasMark = false

  /// Whether the text can be read anywhere in the file.
  var isPlain: Bool { compression == nil && form == .utf8 }

  /// How the report calls it.
  var description: String {
    form.name + (hasMark ? " with byte order mark" : "")
      + (compression.map { ", \($0.rawValue)" } ?? "")
  }
}

/// The first part of a file's text, and how to get all of it.
struct TextHead {
  let encoding: TextEncoding
  /// UTF-8 text without byte order mark.
  let bytes: [UInt8]
  /// Whether this is all there is.
  let isAll: Bool
  /// The length of a byte order mark in the text, which `bytes` leaves out.
  let markLength: Int
  /// What was wrong with the bytes so far.
  let warning: String?
}

/// The text of an open file in an encoding, from its first byte.
func textStream(_ file: OpenFile, _ encoding: TextEncoding) -> any ByteStream {
  var stream = file.stream
  if let compression = encoding.compression,
    let expanded = CompressedStream(stream, compression)
  {
    stream = expanded
  }
  switch encoding.form {
  case .utf8: return stream
  case .utf16LittleEndian: return UTF16Stream(stream, isBigEndian: false)
  case .utf16BigEndian: return UTF16Stream(stream, isBigEndian: true)
  case .charset(let charset): return CharsetStream(stream, charset) ?? stream
  }
}

/// Finds the encoding of an open file, where it is not given, and reads the first `limit` bytes of its text.
func readHead(
  _ file: OpenFile, charset: Charset? = nil, limit: Int
) throws(ReadFailure) -> TextHead {
  var encoding = TextEncoding()
  let raw = try firstBytes(file.stream, limit: 512)
  encoding.compression = Compression(head: raw.bytes)
  _ = file.stream.rewind()
  let plain = try firstBytes(textStream(file, encoding), limit: 4096).bytes
  (encoding.form, encoding.hasMark) = encodingForm(plain)
  if let charset { encoding.form = charset.isUTF8 ? .utf8 : .charset(charset) }
  _ = file.stream.rewind()
  var stream = textStream(file, encoding)
  var (bytes, isAll) = try firstBytes(stream, limit: limit)
  if charset == nil, encoding.form == .utf8, !encoding.hasMark, Charset.isWindows1252(bytes) {
    encoding.form = .charset(.windows1252)
    _ = file.stream.rewind()
    stream = textStream(file, encoding)
    (bytes, isAll) = try firstBytes(stream, limit: limit)
  }
  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let markLength = bytes.starts(with: mark) ? 3 : 0
  bytes.removeFirst(markLength)
  _ = file.stream.rewind()
  return TextHead(
    encoding: encoding, bytes: bytes, isAll: isAll, markLength: markLength,
    warning: isAll ? stream.warning : nil)
}

func firstBytes(
  _ stream: any ByteStream, limit: Int
) throws(ReadFailure) -> (bytes: [UInt8], isAll: Bool) {
  // Small files are common: their head should not cost a megabyte of zeros.
  var bytes: [UInt8] = []
  var size = min(limit, 1 << 16)
  while true {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size + 4, alignment: 16)
    defer { piece.deallocate() }
    let (count, isAtEnd) = try stream.fill(piece)
    bytes.append(contentsOf: piece[..<count])
    if isAtEnd { return (bytes, true) }
    if bytes.count >= limit { return (bytes, false) }
    size = limit - bytes.count
  }
}

/// By the byte order mark, or by the zeros that UTF-16 has in every other byte of Latin text.
private func encodingForm(_ bytes: [UInt8]) -> (TextEncoding.Form, hasMark: Bool) {
  if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, true) }
  if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, true) }
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, true) }
  guard bytes.count >= 8 else { return (.utf8, false) }
  var zeros = [0, 0]
  for (place, byte) in bytes.enumerated() where byte == 0 { zeros[place & 1] += 1 }
  let pairs = bytes.count / 2
  if zeros[1] * 10 > pairs * 6, zeros[0] * 10 < pairs { return (.utf16LittleEndian, false) }
  if zeros[0] * 10 > pairs * 6, zeros[1] * 10 < pairs { return (.utf16BigEndian, false) }
  return (.utf8, false)
}
