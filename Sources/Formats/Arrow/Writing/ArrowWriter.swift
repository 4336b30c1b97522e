import Columns

/// Writes messages one after the other and remembers where they are.
struct ArrowWriter {
  private let sink: (UnsafeRawBufferPointer) throws -> Void
  private let isStream: Bool
  private var place = 0
  /// Offset, bytes of metadata and bytes of the body.
  private var dictionaryBlocks: [Int64] = []
  private var batchBlocks: [Int64] = []
  private var checksums: [UInt64] = []

  private static let version = FlatValue.integer(Int16(4))
  private static let magic = Array("ARROW1".utf8)

  init(sink: @escaping (UnsafeRawBufferPointer) throws -> Void, isStream: Bool) {
    self.sink = sink
    self.isStream = isStream
  }

  mutating func begin(_ schema: ArrowSchema) throws {
    if !isStream { try put(Self.magic + [0, 0]) }
    _ = try putMessage(1, schema.flat, bodyLength: 0)
  }

  /// Writes the dictionary of a column, where it has one.
  mutating func writeDictionary(_ output: ArrowOutput) throws {
    guard let texts = output.dictionary?.texts.texts, let id = output.field.dictionary?.id else {
      return
    }
    let segment = Segment(
      rowCount: texts.rowCount, values: .text(texts), statistics: SegmentStatistics(nullCount: 0))
    let column = Column(type: .string, segments: [segment])
    let buffers = try ArrowOutput(column, Field(name: "", type: .string), number: 0).buffers(0)
    checksums.append(SnapshotChecksum.of(buffers))
    let body = ArrowBody([buffers])
    let batch = body.header(rows: texts.rowCount, nulls: [0])
    let header = FlatValue.table([(0, .integer(id)), (1, batch), (2, .flag(false))])
    dictionaryBlocks += try putMessage(2, header, bodyLength: body.byteCount)
    try put(body)
  }

  /// Writes the buffers of all columns of a batch.
  mutating func write(_ batch: OutputBatch) throws {
    checksums += batch.checksums
    let body = ArrowBody(batch.columns)
    let header = body.header(rows: batch.rows, nulls: batch.nulls)
    batchBlocks += try putMessage(3, header, bodyLength: body.byteCount)
    try put(body)
  }

  /// Writes the mark of the end, and the footer of the file form.
  mutating func end(_ schema: ArrowSchema) throws {
    try put([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    if isStream { return }
    let own = [
      (SnapshotStatistics.markKey, SnapshotStatistics.mark(of: schema)),
      (SnapshotChecksum.key, SnapshotChecksum.text(checksums)),
    ]
    let footer = FlatValue.table([
      (0, Self.version), (1, schema.flat), (2, .words(dictionaryBlocks, width: 3)),
      (3, .words(batchBlocks, width: 3)), (4, flatPairs(own)),
    ]).message()
    try put(footer)
    try put(withUnsafeBytes(of: Int32(footer.count).littleEndian) { Array($0) } + Self.magic)
  }

  /// Writes a message without its body, which then begins at a multiple of 64; gives its block.
  private mutating func putMessage(
    _ kind: UInt8, _ header: FlatValue, bodyLength: Int
  ) throws -> [Int64] {
    var message = FlatValue.table([
      (0, Self.version), (1, .integer(kind)), (2, header), (3, .integer(Int64(bodyLength))),
    ]).message()
    let start = place
    while (place + 8 + message.count) % ArrowBody.alignment != 0 { message.append(0) }
    let length = withUnsafeBytes(of: Int32(message.count).littleEndian) { Array($0) }
    try put([0xFF, 0xFF, 0xFF, 0xFF] + length + message)
    return [Int64(start), Int64(place - start), Int64(bodyLength)]
  }

  private mutating func put(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try sink($0) }
    place += bytes.count
  }

  private mutating func put(_ body: ArrowBody) throws {
    let padding = [UInt8](repeating: 0, count: ArrowBody.alignment)
    for buffer in body.buffers {
      try withExtendedLifetime(buffer) {
        try sink(UnsafeRawBufferPointer(start: buffer.pointer, count: buffer.count))
      }
      place += buffer.count
      try put(Array(padding.prefix(ArrowBody.padded(buffer.count) - buffer.count)))
    }
  }
}

/// The buffers of a batch, each at a multiple of 64 bytes.
struct ArrowBody {
  let buffers: [BufferSlice<UInt8>]
  let byteCount: Int

  static let alignment = 64
  static func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

  init(_ columns: [[BufferSlice<UInt8>]]) {
    buffers = columns.flatMap { $0 }
    byteCount = buffers.reduce(0) { $0 + ArrowBody.padded($1.count) }
  }

  /// The metadata of the batch.
  func header(rows: Int, nulls: [Int]) -> FlatValue {
    var places: [Int64] = []
    var place = 0
    for buffer in buffers {
      places += [Int64(place), Int64(buffer.count)]
      place += ArrowBody.padded(buffer.count)
    }
    return .table([
      (0, .integer(Int64(rows))),
      (1, .words(nulls.flatMap { [Int64(rows), Int64($0)] }, width: 2)),
      (2, .words(places, width: 2)),
    ])
  }
}
