import Formats

/// Why the first bytes of a file show that it is no CSV; nil when it may be.
func foreignFormat(_ bytes: [UInt8], path: String) -> LoadFailure? {
  let name = "'\(shown(path))'"
  func starts(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
  if starts("PK\u{3}\u{4}") {
    let isSheet = path.lowercased().hasSuffix(".xlsx")
    return LoadFailure(
      isSheet ? "\(name) is an Excel file" : "\(name) is a zip archive",
      hint: isSheet ? "save it as CSV there" : "unpack it first")
  }
  if starts("FEA1") {
    return LoadFailure(
      "\(name) is a Feather file of version 1", hint: "write version 2 of it, with pyarrow")
  }
  if starts("PAR1") {
    return LoadFailure("\(name) is a Parquet file", hint: parquetHint(path))
  }
  if starts("%PDF") { return LoadFailure("\(name) is a PDF") }
  let head = bytes.prefix(4096)
  let controls = head.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0 }
  let zeros = head.count { $0 == 0 }
  // A few may be slips of a hand, or a name with escape codes in a short file.
  let isMany = controls > 8 && controls * 20 > head.count || controls * 4 > head.count
  if isMany || zeros * 3 > head.count {
    return LoadFailure(
      "\(name) is not text", hint: "csv, tsv and json are read, plain, .gz or .zst")
  }
  return nil
}

/// How to convert a Parquet file, as a line to copy where its path needs no quoting.
private func parquetHint(_ path: String) -> String {
  let isPlain = path.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic && $0.isASCII || "0123456789/._-+ ".unicodeScalars.contains($0)
  }
  let source = isPlain ? path : "x.parquet"
  let base = source.lowercased().hasSuffix(".parquet") ? String(source.dropLast(8)) : source
  let query = "copy (from '\(source)') to '\(base).csv'"
  let program =
    "import pyarrow.parquet as p, pyarrow.feather as f; "
    + "f.write_feather(p.read_table('\(source)'), '\(base).arrow')"
  return "convert it: duckdb -c \"\(query)\", or with pyarrow: python3 -c \"\(program)\""
}

/// Whether an object or an array begins here, a script assigns one, or the name ends as those of JSON files do.
func isJSON(_ bytes: [UInt8], path: String) -> Bool {
  if KeyedTextStream.isKeyed(bytes) || JSONShape.beginsAssignment(bytes) { return true }
  let name = path.lowercased()
  let plain =
    [".gz", ".zst"].first(where: name.hasSuffix).map { name.dropLast($0.count) } ?? name[...]
  if [".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix) { return true }
  let marks = bytes.lazy.filter { $0 > 0x20 }.prefix(3)
  let text = String(decoding: Array(marks), as: UTF8.self)
  return text.hasPrefix("{\"") || text.hasPrefix("{}") || text.hasPrefix("[{")
    || text.hasPrefix("[[") || text == "[]"
}
