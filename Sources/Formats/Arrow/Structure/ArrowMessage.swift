/// One message of an Arrow file: metadata, and the bytes that it describes.
struct ArrowMessage {
  enum Kind: UInt8 { case schema = 1, dictionary, batch }

  let kind: Kind
  let header: FlatTable
  /// In the file.
  let body: Range<Int>

  private static let versions: ClosedRange<Int16> = 3...4

  /// The message at `place`, which moves behind its body; nil at the mark of the end.
  init?(_ file: MappedFile, at place: inout Int, end: Int) throws(ArrowProblem) {
    func word(_ place: Int) throws(ArrowProblem) -> UInt32 {
      guard place >= 0, place <= end - 4 else { throw .damaged("it is cut short in a message") }
      return file.bytes(place..<place + 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    var start = place
    var length = try word(start)
    start += 4
    // Before 2019 the mark in front was left out.
    if length == .max {
      length = try word(start)
      start += 4
    }
    if length == 0 { return nil }
    guard Int(length) <= end - start else { throw .damaged("it is cut short in a message") }
    let table = try FlatBytes(file.bytes(start..<start + Int(length))).root()
    start += Int(length)
    let version = try table.integer(0, default: Int16(0))
    guard Self.versions ~= version else {
      throw .unsupported("it is of version \(version + 1) of the format; 4 and 5 are read")
    }
    guard let kind = Kind(rawValue: try table.integer(1, default: UInt8(0))) else {
      throw .unsupported("it holds a tensor, which is no table")
    }
    guard let header = try table.table(2) else { throw .damaged("a message has no content") }
    let bodyLength = try table.integer(3, default: Int64(0))
    guard 0...Int64(end - start) ~= bodyLength else { throw .damaged("it is cut short in a batch") }
    self.kind = kind
    self.header = header
    body = start..<start + Int(bodyLength)
    place = body.upperBound
  }
}
