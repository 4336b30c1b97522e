import Columns

extension MappedFile {
  private static let pieceSize = 1 << 20

  /// Reads a stream to its end.
  ///
  /// A warning of the stream is an error: half an Arrow file is none.
  package convenience init(reading stream: any ByteStream, path: String) throws(ReadFailure) {
    var pieces: [(buffer: Buffer, count: Int)] = []
    var total = 0
    while true {
      let buffer = Buffer(byteCount: Self.pieceSize)
      let space = UnsafeMutableRawBufferPointer(start: buffer.base, count: buffer.byteCount)
      let (count, isAtEnd) = try stream.fill(space)
      if count > 0 { pieces.append((buffer, count)) }
      total += count
      if isAtEnd { break }
    }
    if let warning = stream.warning { throw ReadFailure(reason: warning) }
    let whole = Buffer(byteCount: total)
    var place = 0
    for (buffer, count) in pieces {
      (whole.base + place).copyMemory(from: buffer.base, byteCount: count)
      place += count
    }
    self.init(whole, byteCount: total, path: path)
  }
}
