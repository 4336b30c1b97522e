import Formats

/// The rules of CSV reading once more, written to be read: one byte at a time over a whole text.
struct CSVTwin {
  /// One record: its cells without quotes, nil where nothing stands.
  struct Record: Equatable {
    var cells: [String?]
    var issues: [CSVIssue]
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let isCarriageFile: Bool
  private let fieldCount: Int
  private var place = 0
  private var fieldsSoFar = 0

  /// Takes a text without header.
  init(_ bytes: [UInt8], delimiter: UInt8, isCarriageFile: Bool, fieldCount: Int) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.isCarriageFile = isCarriageFile
    self.fieldCount = fieldCount
  }

  /// All records, cut and filled to the number of fields.
  mutating func records() -> [Record] {
    var records: [Record] = []
    while place < bytes.count {
      let start = place
      var cells: [(text: [UInt8], isQuoted: Bool)] = []
      var issues: [CSVIssue] = []
      fieldsSoFar = 0
      while true {
        let (cell, isEnd) = field(&issues)
        cells.append(cell)
        fieldsSoFar += 1
        if isEnd { break }
      }
      let isBlank =
        cells.count == 1 && !cells[0].isQuoted && bytes[start] != 0x22
        && cells[0].text.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if isBlank && fieldCount > 1 { continue }
      records.append(fitted(cells, issues))
    }
    return records
  }

  private func fitted(
    _ cells: [(text: [UInt8], isQuoted: Bool)], _ issues: [CSVIssue]
  ) -> Record {
    var issues = issues
    let extra = cells.dropFirst(fieldCount)
    if cells.count < fieldCount { issues.append(.tooFewValues) }
    if extra.contains(where: { !$0.text.isEmpty || $0.isQuoted }) { issues.append(.tooManyValues) }
    var texts = cells.prefix(fieldCount).map { cell -> String? in
      cell.text.isEmpty && !cell.isQuoted ? nil : String(decoding: cell.text, as: UTF8.self)
    }
    while texts.count < fieldCount { texts.append(nil) }
    return Record(cells: texts, issues: issues.sorted { $0.rawValue < $1.rawValue })
  }

  /// One field, and whether the record ends with it.
  private mutating func field(
    _ issues: inout [CSVIssue]
  ) -> (cell: (text: [UInt8], isQuoted: Bool), isEnd: Bool) {
    guard place < bytes.count, bytes[place] == 0x22 else {
      let (text, isEnd) = plain()
      return ((text, false), isEnd)
    }
    let open = place
    guard let (content, hasBreak) = quoted() else {
      issues.append(.quoteNeverClosed)
      place = open
      let (text, isEnd) = plain()
      return ((text, false), isEnd)
    }
    let isClean = place == bytes.count || [delimiter, 0x0A, 0x0D].contains(bytes[place])
    if !isClean && hasBreak {
      issues.append(.quoteNeverClosed)
      place = open
      let (text, isEnd) = plain()
      return ((text, false), isEnd)
    }
    if !isClean { issues.append(.textAfterQuote) }
    let (rest, isEnd) = plain()
    return ((content + rest, true), isEnd)
  }

  /// What stands between quotes; nil when they are never closed.
  private mutating func quoted() -> (content: [UInt8], hasBreak: Bool)? {
    place += 1
    var content: [UInt8] = []
    while place < bytes.count {
      if bytes[place] == 0x22 {
        if place + 1 < bytes.count, bytes[place + 1] == 0x22 {
          place += 1
        } else {
          place += 1
          return (content, content.contains(0x0A) || content.contains(0x0D))
        }
      }
      content.append(bytes[place])
      place += 1
    }
    return nil
  }

  /// Text up to the next separator, which is taken too.
  private mutating func plain() -> (text: [UInt8], isEnd: Bool) {
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == delimiter { return (text, false) }
      if byte == 0x0A { return (text, true) }
      if byte == 0x0D {
        if place < bytes.count, bytes[place] == 0x0A {
          place += 1
          return (text, true)
        }
        if isCarriageFile || fieldsSoFar + 1 == fieldCount || place == bytes.count {
          return (text, true)
        }
      }
      text.append(byte)
    }
    return (text, true)
  }
}
