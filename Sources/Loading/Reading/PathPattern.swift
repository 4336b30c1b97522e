import Diagnostics
import Formats
import Glibc

/// The files that a path or pattern of `load` names, sorted; `-` is standard input.
///
/// `*`, `?` and `[…]` match as in a shell, unless a file has exactly that name. `table` is the one to
/// read of databases.
func sourceFiles(_ pattern: String, table: String? = nil) throws(LoadFailure) -> [SourceFile] {
  if pattern == "-" { return [.standardInput()] }
  let isPattern = pattern.contains { "*?[".contains($0) }
  if !isPattern || access(pattern, F_OK) == 0 {
    return [SourceFile(path: pattern, table: table)]
  }
  var found = glob_t()
  defer { globfree(&found) }
  let status = glob(pattern, 0, nil, &found)
  if status == GLOB_NOMATCH { throw LoadFailure("no file matches '\(shown(pattern))'") }
  guard status == 0, let paths = found.gl_pathv else {
    throw LoadFailure("'\(shown(pattern))' cannot be searched")
  }
  let names = (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  let files = names.filter { !isDirectory($0) }
  if files.isEmpty { throw LoadFailure("'\(shown(pattern))' matches only directories") }
  return files.map { SourceFile(path: $0, table: table) }
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Why a file could not be opened, and which names are near.
func openFailure(_ path: String, _ code: Int32) -> LoadFailure {
  let quoted = "'\(shown(path))'"
  switch code {
  case ENOENT, ENOTDIR:
    return LoadFailure("no file \(quoted)", hint: nearPaths(path))
  case EACCES, EPERM:
    return LoadFailure("\(quoted) may not be read", hint: "its permissions do not let this user")
  case ENAMETOOLONG:
    return LoadFailure("the file name is too long")
  default:
    return LoadFailure("\(quoted) cannot be opened: \(systemMessage(code))")
  }
}

private func nearPaths(_ path: String) -> String? {
  let cut = path.lastIndex(of: "/")
  let folder = cut.map { String(path[...$0]) } ?? ""
  let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
  guard let directory = opendir(folder.isEmpty ? "." : folder) else {
    return "there is no folder '\(shown(folder))' either"
  }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory), names.count < 10_000 {
    let found = withUnsafePointer(to: &entry.pointee.d_name) { field in
      field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !found.hasPrefix(".") { names.append(found) }
  }
  return Suggestion.hint(for: name, among: names.map(shown))
}

/// The name of the table that a file becomes: `exports/acme.csv.gz` is `acme`.
///
/// What no identifier can hold becomes `_`; a leading digit gets one in front.
package func tableName(forPath path: String) -> String {
  if path == "-" { return "input" }
  var name = path.split(separator: "/").last.map(String.init) ?? ""
  for _ in 0..<2 {
    let lower = name.lowercased()
    let known = [
      ".csv", ".tsv", ".txt", ".tab", ".gz", ".zst", ".json", ".jsonl", ".ndjson", ".arrow",
      ".db", ".sqlite", ".sqlite3",
    ]
    guard let end = known.first(where: { lower.hasSuffix($0) && lower.count > $0.count }) else {
      break
    }
    name = String(name.dropLast(end.count))
  }
  var result = ""
  for character in name {
    let isWord = character.isLetter || character.isNumber || character == "_"
    if isWord {
      result.append(character)
    } else if !result.isEmpty, result.last != "_" {
      result.append("_")
    }
  }
  while result.hasSuffix("_") && result.count > 1 { result.removeLast() }
  if result.isEmpty || result == "_" { return "data" }
  return result.first?.isNumber == true ? "_" + result : result
}
