import Formats

/// Finds what parts the cells of a text: the delimiter that cuts its first records most evenly.
///
/// - Parameters:
///   - text: the first bytes, with a line end at the end when `isFinal` says that they are all.
///   - prefersTab: whether the file's name ends in `.tsv`.
func guessDialect(_ text: [UInt8], isFinal: Bool, given: UInt8?, prefersTab: Bool) -> CSVDialect {
  let head = text.prefix(1 << 16)
  let hasFeed = head.contains(CSVDialect.lineFeed)
  let newline =
    !hasFeed && head.contains(CSVDialect.carriageReturn)
    ? CSVDialect.carriageReturn : CSVDialect.lineFeed
  if let given { return CSVDialect(delimiter: given, newline: newline) }
  var best = (score: 0.0, delimiter: prefersTab ? UInt8(ascii: "\t") : UInt8(ascii: ","))
  for delimiter in [",", "\t", ";", "|"].map({ UInt8(ascii: $0) }) {
    let dialect = CSVDialect(delimiter: delimiter, newline: newline)
    var score = evenness(text, isFinal: isFinal, dialect)
    if prefersTab, delimiter == UInt8(ascii: "\t") { score *= 2 }
    if score > best.score { best = (score, delimiter) }
  }
  return CSVDialect(delimiter: best.delimiter, newline: newline)
}

/// The share of records with the usual number of fields, and a little for more fields; 0 when the
/// usual number is one.
private func evenness(_ text: [UInt8], isFinal: Bool, _ dialect: CSVDialect) -> Double {
  let window = text.count <= 1 << 16 ? text.count : 1 << 16
  let sample = text.withUnsafeBufferPointer { bytes in
    CSVSample(
      UnsafeBufferPointer(rebasing: bytes[..<window]), isFinal: isFinal && window == bytes.count,
      dialect: dialect, limit: 200)
  }
  let counts = sample.records.map(\.count)
  guard let usual = usualCount(counts), usual > 1 else { return 0 }
  let share = Double(counts.count { $0 == usual }) / Double(counts.count)
  let isFirstUsual = counts[0] == usual || counts[0] == usual - 1
  return share * (isFirstUsual ? 1 : 0.4) * (1 + Double(min(usual, 50)) / 1000)
}

/// The most frequent number, the greater of equals; nil of none.
func usualCount(_ counts: [Int]) -> Int? {
  var tally: [Int: Int] = [:]
  for count in counts { tally[count, default: 0] += 1 }
  return tally.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
}
