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
  let isPresent = given ?? looksLikeHeader(first, isOnly: rest.isEmpty)
  if !isPresent {
    let count = usualCount(records.map(\.count)) ?? first.count
    return FoundHeader(names: (1...max(1, count)).map { "column\($0)" }, isPresent: false)
  }
  var header = FoundHeader(names: first.map(columnName), isPresent: true)
  // Empty names at the end are cut by trailing separators, unless values stand there.
  if let usual = usualCount(rest.map(\.count)), usual > header.names.count {
    if usual == header.names.count + 1, hasRowNames(rest, usual) {
      header.names.insert("", at: 0)
      header.notes.append("the header has one name less than the rows have values: the first column got none")
    } else {
      let extra = usual - header.names.count
      header.names += Array(repeating: "", count: extra)
      header.notes.append("the header has \(extra) \(extra == 1 ? "name" : "names") less than the rows have values")
    }
  }
  nameAll(&header)
  return header
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
  for position in header.names.indices {
    var name = header.names[position]
    if name.isEmpty {
      missing += 1
      name = unusedName("column\(position + 1)", taken)
    } else if seen.contains(name) {
      repeated.append(name)
      var number = 2
      while taken.contains("\(name)_\(number)") { number += 1 }
      name = "\(name)_\(number)"
    }
    taken.insert(name)
    seen.insert(name)
    header.names[position] = name
  }
  if missing > 0 {
    header.notes.append(missing == 1 ? "a column without a name got one" : "\(missing) columns without a name got one")
  }
  for name in repeated { header.notes.append("the name '\(name)' occurs again: the later column got a number") }
}

private func unusedName(_ wanted: String, _ taken: Set<String>) -> String {
  var name = wanted
  while taken.contains(name) { name += "_" }
  return name
}

private func looksLikeHeader(_ cells: [CSVSampleCell], isOnly: Bool) -> Bool {
  let names = cells.map(\.text)
  if names.contains(where: { KnownColumns.isKnown($0) }) { return true }
  var filled: Set<String> = []
  for (cell, name) in zip(cells, names) {
    let plain = name.trimmingSpaces()
    if plain.isEmpty { continue }
    if cell.bytes.count > 128 || cell.bytes.contains(CSVDialect.lineFeed) { return false }
    var format: ParsedTime.Format?
    let kinds = cell.bytes.withUnsafeBufferPointer {
      cellKind($0, zone: .utc, format: &format)
    }
    if !kinds.isSubset(of: [.text, .truthLetter]) { return false }
    if !filled.insert(plain).inserted { return false }
  }
  return !filled.isEmpty && filled.count * 2 >= cells.count
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
