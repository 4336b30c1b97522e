/// How entries of the history stand in its file: a line each, `\\` for a backslash, `\n` for a line
/// end.
enum HistoryText {
  /// A line without its end; nil for an entry that is not worth keeping.
  static func line(of entry: String) -> String? {
    guard !entry.isEmpty, entry.utf8.count <= longestEntry else { return nil }
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// The entry of a line; what could steer a terminal is dropped, so that a file from elsewhere does
  /// no harm.
  static func entry(of line: some StringProtocol) -> String {
    var entry = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        isEscaped = false
        if scalar == "n" { entry.append("\n") } else { entry.append(scalar) }
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "\t" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) {
        entry.append(scalar)
      }
    }
    return String(entry)
  }

  /// The entries of a file, oldest first; of equal ones the newest is kept.
  static func entries(of text: String, limit: Int) -> [String] {
    var seen: Set<String> = []
    var newestFirst: [String] = []
    for line in text.split(separator: "\n").reversed() {
      if newestFirst.count == limit { break }
      let entry = entry(of: line)
      if !entry.isEmpty && seen.insert(entry).inserted { newestFirst.append(entry) }
    }
    return newestFirst.reversed()
  }

  private static let longestEntry = 1 << 16
}
