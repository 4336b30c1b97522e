import CKernels
import Columns

/// The records of one block of CSV text: where each cell begins and ends.
///
/// A block is some 192 KiB, so that the text and its index stay in the cache while the columns are
/// read one by one. Reused from block to block; one for each worker.
package final class CSVBlock: RecordBlock {
  /// Which instructions find the separators; for tests, which compare them.
  package enum Scanner: Int, Sendable, CaseIterable {
    case machine = -1
    case portable, sse2, avx2, avx512

    /// The best of this machine.
    package static let best = Scanner(rawValue: Int(decoy_simd_level().rawValue)) ?? .portable
  }

  private let dialect: CSVDialect
  private let fieldCount: Int
  private let scanner: Scanner

  /// Complete records, blank lines left out.
  package private(set) var recordCount = 0
  /// The bytes of complete records, blank lines too.
  package private(set) var consumed = 0
  /// Whether all bytes are well-formed UTF-8.
  package private(set) var isValidText = true
  /// The records with issues, in order.
  package private(set) var issues: [CSVIssuePlace] = []
  /// The offsets of blank lines.
  package private(set) var blankLines: [Int] = []
  /// The offsets of records with separators, but no values, behind the last field.
  package private(set) var trailingSeparators: [Int] = []

  private var text: UnsafePointer<UInt8>
  private var entries: BufferSlice<UInt32>
  private var rows: BufferSlice<UInt32>
  /// The separator before the first cell, and the distance from record to record.
  private var first: UnsafePointer<UInt32>
  private var stride = 1
  private var hasCarriage = false
  // The prepared run: the separators by column, and the cells of the column asked for last.
  private var bounds: BufferSlice<UInt32>
  private var starts: BufferSlice<UInt32>
  private var trimmedEnds: BufferSlice<UInt32>
  private var runCount = 0
  private var nextRecord = 0

  /// Takes the number of fields of a record, at least 1.
  package init(dialect: CSVDialect, fieldCount: Int, scanner: Scanner = .best) {
    self.dialect = dialect
    self.fieldCount = max(1, fieldCount)
    self.scanner = scanner
    entries = BufferSlice(capacity: 1024)
    rows = BufferSlice(capacity: 1024)
    bounds = BufferSlice(capacity: 1)
    starts = BufferSlice(capacity: 1)
    trimmedEnds = BufferSlice(capacity: 1)
    first = UnsafePointer(rows.pointer)
    text = UnsafePointer(UnsafeRawPointer(rows.pointer).assumingMemoryBound(to: UInt8.self))
  }

  /// Scans `count` bytes that begin a record; 64 bytes behind them must be readable.
  ///
  /// `isFinal` says that the text ends here, with a line end; else the last record may be
  /// incomplete and stays for the next block. At most 4 GiB.
  package func scan(_ text: UnsafePointer<UInt8>, count: Int, isFinal: Bool) {
    self.text = text
    issues.removeAll(keepingCapacity: true)
    blankLines.removeAll(keepingCapacity: true)
    trailingSeparators.removeAll(keepingCapacity: true)
    hasCarriage = false
    nextRecord = 0
    if entries.count < count + 80 { entries = BufferSlice(capacity: count + count / 2 + 80) }
    entries.pointer[0] = .max
    if !scanFast(count: count) || consumed == 0 { scanSlow(count: count, isFinal: isFinal) }
  }

  /// The vector loop; false when it is not exact for this text.
  private func scanFast(count: Int) -> Bool {
    consumed = 0
    guard scanner != .machine else { return false }
    let entry = entries.pointer + 1
    let level = decoy_simd(UInt32(scanner.rawValue))
    let found = decoy_csv_index(text, count, dialect.delimiter, dialect.newline, entry, level)
    if found.flags & UInt32(DECOY_CSV_ODD_QUOTE | DECOY_CSV_STRAY_BREAK) != 0 {
      return false
    }
    hasCarriage = found.flags & UInt32(DECOY_CSV_CARRIAGE) != 0
    var used = found.entries
    while used > 0, text[Int(entry[used - 1])] != dialect.newline { used -= 1 }
    if used == 0 { return true }
    consumed = Int(entry[used - 1]) + 1
    let isASCII = found.flags & UInt32(DECOY_CSV_NON_ASCII) == 0
    isValidText = isASCII || decoy_utf8_valid_prefix(text, consumed) == consumed
    if isRegular(records: found.records, entries: used) {
      recordCount = found.records
      first = UnsafePointer(entries.pointer)
      stride = fieldCount
    } else {
      arrange(entryCount: used, records: found.records)
    }
    return true
  }

  private func scanSlow(count: Int, isFinal: Bool) {
    var machine = CSVMachine(
      text: text, count: count, isFinal: isFinal, dialect: dialect, fieldCount: fieldCount,
      entries: entries.pointer + 1)
    machine.scan()
    consumed = machine.consumed
    isValidText = decoy_utf8_valid_prefix(text, consumed) == consumed
    arrange(entryCount: machine.entryCount, records: machine.recordCount)
    if machine.issues.isEmpty { return }
    addIssues(machine.issues)
  }

  /// Whether every record has its number of fields.
  private func isRegular(records: Int, entries used: Int) -> Bool {
    guard used == records &* fieldCount else { return false }
    let last = entries.pointer + fieldCount
    var wrong: UInt8 = 0
    for record in 0..<records {
      wrong |= text[Int(last[record &* fieldCount])] ^ dialect.newline
    }
    return wrong == 0
  }

  /// Gives every record `fieldCount` cells: cuts long ones, fills short ones with empty cells, and
  /// leaves blank lines out.
  private func arrange(entryCount: Int, records: Int) {
    stride = fieldCount + 1
    if rows.count < records * stride { rows = BufferSlice(capacity: records * stride * 5 / 4) }
    first = UnsafePointer(rows.pointer)
    hasCarriage = false
    recordCount = 0
    var start = 0
    var entry = 0
    let ends = entries.pointer + 1
    while entry < entryCount {
      var next = entry
      while !isRecordEnd(Int(ends[next])) { next += 1 }
      let fields = next - entry + 1
      let end = Int(ends[next])
      let isLineFeed = text[end] == CSVDialect.lineFeed && end > start
      let cut = isLineFeed && text[end - 1] == CSVDialect.carriageReturn ? end - 1 : end
      if fieldCount > 1, fields == 1, isBlank(start..<cut) {
        blankLines.append(start)
      } else {
        place(ends + entry, fields: fields, start: start, end: cut)
      }
      start = end + 1
      entry = next + 1
    }
  }

  private func isRecordEnd(_ place: Int) -> Bool {
    text[place] == CSVDialect.lineFeed || text[place] == CSVDialect.carriageReturn
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    range.allSatisfy { text[$0] == 0x20 || text[$0] == 0x09 }
  }

  private func place(_ ends: UnsafePointer<UInt32>, fields: Int, start: Int, end: Int) {
    let row = rows.pointer + recordCount * stride
    recordCount += 1
    row[0] = UInt32(truncatingIfNeeded: start &- 1)
    for field in 0..<min(fields, fieldCount) { row[field + 1] = ends[field] }
    if fields <= fieldCount { row[fields] = UInt32(truncatingIfNeeded: end) }
    if fields < fieldCount {
      // Cell f of a short record is the empty text between places that rise by one.
      for field in fields..<fieldCount {
        row[field + 1] = UInt32(truncatingIfNeeded: end + field - fields + 1)
      }
      issues.append(CSVIssuePlace(issue: .tooFewValues, start: start, end: end))
    } else if fields > fieldCount {
      let restIsEmpty = Int(ends[fieldCount - 1]) + (fields - fieldCount) == end
      if restIsEmpty {
        trailingSeparators.append(start)
      } else {
        issues.append(CSVIssuePlace(issue: .tooManyValues, start: start, end: end))
      }
    }
  }

  /// Finds the places of the machine's issues, which count blank lines as records.
  private func addIssues(_ found: [(issue: CSVIssue, record: Int)]) {
    var record = 0
    var start = 0
    var entry = entries.pointer + 1
    for (issue, wanted) in found {
      while true {
        while !isRecordEnd(Int(entry.pointee)) { entry += 1 }
        if record == wanted { break }
        start = Int(entry.pointee) + 1
        record += 1
        entry += 1
      }
      issues.append(CSVIssuePlace(issue: issue, start: start, end: Int(entry.pointee)))
    }
    issues.sort { ($0.start, $0.issue.rawValue) < ($1.start, $1.issue.rawValue) }
  }

  /// The offset of a record, which has had its blank lines skipped.
  private func start(ofRecord record: Int) -> Int {
    Int(first[record &* stride] &+ 1)
  }

  /// Leaves out the records that begin at `limit` or later, and what is behind the others.
  package func clip(startingBefore limit: Int) {
    guard recordCount > 0, start(ofRecord: recordCount - 1) >= limit else { return }
    var low = 0
    var high = recordCount - 1
    while low < high {
      let middle = (low + high) / 2
      if start(ofRecord: middle) >= limit { high = middle } else { low = middle + 1 }
    }
    recordCount = low
    consumed = start(ofRecord: low)
    issues.removeAll { $0.start >= consumed }
    blankLines.removeAll { $0 >= consumed }
    trailingSeparators.removeAll { $0 >= consumed }
  }

  package func nextRun(limit: Int) -> Int {
    let count = min(limit, recordCount - nextRecord)
    if count > 0 { prepare(from: nextRecord, count: count) }
    nextRecord += count
    return count
  }

  package var faults: [RecordFault] {
    issues.map { RecordFault(start: $0.start, end: $0.end, place: nil, reason: $0.issue.reason) }
  }

  package var findings: BlockFindings {
    BlockFindings(blankLines: blankLines.count, trailingSeparators: trailingSeparators.count)
  }

  /// Makes the cells of `count` records from `record` ready to be asked for by column.
  package func prepare(from record: Int, count: Int) {
    let wanted = (fieldCount + 1) * count
    if bounds.count < wanted { bounds = BufferSlice(capacity: wanted) }
    if starts.count < count {
      starts = BufferSlice(capacity: count)
      trimmedEnds = BufferSlice(capacity: count)
    }
    runCount = count
    decoy_csv_columns(
      first + record &* stride, stride, count, fieldCount, bounds.pointer, count)
    if hasCarriage {
      let last = bounds.pointer + fieldCount &* count
      decoy_csv_cut_carriage(text, last - count, last, count)
    }
  }

  /// The prepared cells of a column, valid until the next are asked for.
  ///
  /// `trim` takes quotes off; text columns keep them, to know what they mean.
  package func cells(column: Int, trim: Bool) -> Cells {
    let before = bounds.pointer + column &* runCount
    let ends = before + runCount
    var hasEmpty = decoy_csv_starts(before, ends, runCount, starts.pointer) != 0
    if trim {
      hasEmpty =
        decoy_csv_trim(text, runCount, starts.pointer, ends, trimmedEnds.pointer) != 0
    }
    return Cells(
      base: text, starts: UnsafePointer(starts.pointer),
      ends: UnsafePointer(trim ? trimmedEnds.pointer : ends), count: runCount, hasEmpty: hasEmpty,
      isTrimmed: trim, isValidText: isValidText)
  }

  /// Whether a prepared column's first cell begins with a quote: others will too.
  package func beginsQuoted(column: Int) -> Bool {
    text[Int(bounds.pointer[column &* runCount] &+ 1)] == CSVDialect.quote
  }
}
