import Glibc
import Testing

/// The direction of the data: a target may import only targets of lower ranks.
private let ranks: [[String]] = [
  [
    "CCompression", "CHash", "CKernels", "CLibEdit", "CMapping", "CRE2", "CSQLite", "CSimdjson",
    "CXlsx",
  ],
  ["Diagnostics", "Tasks", "Calendars", "Statistics", "Columns"],
  ["Simulating", "Formats", "Parsing", "Plans"],
  ["Loading", "Checking", "Planning", "Kernels"],
  ["Evaluating", "Verbs", "Results"],
  ["Rendering"],
  ["Engine"],
  ["Shell"],
  ["decoy"],
]

@Test func importsPointDownwards() throws {
  let rankOf = Dictionary(
    uniqueKeysWithValues: ranks.enumerated().flatMap { rank, names in names.map { ($0, rank) } })
  let targets = listing(of: sourcesFolder).filter { !$0.contains(".") }
  for target in targets {
    let rank = try #require(rankOf[target], "\(target) has no rank in this test")
    let imports = importedModules(of: target).filter { rankOf[$0] != nil }
    print("\(target) -> \(imports.sorted().joined(separator: " "))")
    for module in imports where module != target {
      #expect(
        rankOf[module, default: 99] < rank, "\(target) imports \(module), which is not below it")
    }
  }
}

private let sourcesFolder =
  #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Sources"

private func importedModules(of target: String) -> Set<String> {
  var modules: Set<String> = []
  for path in files(under: sourcesFolder + "/" + target) where path.hasSuffix(".swift") {
    for line in text(of: path).split(separator: "\n") {
      var words = line.split(separator: " ")
      while let first = words.first, ["package", "public", "internal", "private"].contains(first) {
        words.removeFirst()
      }
      if words.count >= 2, words[0] == "import" { modules.insert(String(words[1])) }
    }
  }
  return modules
}

private func files(under folder: String) -> [String] {
  listing(of: folder).flatMap { name in
    let path = folder + "/" + name
    return name.contains(".") ? [path] : files(under: path)
  }
}

private func listing(of folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}

private func text(of path: String) -> String {
  guard let file = fopen(path, "r") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += chunk[0..<count]
  }
}
