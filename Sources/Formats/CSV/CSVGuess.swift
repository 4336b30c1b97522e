/// Guesses where a record starts in the middle of a file.
///
/// The first line start at or behind `place` from which three records have the right number of
/// fields; a start inside quotes rarely has. `text[place - 1]` must be readable; `count` bytes are
/// there. Nil when there is none in reach. Whoever uses the guess checks later that the part before
/// ends there.
package func guessRecordStart(
  _ text: UnsafePointer<UInt8>, count: Int, from place: Int, dialect: CSVDialect, fieldCount: Int
) -> Int? {
  let window = 1 << 16
  let reach = min(count, place + 1 << 20)
  return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: window + 80) { entries in
    guard let entry = entries.baseAddress else { return nil }
    var next = place - 1
    while next < reach {
      while next < reach, text[next] != dialect.newline { next += 1 }
      next += 1
      if next >= reach { return nil }
      var machine = CSVMachine(
        text: text + next, count: min(window, count - next), isFinal: false, dialect: dialect,
        fieldCount: fieldCount, entries: entry)
      machine.scan(limit: 3)
      if machine.issues.isEmpty, machine.entryCount == machine.recordCount * fieldCount,
        machine.isRegular
      {
        return next
      }
    }
    return nil
  }
}

extension CSVMachine {
  /// Whether every record found has `fieldCount` fields.
  fileprivate var isRegular: Bool {
    (0..<recordCount).allSatisfy { record in
      let end = Int(entries[record * fieldCount + fieldCount - 1])
      return text[end] == CSVDialect.lineFeed || text[end] == CSVDialect.carriageReturn
    }
  }
}
