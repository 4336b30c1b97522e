import Calendars
import Formats

/// The names of a file's columns, and how they were found.
struct FoundHeader: Sendable {
  var names: [String]
  /// Whether the first record holds them.
  var isPresent: Bool
  /// What the load report should say about the names.
  var notes: [String] = []
}

/// Finds the names of the columns of sampled records.
///
/// The first row holds names when one of them is a known column, or when all are distinct texts that
/// are neither numbers, dates nor truth values. `given` overrules.
func findHeader(_ records: [[CSVSampleCell]], given: Bool?) -> FoundHeader {
  guard let first = records.first else { return FoundHeader(names: [], isPresent: false) }
  let rest = records.dropFirst()
  let isPresent = given ?? looksLikeHeader(first, rest)
  if !isPresent {
    let count = usualCount(records.map(\.count)) ?? first.count
    return FoundHeader(names: (1...max(1, count)).map { "column\($0)" }, isPresent: false)
  }
  var header = FoundHeader(names: first.map(columnName), isPresent: true)
  nameMissing(&header, rest)
  nameAll(&header)
  return header
}

/// Names the cells that most rows have beyond the header's.
private func nameMissing(_ header: inout FoundHeader, _ rows: ArraySlice<[CSVSampleCell]>) {
  let counts = rows.map(\.count)
  let names = header.names.count
  guard let usual = usualCount(counts), usual > names,
    counts.count(where: { $0 == usual }) * 2 > counts.count
  else { return }
  if usual == names + 1, hasRowNames(rows, usual) {
    header.names.insert(unusedName("column1", Set(header.names)), at: 0)
    header.notes.append(
      "the rows have one value more than the header names: the first column is 'column1'")
    return
  }
  var taken = Set(header.names)
  for position in names..<usual {
    let name = unusedName("column\(position + 1)", taken)
    taken.insert(name)
    header.names.append(name)
  }
  header.notes.append("the rows have \(usual) values, the header has \(names) names")
}

/// Whether the first of more cells than names tells the rows apart, as R and pandas write them.
private func hasRowNames(_ records: ArraySlice<[CSVSampleCell]>, _ count: Int) -> Bool {
  let full = records.filter { $0.count == count }
  return full.count > 1 && Set(full.map { $0[0].bytes }).count == full.count
    && !full.contains { $0[count - 1].bytes.isEmpty }
}

private func columnName(_ cell: CSVSampleCell) -> String {
  let bytes = cell.bytes.withUnsafeBufferPointer { repaired($0).text }
  let text = String(decoding: bytes, as: UTF8.self)
  let words = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline })
  return words.joined(separator: " ")
}

/// Fills empty names and tells equal ones apart.
private func nameAll(_ header: inout FoundHeader) {
  var taken = Set(header.names)
  var seen: Set<String> = []
  var missing = 0
  var repeated: [String] = []
  // The number that the next column of a name that repeats may get.
  var numbers: [String: Int] = [:]
  for position in header.names.indices {
    var name = header.names[position]
    if name.isEmpty {
      missing += 1
      name = unusedName("column\(position + 1)", taken)
    } else if seen.contains(name) {
      repeated.append(name)
      var number = numbers[name] ?? 2
      while taken.contains("\(name)_\(number)") { number += 1 }
      numbers[name] = number + 1
      name = "\(name)_\(number)"
    }
    taken.insert(name)
    seen.insert(name)
    header.names[position] = name
  }
  if missing > 0 {
    let columns = missing == 1 ? "a column" : "\(missing) columns"
    header.notes.append("\(columns) without a name got one")
  }
  for name in repeated.prefix(5) {
    header.notes.append("the name '\(name)' occurs again: the later column got a number")
  }
  if repeated.count > 5 {
    header.notes.append("\(repeated.count - 5) more columns have names that occur before")
  }
}

private func unusedName(_ wanted: String, _ taken: Set<String>) -> String {
  var name = wanted
  while taken.contains(name) { name += "_" }
  return name
}

private func looksLikeHeader(
  _ cells: [CSVSampleCell], _ rows: ArraySlice<[CSVSampleCell]>
) -> Bool {
  let names = cells.map(\.text)
  if names.contains(where: { KnownColumns.isKnown($0) }) { return true }
  let filled = names.map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  if filled.isEmpty || !cells.allSatisfy(isText) { return false }
  let isOdd =
    Set(filled).count < filled.count || filled.count * 2 < cells.count
    || cells.contains { $0.bytes.count > 128 || $0.bytes.contains(CSVDialect.lineFeed) }
  // Odd names are names when a column below them holds no text.
  return !isOdd || cells.indices.contains { isColumnOfValues($0, rows) }
}

/// Whether a cell is nothing or text.
private func isText(_ cell: CSVSampleCell) -> Bool {
  var format: ParsedTime.Format?
  let kinds = cell.bytes.withUnsafeBufferPointer {
    cellKind(trimmed($0), zone: .utc, format: &format)
  }
  return kinds.isSubset(of: [.text, .truthLetter])
}

private func isColumnOfValues(_ column: Int, _ rows: ArraySlice<[CSVSampleCell]>) -> Bool {
  let cells = rows.prefix(100).compactMap { column < $0.count ? $0[column] : nil }
  let filled = cells.filter { !$0.bytes.isEmpty }
  return !filled.isEmpty && !filled.contains(where: isText)
}

extension String {
  /// Without spaces and tabs around it.
  func trimmingSpaces() -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(self[first...last])
  }
}
