import Formats

/// The rows of a JSON file that are looked at before the others.
private let sampledRows = 1001

/// What the first part of a JSON file shows; nil when more of it must be read.
func jsonDraft(
  _ source: SourceFile, _ head: TextHead, size: Int?
) throws(LoadFailure) -> FileDraft? {
  let shape = JSONShape(head: head.bytes)
  let sample: JSONSample
  do throws(ReadFailure) {
    sample = try JSONSample(head.bytes, isAll: head.isAll, shape: shape, rows: sampledRows)
  } catch {
    throw LoadFailure("'\(shown(source.path))' cannot be read: \(error.reason)")
  }
  if sample.rows.isEmpty, sample.faults.isEmpty, !head.isAll, head.bytes.count < 1 << 28 {
    return nil
  }
  if sample.rows.isEmpty, head.isAll {
    guard let fault = sample.faults.first else {
      throw LoadFailure("'\(shown(source.path))' holds no objects", isEmptyFile: true)
    }
    throw LoadFailure(
      "'\(shown(source.path))' holds no JSON object that can be read: \(fault.reason)"
        + (fault.place.map { " at byte \(head.markLength + $0)" } ?? ""))
  }
  return FileDraft(
    source: source, encoding: head.encoding, format: .json(shape),
    header: FoundHeader(names: sample.names, isPresent: true),
    dataStart: shape.keepsPlaces ? head.markLength : 0, headerLines: 0, sample: sample.rows,
    hasCarriage: head.bytes.prefix(1 << 16).contains(0x0D), size: size)
}

/// The first rows of a JSON text, for looking at before the real reading.
struct JSONSample {
  private(set) var names: [String] = []
  private(set) var rows: [[CSVSampleCell]] = []
  private(set) var faults: [RecordFault] = []
  private var text: [UInt8]
  private let block: JSONBlock

  /// Reads up to `rows` rows of the first bytes of a text; `isAll` says whether they are all.
  init(_ head: [UInt8], isAll: Bool, shape: JSONShape, rows: Int) throws(ReadFailure) {
    block = try JSONBlock(separator: shape.separator)
    text = JSONSample.all(of: shape.records(of: ArrayStream(head)))
    if isAll { text.append(shape.separator) }
    try read(rows: sampledRows)
  }

  /// The text of a stream, which cannot fail.
  private static func all(of stream: any ByteStream) -> [UInt8] {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = piece.withUnsafeMutableBytes { (try? stream.read(into: $0)) ?? 0 }
      if count == 0 { return text }
      text += piece[..<count]
    }
  }

  private mutating func read(rows limit: Int) throws(ReadFailure) {
    let length = text.count
    let margin = [UInt8](repeating: 0, count: 64)
    let padded = margin + text + margin
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: padded.count)
    defer { memory.deallocate() }
    memory.initialize(from: padded, count: padded.count)
    block.beginChunk()
    block.scan(memory + 64, count: length, isFinal: false)
    while rows.count < limit {
      let count = try block.nextRun(limit: limit - rows.count)
      if count == 0 { break }
      take(count)
    }
    faults = block.faults
  }

  private mutating func take(_ count: Int) {
    for (name, column) in block.newColumns() {
      // Keys may be spelled in two ways, or nested and with a point.
      let field = names.firstIndex(of: name) ?? names.count
      if field == names.count { names.append(name) }
      block.bind(column, to: field)
    }
    var run = [[CSVSampleCell]](repeating: [], count: count)
    for field in names.indices {
      let cells = block.cells(column: field, trim: true)
      for row in 0..<count { run[row].append(CSVSampleCell(cells, row)) }
    }
    rows += run
  }
}

/// Bytes in memory, as a stream that is read once.
private final class ArrayStream: ByteStream {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var warning: String? { nil }

  func rewind() -> Bool { false }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(bytes.count - place, buffer.count)
    buffer.copyBytes(from: bytes[place..<(place + count)])
    place += count
    return count
  }
}
