import Formats

extension FileParser {
  /// The lines, from 1, of places in the text in ascending order, by reading it once more.
  func lines(ofOffsets offsets: [Int]) throws -> [Int] {
    guard let last = offsets.last else { return [] }
    let file = try draft.source.open()
    let stream = textStream(file, draft.encoding)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var lines: [Int] = []
    var (line, start) = (1, 0)
    var rest = offsets[...]
    while start <= last {
      let (count, isAtEnd) = try stream.fill(piece)
      let bytes = UnsafeBufferPointer(rebasing: piece.bindMemory(to: UInt8.self)[..<count])
      var place = 0
      while let next = rest.first, next - start <= count {
        line += lineCount(
          UnsafeBufferPointer(rebasing: bytes[place..<(next - start)]),
          newline: CSVDialect.lineFeed)
        place = next - start
        lines.append(line)
        rest.removeFirst()
      }
      line += lineCount(
        UnsafeBufferPointer(rebasing: bytes[place...]), newline: CSVDialect.lineFeed)
      start += count
      if isAtEnd { break }
    }
    return lines + rest.map { _ in line }
  }

  /// How many places around the records of a document are wrong.
  var documentFaultCount: Int { (feed as? StreamFeed)?.documentFaults.count ?? 0 }

  /// What is wrong around the records of a document: the line, from 1, and why.
  func documentFaults() throws -> [(line: Int, reason: String)] {
    let faults = (feed as? StreamFeed)?.documentFaults ?? []
    let lines = try lines(ofOffsets: faults.map(\.place))
    return zip(lines, faults).map { ($0, "\($1.reason) at byte \($1.place)") }
  }
}

/// The text of an open file, in which the records of documents are parted.
func recordStream(
  _ file: OpenFile, _ encoding: TextEncoding, _ format: RecordFormat
) -> any ByteStream {
  let text = textStream(file, encoding)
  guard case .json(let shape) = format else { return text }
  return shape.records(of: text)
}
