import Glibc

/// A file of Tests/Golden: a program above a line `---`, what the user sees below it.
struct GoldenCase: Sendable, CustomStringConvertible {
  let name: String
  let path: String
  let program: String
  let expected: String

  var description: String { name }

  static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Golden"

  static let all: [GoldenCase] = paths(under: folder).filter { $0.hasSuffix(".case") }.map { path in
    let parts = text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
    let cut = parts.firstIndex(of: "---") ?? parts.endIndex
    return GoldenCase(
      name: String(path.dropFirst(folder.count + 1)), path: path,
      program: parts[..<cut].joined(separator: "\n"),
      expected: parts.dropFirst(cut + 1).joined(separator: "\n"))
  }

  func record(_ seen: String) throws {
    let text = program + "\n---\n" + seen
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    fputs(text, file)
  }

  private static func paths(under folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var paths: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      paths += name.contains(".") ? [path] : Self.paths(under: path)
    }
    return paths.sorted()
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[0..<count]
    }
  }
}
