/// What the messages of a file say, gathered.
struct ArrowParts {
  var schema: ArrowSchema
  var dictionaries: [(id: Int64, isDelta: Bool, batch: ArrowBatch)] = []
  var batches: [ArrowBatch] = []
  var footerMetadata: [(key: String, value: String)] = []

  /// The fields of each dictionary, by its number.
  private let dictionaryFields: [Int64: ArrowField]

  private init(_ schema: ArrowSchema) {
    self.schema = schema
    var found: [Int64: ArrowField] = [:]
    func collect(_ field: ArrowField) {
      if let dictionary = field.dictionary {
        found[dictionary.id] = ArrowField(
          name: field.name, type: field.type, children: field.children)
      }
      for child in field.children { collect(child) }
    }
    for field in schema.fields { collect(field) }
    dictionaryFields = found
  }

  /// The stream form: message after message.
  init(stream file: MappedFile) throws(ArrowProblem) {
    var place = 0
    guard let first = try ArrowMessage(file, at: &place, end: file.byteCount) else {
      throw .damaged("it holds nothing")
    }
    guard first.kind == .schema else { throw .damaged("it does not begin with a schema") }
    self.init(try ArrowSchema(first.header))
    while place < file.byteCount,
      let message = try ArrowMessage(file, at: &place, end: file.byteCount)
    {
      try take(message)
    }
  }

  /// The file form: by the blocks of its footer.
  init(file: MappedFile) throws(ArrowProblem) {
    let size = file.byteCount
    guard size >= 20 else { throw .damaged("it is cut short") }
    let tail = file.bytes(size - 10..<size)
    let length = Int(tail.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    guard tail.suffix(6).elementsEqual("ARROW1".utf8), length > 0, length <= size - 18 else {
      throw .damaged("its end is missing: it is cut short")
    }
    let end = size - 10 - length
    let footer = try FlatBytes(file.bytes(end..<end + length)).root()
    guard let schema = try footer.table(1) else { throw .damaged("its footer has no schema") }
    self.init(try ArrowSchema(schema))
    footerMetadata = try keyValues(footer.tables(4))
    for block in try Self.blocks(footer.words(2, width: 3), end: end) {
      try take(try Self.message(file, block, end: end), as: .dictionary)
    }
    for block in try Self.blocks(footer.words(3, width: 3), end: end) {
      try take(try Self.message(file, block, end: end), as: .batch)
    }
  }

  private static func blocks(
    _ words: [Int64], end: Int
  ) throws(ArrowProblem) -> [(offset: Int, metadata: Int)] {
    var blocks: [(offset: Int, metadata: Int)] = []
    for index in stride(from: 0, to: words.count, by: 3) {
      let (offset, metadata) = (words[index], Int64(Int32(truncatingIfNeeded: words[index + 1])))
      guard offset >= 8, metadata >= 8, offset <= Int64(end), metadata <= Int64(end) - offset else {
        throw .damaged("its footer points out of the file")
      }
      blocks.append((Int(offset), Int(metadata)))
    }
    return blocks
  }

  private static func message(
    _ file: MappedFile, _ block: (offset: Int, metadata: Int), end: Int
  ) throws(ArrowProblem) -> ArrowMessage {
    var place = block.offset
    guard let message = try ArrowMessage(file, at: &place, end: end) else {
      throw .damaged("its footer points to no batch")
    }
    return message
  }

  private mutating func take(_ message: ArrowMessage, as kind: ArrowMessage.Kind)
    throws(ArrowProblem)
  {
    guard message.kind == kind else {
      throw .damaged("its footer points to another kind of message")
    }
    try take(message)
  }

  private mutating func take(_ message: ArrowMessage) throws(ArrowProblem) {
    switch message.kind {
    case .schema: throw .damaged("it has a second schema")
    case .batch:
      do throws(ArrowProblem) {
        var batch = try ArrowBatch(message.header, fields: schema.fields, body: message.body)
        batch.dictionaryCount = dictionaries.count
        batches.append(batch)
      } catch { throw error.at("batch \(batches.count + 1)") }
    case .dictionary:
      do throws(ArrowProblem) { try takeDictionary(message) } catch {
        throw error.at("dictionary \(dictionaries.count + 1)")
      }
    }
  }

  private mutating func takeDictionary(_ message: ArrowMessage) throws(ArrowProblem) {
    let id = try message.header.integer(0, default: Int64(0))
    guard let field = dictionaryFields[id], let data = try message.header.table(1) else {
      throw .damaged("no column refers to it")
    }
    var batch = try ArrowBatch(data, fields: [field], body: message.body)
    batch.dictionaryCount = dictionaries.count
    dictionaries.append((id, try message.header.flag(2), batch))
  }
}
