/// Finds the separators of CSV text with all the rules, byte by byte.
///
/// The vector loop hands over to this machine where quotes stand in odd places or lines end in two
/// ways. The rules: a quote opens only at the start of a field, and a doubled quote inside is one
/// quote. Text after a closing quote is kept. A quote is taken as text when it is never closed (the
/// text ends, or 16 MiB follow), or when the next quote lies behind a line break and has text after
/// it: then rows would be swallowed. A carriage return alone ends a record in a file of such line
/// ends, or when the record has all its fields.
struct CSVMachine {
  let text: UnsafePointer<UInt8>
  let count: Int
  /// Whether the text ends here; else the last record may be incomplete.
  let isFinal: Bool
  let dialect: CSVDialect
  /// The fields of a record; 0 when not known.
  let fieldCount: Int
  let entries: UnsafeMutablePointer<UInt32>

  private(set) var entryCount = 0
  private(set) var recordCount = 0
  /// The bytes of complete records.
  private(set) var consumed = 0
  private(set) var issues: [(issue: CSVIssue, record: Int)] = []
  private var entriesOfRecord = 0

  private enum FieldEnd { case separator(Int), record(Int), incomplete }

  init(
    text: UnsafePointer<UInt8>, count: Int, isFinal: Bool, dialect: CSVDialect, fieldCount: Int,
    entries: UnsafeMutablePointer<UInt32>
  ) {
    self.text = text
    self.count = count
    self.isFinal = isFinal
    self.dialect = dialect
    self.fieldCount = fieldCount
    self.entries = entries
  }

  /// Scans at most `limit` records.
  mutating func scan(limit: Int = .max) {
    var place = 0
    while place < count, recordCount < limit {
      switch fieldEnd(from: place) {
      case .incomplete:
        return dropIncompleteRecord()
      case .separator(let end):
        emit(end)
        place = end + 1
      case .record(let end):
        emit(end)
        place = end + 1
        recordCount += 1
        entriesOfRecord = 0
        consumed = place
      }
    }
    dropIncompleteRecord()
  }

  private mutating func dropIncompleteRecord() {
    entryCount -= entriesOfRecord
    entriesOfRecord = 0
    while issues.last?.record == recordCount { issues.removeLast() }
  }

  private mutating func emit(_ place: Int) {
    entries[entryCount] = UInt32(truncatingIfNeeded: place)
    entryCount += 1
    entriesOfRecord += 1
  }

  private mutating func note(_ issue: CSVIssue) { issues.append((issue, recordCount)) }

  private mutating func fieldEnd(from start: Int) -> FieldEnd {
    guard text[start] == CSVDialect.quote else { return plainEnd(from: start) }
    guard let (close, hasBreak) = closingQuote(after: start) else {
      if !isFinal, count - start <= CSVDialect.quotedLimit { return .incomplete }
      note(.quoteNeverClosed)
      return plainEnd(from: start)
    }
    let next = close + 1
    if next == count { return isFinal ? .record(next) : .incomplete }
    if isSeparator(text[next]) { return plainEnd(from: next) }
    note(hasBreak ? .quoteNeverClosed : .textAfterQuote)
    return plainEnd(from: hasBreak ? start : next)
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || byte == CSVDialect.lineFeed || byte == CSVDialect.carriageReturn
  }

  /// The quote that ends the field opened at `start`, and whether lines break before it.
  private func closingQuote(after start: Int) -> (Int, Bool)? {
    var place = start + 1
    var hasBreak = false
    while place < count {
      let byte = text[place]
      if byte == CSVDialect.quote {
        if place + 1 < count, text[place + 1] == CSVDialect.quote {
          place += 2
          continue
        }
        return (place, hasBreak)
      }
      hasBreak = hasBreak || byte == CSVDialect.lineFeed || byte == CSVDialect.carriageReturn
      place += 1
    }
    return nil
  }

  /// The end of text outside quotes.
  private func plainEnd(from start: Int) -> FieldEnd {
    var place = start
    while place < count {
      let byte = text[place]
      if byte == dialect.delimiter { return .separator(place) }
      if byte == CSVDialect.lineFeed { return .record(place) }
      if byte == CSVDialect.carriageReturn {
        if place + 1 == count { return isFinal ? .record(place) : .incomplete }
        if text[place + 1] == CSVDialect.lineFeed { return .record(place + 1) }
        let hasAllFields = fieldCount == 0 || entriesOfRecord + 1 == fieldCount
        if dialect.newline == CSVDialect.carriageReturn || hasAllFields { return .record(place) }
      }
      place += 1
    }
    return .incomplete
  }
}
