/// One cell of a sampled record.
package struct CSVSampleCell: Sendable, Hashable {
  /// Its bytes without quotes.
  package let bytes: [UInt8]
  package let isQuoted: Bool

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The first records of a text, read slowly, for looking at before the real reading.
package struct CSVSample: Sendable {
  package let records: [[CSVSampleCell]]
  /// The offset behind each record's line end.
  package let ends: [Int]

  /// Reads at most `limit` records, whatever their number of fields; blank lines are none.
  ///
  /// `isFinal` says that the text ends here, with a line end.
  package init(
    _ text: UnsafeBufferPointer<UInt8>, isFinal: Bool, dialect: CSVDialect, limit: Int = 1000
  ) {
    var records: [[CSVSampleCell]] = []
    var ends: [Int] = []
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: text.count + 80) { entries in
      guard let entry = entries.baseAddress, let base = text.baseAddress else { return }
      var machine = CSVMachine(
        text: base, count: text.count, isFinal: isFinal, dialect: dialect, fieldCount: 0,
        entries: entry)
      machine.scan(limit: limit)
      var start = 0
      var cells: [CSVSampleCell] = []
      for index in 0..<machine.entryCount {
        var end = Int(entry[index])
        let byte = base[end]
        let isRecordEnd = byte != dialect.delimiter
        let next = end + 1
        if byte == CSVDialect.lineFeed, end > start, base[end - 1] == CSVDialect.carriageReturn {
          end -= 1
        }
        cells.append(CSVSampleCell(base + start, count: end - start))
        start = next
        guard isRecordEnd else { continue }
        if cells.count > 1 || !cells[0].isBlank {
          records.append(cells)
          ends.append(next)
        }
        cells.removeAll()
      }
    }
    self.records = records
    self.ends = ends
  }
}

extension CSVSampleCell {
  init(_ text: UnsafePointer<UInt8>, count: Int) {
    guard count >= 2, text[0] == CSVDialect.quote,
      let plain = unquoted(UnsafeBufferPointer(start: text, count: count))
    else {
      bytes = Array(UnsafeBufferPointer(start: text, count: count))
      isQuoted = false
      return
    }
    bytes = plain
    isQuoted = true
  }

  var isBlank: Bool { !isQuoted && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

/// The text of a cell that begins with a quote; nil when the quote is never closed, and so text.
func unquoted(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  var plain: [UInt8] = []
  plain.reserveCapacity(cell.count)
  var place = 1
  while place < cell.count {
    let byte = cell[place]
    if byte == CSVDialect.quote {
      if place + 1 < cell.count, cell[place + 1] == CSVDialect.quote {
        place += 1
      } else {
        plain.append(contentsOf: cell[(place + 1)...])
        return plain
      }
    }
    plain.append(byte)
    place += 1
  }
  return nil
}

extension CSVSampleCell {
  /// A cell of a run; empty without quotes where there is no value.
  package init(_ cells: Cells, _ row: Int) {
    bytes = Array(cells[row])
    isQuoted = cells.starts[row] > 0 && cells.base[Int(cells.starts[row]) - 1] == CSVDialect.quote
  }
}
