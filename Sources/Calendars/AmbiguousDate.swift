/// Whether a cell looks like a date whose day and month could be either: `12/1/2016`, `1.12.2016`.
///
/// A time of day may follow: `12/1/2016 1:22:35 AM`. Such text is not read as a date; this is for a
/// hint in the load report.
package func looksLikeAmbiguousDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var cursor = ByteCursor(bytes)
  guard let first = shortNumber(&cursor) else { return false }
  let separator = cursor.next
  guard [0x2F, 0x2E, 0x2D].contains(separator), cursor.skip(separator),
    let second = shortNumber(&cursor), cursor.skip(separator)
  else { return false }
  let yearDigits = cursor.digitCount(limit: 5)
  guard yearDigits == 2 || yearDigits == 4, cursor.digits(yearDigits) != nil else { return false }
  let isDate = min(first, second) <= 12 && max(first, second) <= 31 && min(first, second) >= 1
  return isDate && (cursor.isAtEnd || isTimeOfDay(&cursor))
}

/// One or two digits.
private func shortNumber(_ cursor: inout ByteCursor) -> Int? {
  let count = cursor.digitCount(limit: 3)
  return count == 1 || count == 2 ? cursor.digits(count) : nil
}

/// Something like ` 1:22` or `, 01:22:35 AM`, to the end of the cell.
private func isTimeOfDay(_ cursor: inout ByteCursor) -> Bool {
  _ = cursor.skip(0x2C)
  guard cursor.skip(0x20) || cursor.skipLetter(0x74), shortNumber(&cursor) != nil else {
    return false
  }
  return cursor.skip(0x3A) && cursor.digits(2) != nil
}
