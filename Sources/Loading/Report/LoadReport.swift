import Calendars
package import Columns
import Formats

/// What a load found, repaired and left out.
package struct LoadReport: Sendable {
  /// One column, as the report tells it.
  package struct ColumnLine: Sendable, Hashable {
    package let name: String
    package let type: DataType
    /// The name in the file, where recognition gave another.
    package let originalName: String?
    /// How it was recognised or why not; empty when there is nothing to say.
    package var recognition: String
    package var nulls: Int
    /// The number of different texts, when they are kept in a dictionary.
    package var distinct: Int?
  }

  package let tableName: String
  package let rows: Int
  package let files: [String]
  /// The bytes of the files, as they lie on the disk; 0 when not known.
  package let byteCount: Int
  package var seconds: Double = 0
  /// Delimiter, encoding, line ends and header, in words.
  package private(set) var layout: String
  package private(set) var columns: [ColumnLine]
  /// What was changed to be readable, with counts.
  package private(set) var repairs: [String] = []
  /// What the user should look at.
  package private(set) var warnings: [String] = []
  /// Rows that could not be kept whole, listed or not.
  package private(set) var rejectCount = 0
  /// Of a snapshot: what the report said when its table was first loaded.
  package private(set) var earlierNotes: [String] = []
  package let properties: TableProperties
  /// How the order was found.
  package let orderReason: String
  /// Rows that repeat an account of the same list.
  package let repeatedRows: Int

  /// Adds what was found before any row was read, or after all were.
  mutating func addWarnings(_ more: [String]) { warnings += more }
  /// Adds what was read in another way than it is written.
  mutating func addRepairs(_ more: [String]) { repairs += more }
  /// The positions of columns that a canonical name would fit, but not the cells.
  let misfits: Set<Int>

  /// Of a table that was made of these files.
  init(
    table: Table, files: [String], byteCount: Int, layout: String, naming: Naming,
    profile: TableProfile
  ) {
    tableName = table.name
    rows = table.rowCount
    self.files = files
    self.byteCount = byteCount
    self.layout = layout
    properties = profile.properties
    orderReason = profile.order.reason
    repeatedRows = profile.repeated?.count ?? 0
    columns = table.schema.fields.enumerated().map { position, field in
      let column = table.columns[position]
      return ColumnLine(
        name: field.name, type: field.type, originalName: field.originalName,
        recognition: "", nulls: column.nullCount, distinct: column.sharedDictionary?.count)
    }
    misfits = Set(naming.misfits.map(\.position))
    warnings += naming.misfits.map(\.message)
    if properties.platform == .youtube, let followers = table.column("followers"),
      hasRoundedCounts(followers)
    {
      warnings.append("followers: no count has more than three digits that are not 0: rounded")
    }
    warnings += profile.followTimes.warnings
    if repeatedRows > 0 {
      let near = profile.repeated?.isNearOnly == true ? " shortly before" : ""
      warnings.append(
        "\(grouped(repeatedRows)) rows repeat an account of the same list\(near) (overlapping pages?)"
      )
    }
  }

  /// Of a table that is read part by part: nothing of what only the whole shows.
  init(
    parts schema: Schema, name: String, draft: TableDraft, parsed: ParsedFiles, rejectLimit: Int
  ) {
    let outcomes = parsed.outcomes(columnCount: schema.fields.count)
    tableName = name
    rows = parsed.files.reduce(0) { $1.chunks.reduce($0) { $0 + $1.rowCount } }
    files = draft.files.map(\.source.path)
    byteCount = draft.files.reduce(0) { $0 + ($1.size ?? 0) }
    layout = LoadReport.layout(draft.files[0]) + "; read part by part"
    properties = TableProperties()
    orderReason = ""
    repeatedRows = 0
    misfits = []
    columns = schema.fields.enumerated().map { position, field in
      ColumnLine(
        name: field.name, type: field.type, originalName: nil, recognition: "",
        nulls: outcomes[position].nulls, distinct: nil)
    }
    addFileNotes(draft.files)
    addCounts(of: nil, parsed: parsed, outcomes: outcomes, rejectLimit: rejectLimit)
  }

  /// What was repaired, left out or doubted, as lines.
  var notes: [String] {
    var notes = repairs.map { "repaired: \($0)" }
    if rejectCount > 0 { notes.append("rejected: \(count(rejectCount, "row")) not kept whole") }
    return notes + warnings.map { "warning: \($0)" }
  }

  /// Of a snapshot: what its metadata says, nothing of its rows.
  init(snapshot table: Table, path: String, byteCount: Int, distinct: [Int?]) {
    tableName = table.name
    rows = table.rowCount
    files = [path]
    self.byteCount = byteCount
    properties = table.properties
    let sources = properties.sources.prefix(3).map { "'\(shown($0))'" }.joined(separator: ", ")
    layout = "Arrow, saved by decoy" + (sources.isEmpty ? "" : "; made from \(sources)")
    if properties.sources.count > 3 { layout += " and \(properties.sources.count - 3) more" }
    orderReason = "as it was saved"
    repeatedRows = 0
    misfits = []
    columns = table.schema.fields.enumerated().map { position, field in
      ColumnLine(
        name: field.name, type: field.type, originalName: field.originalName, recognition: "",
        nulls: table.columns[position].nullCount, distinct: distinct[position])
    }
    earlierNotes = properties.loadNotes
  }

  /// Delimiter, encoding, line ends and header of a file, in words.
  static func layout(_ file: FileDraft) -> String {
    guard case .delimited(let dialect) = file.format else { return jsonLayout(file) }
    if let table = file.databaseTable { return "SQLite, table '\(shown(table))'" }
    let delimiter =
      switch dialect.delimiter {
      case UInt8(ascii: ","): "comma"
      case UInt8(ascii: ";"): "semicolon"
      case UInt8(ascii: "\t"): "tab"
      case UInt8(ascii: "|"): "bar"
      case let byte: "'\(Character(Unicode.Scalar(byte)))'"
      }
    let lineEnd =
      dialect.newline == CSVDialect.carriageReturn ? "CR" : file.hasCarriage ? "CR LF" : "LF"
    let header = file.header.isPresent ? "header" : "no header"
    return "\(delimiter), \(file.encoding.description), \(lineEnd), \(header)"
  }

  private static func jsonLayout(_ file: FileDraft) -> String {
    guard case .json(let shape) = file.format else { return "" }
    var form =
      switch shape.form {
      case .lines: "JSON lines"
      case .document: shape.isAssigned ? "JSON behind an assignment" : "JSON"
      case .keyedText: "lines of names and values"
      }
    if !shape.path.isEmpty { form += ", rows from '\(shown(shape.path.joined(separator: ".")))'" }
    if !shape.leftOut.isEmpty {
      form += " without '\(shown(shape.leftOut.joined(separator: "', '")))'"
    }
    return "\(form), \(file.encoding.description)"
  }

  /// Adds what the headers of the files had to say.
  mutating func addFileNotes(_ files: [FileDraft]) {
    for file in files {
      let prefix = files.count > 1 ? "\(shown(file.source.path)): " : ""
      warnings += file.header.notes.map { prefix + $0 }
    }
    if Set(files.map(LoadReport.layout)).count > 1 { layout += " (the files differ)" }
  }
}

extension LoadReport {
  /// Adds what was counted while reading.
  ///
  /// `doubts` say why columns are kept as text, by position.
  mutating func addCounts(
    of table: Table?, parsed: ParsedFiles, outcomes: [CellOutcome], doubts: [Int: String] = [:],
    rejectLimit: Int
  ) {
    let chunks = parsed.files.flatMap(\.chunks)
    rejectCount = chunks.reduce(0) { $0 + $1.rejectCount }
    rejectCount += parsed.files.reduce(0) { $0 + $1.parser.documentFaultCount }
    addFindings(chunks.reduce(into: BlockFindings()) { $0.add($1.findings) })
    for (position, outcome) in outcomes.enumerated() {
      addRepairs(columns[position].name, outcome)
      if let table, doubts[position] == nil, parsed.types[position] == .string,
        parsed.plans[position].traits.fixed != .string
      {
        addWarning(position, parsed.plans[position], of: table.columns[position])
      }
    }
    addDoubts(doubts)
    for position in parsed.emptyIsFalse {
      repairs.append("\(columns[position].name): only 1 and empty occur, so empty is false")
    }
    for (parser, _, _) in parsed.files {
      if let warning = parser.warning {
        warnings.append("\(shown(parser.draft.source.path)): \(warning)")
      }
    }
    if rejectCount > rejectLimit {
      warnings.append("only the first \(grouped(rejectLimit)) rejected rows are listed")
    }
  }

  /// Says why columns are kept as text, by position.
  mutating func addDoubts(_ doubts: [Int: String]) {
    for (position, doubt) in doubts.sorted(by: { $0.key < $1.key }) {
      warnings.append("\(columns[position].name): \(doubt); kept as text")
    }
  }

  private mutating func addFindings(_ found: BlockFindings) {
    let (blank, trailing) = (found.blankLines, found.trailingSeparators)
    if blank > 0 { repairs.append("\(count(blank, "blank line")) left out") }
    if trailing > 0 { repairs.append("\(count(trailing, "row")) ended with separators too many") }
    if found.repeatedKeys > 0 {
      repairs.append(
        "\(count(found.repeatedKeys, "key")) stood twice in an object: the last value counts")
    }
    if found.loneSurrogates > 0 {
      repairs.append("\(count(found.loneSurrogates, "half surrogate pair")) became U+FFFD")
    }
  }

  private mutating func addRepairs(_ name: String, _ outcome: CellOutcome) {
    if outcome.repairs > 0 {
      repairs.append(
        "\(name): \(count(outcome.repairs, "byte")) that \(outcome.repairs == 1 ? "is" : "are") not UTF-8 became U+FFFD"
      )
    }
    if outcome.padded > 0 {
      repairs.append("\(name): spaces around \(count(outcome.padded, "value")) left out")
    }
    if outcome.skippedTimes > 0 {
      repairs.append(
        "\(name): \(count(outcome.skippedTimes, "local time")) that the clock of the zone skips "
          + "\(outcome.skippedTimes == 1 ? "was" : "were") moved past the gap")
    }
    if outcome.repeatedTimes > 0 {
      repairs.append(
        "\(name): \(count(outcome.repeatedTimes, "local time")) that the clock of the zone shows "
          + "twice \(outcome.repeatedTimes == 1 ? "is" : "are") taken as the earlier")
    }
    if outcome.seen.contains(.softNull), outcome.nulls > 0,
      outcome.seen.isDisjoint(with: [.text, .unread])
    {
      repairs.append("\(name): NA, - or the like is null")
    }
  }
}

/// `1 row`, `2,300 rows`.
func count(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}

/// A number with commas between its thousands.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return number < 0 ? "-" + result : result
}
