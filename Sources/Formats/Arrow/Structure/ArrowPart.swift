/// Where the values of a field are in one batch.
struct ArrowPart: Sendable {
  let rowCount: Int
  let nullCount: Int
  /// Bytes of the file; still compressed where the batch is.
  let buffers: [Range<Int>]
  let children: [ArrowPart]
}

/// The rows of one record batch, or of a dictionary.
struct ArrowBatch: Sendable {
  /// How buffers are compressed, each for itself.
  enum Codec: Int8, Sendable { case lz4, zstd }

  let rowCount: Int
  let codec: Codec?
  /// One for each field.
  let parts: [ArrowPart]
  /// How many of the file's dictionary batches it may refer to: the first of them.
  var dictionaryCount = 0
}

extension ArrowBatch {
  /// More rows than any writer puts into one.
  private static let mostRows = Int64(Int32.max)

  /// Takes a batch of the metadata, whose buffers are in `body` of the file.
  ///
  /// Checks that all counts and places agree with the fields and with each other.
  init(_ table: FlatTable, fields: [ArrowField], body: Range<Int>) throws(ArrowProblem) {
    let length = try table.integer(0, default: Int64(0))
    guard 0...Self.mostRows ~= length else { throw .damaged("it has \(length) rows") }
    var codec: Codec?
    if let compression = try table.table(3) {
      codec = Codec(rawValue: try compression.integer(0, default: Int8(0)))
      if codec == nil { throw .unsupported("its buffers are compressed by an unknown method") }
    }
    var reader = PartReader(
      nodes: try table.words(1, width: 2), buffers: try table.words(2, width: 2),
      viewBuffers: try table.words(4, width: 1), body: body, isCompressed: codec != nil)
    var parts: [ArrowPart] = []
    for field in fields {
      do throws(ArrowProblem) {
        let part = try reader.part(of: field)
        guard part.rowCount == Int(length) else { throw .damaged("it has \(part.rowCount) rows") }
        parts.append(part)
      } catch {
        throw error.kind == .damaged ? .damaged("\(fieldName(field)): \(error.reason)") : error
      }
    }
    try reader.requireEnd()
    self.init(rowCount: Int(length), codec: codec, parts: parts)
  }
}

/// How a message calls a field.
func fieldName(_ field: ArrowField) -> String { "column '\(field.name)'" }

/// Deals the nodes and buffers of a batch out to its fields.
private struct PartReader {
  let nodes: [Int64]
  let buffers: [Int64]
  let viewBuffers: [Int64]
  let body: Range<Int>
  let isCompressed: Bool
  private var node = 0
  private var buffer = 0
  private var view = 0

  init(
    nodes: [Int64], buffers: [Int64], viewBuffers: [Int64], body: Range<Int>, isCompressed: Bool
  ) {
    self.nodes = nodes
    self.buffers = buffers
    self.viewBuffers = viewBuffers
    self.body = body
    self.isCompressed = isCompressed
  }

  mutating func part(of field: ArrowField) throws(ArrowProblem) -> ArrowPart {
    guard node + 1 < nodes.count else { throw .damaged("its rows are not described") }
    let (rows, nulls) = (nodes[node], nodes[node + 1])
    node += 2
    guard rows >= 0, rows <= 1 << 40, 0...rows ~= nulls else {
      throw .damaged("it has \(nulls) nulls in \(rows) rows")
    }
    let type = field.stored
    if case .other(let name) = type {
      throw .unsupported("\(fieldName(field)) is of Arrow's type '\(name)', which is not read")
    }
    var places: [Range<Int>] = []
    for _ in 0..<type.bufferCount { places.append(try nextBuffer()) }
    if type.isView {
      guard view < viewBuffers.count, viewBuffers[view] >= 0 else {
        throw .damaged("the buffers of its texts are not described")
      }
      let count = viewBuffers[view]
      view += 1
      guard count <= buffers.count / 2 else { throw .damaged("it has too many buffers") }
      for _ in 0..<count { places.append(try nextBuffer()) }
    }
    if !isCompressed { try checkSizes(places, Int(rows), Int(nulls), type) }
    var children: [ArrowPart] = []
    for child in field.storedChildren { children.append(try part(of: child)) }
    return ArrowPart(
      rowCount: Int(rows), nullCount: Int(nulls), buffers: places, children: children)
  }

  private mutating func nextBuffer() throws(ArrowProblem) -> Range<Int> {
    guard buffer + 1 < buffers.count else { throw .damaged("its buffers are not described") }
    let (offset, length) = (buffers[buffer], buffers[buffer + 1])
    buffer += 2
    guard offset >= 0, length >= 0, offset <= body.count, length <= Int64(body.count) - offset
    else {
      throw .damaged("a buffer reaches out of its batch")
    }
    let start = body.lowerBound + Int(offset)
    return start..<start + Int(length)
  }

  func requireEnd() throws(ArrowProblem) {
    guard node == nodes.count, buffer == buffers.count else {
      throw .damaged("it describes more columns than the file has")
    }
  }
}

/// Checks that the buffers of a part are long enough for its rows.
func checkSizes(
  _ buffers: [Range<Int>], _ rows: Int, _ nulls: Int, _ type: ArrowType
) throws(ArrowProblem) {
  guard type != .null else { return }
  func require(_ index: Int, _ bytes: Int) throws(ArrowProblem) {
    guard buffers[index].count >= bytes else {
      throw .damaged("a buffer is too short for its rows")
    }
  }
  if nulls > 0 { try require(0, (rows + 7) / 8) }
  if rows == 0 { return }
  if type == .bool { try require(1, (rows + 7) / 8) }
  if let width = type.width { try require(1, rows * width) }
  if let width = type.offsetWidth { try require(1, (rows + 1) * width) }
}
