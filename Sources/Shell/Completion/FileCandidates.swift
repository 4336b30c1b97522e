import Diagnostics
import Parsing

/// Files and folders that a path in quotes may go on with.
struct FileCandidates {
  private let folder: String
  private let name: String
  private let quote: String
  private let surroundings: Surroundings

  init(typed: String, quote: String, surroundings: Surroundings) {
    let path = Self.value(of: typed, quote: quote)
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    folder = String(path[..<cut])
    name = String(path[cut...])
    self.quote = quote
    self.surroundings = surroundings
  }

  var candidates: [Candidate] {
    matching.map { entry in
      .file(
        folder + entry.name + (entry.isFolder ? "/" : ""),
        name: entry.name + (entry.isFolder ? "/" : ""), isFolder: entry.isFolder, quote: quote)
    }
  }

  /// The same without quotes.
  var paths: [(path: String, isFolder: Bool)] {
    matching.map { (folder + $0.name + ($0.isFolder ? "/" : ""), $0.isFolder) }
  }

  /// Those whose names begin with what is typed; hidden ones only when their point is typed.
  private var matching: [Surroundings.Entry] {
    surroundings.entries(folder).filter { entry in
      entry.name.hasPrefix(name) && (name.hasPrefix(".") || !entry.name.hasPrefix("."))
    }.sorted { $0.name < $1.name }
  }

  /// The text that an open string means.
  private static func value(of typed: String, quote: String) -> String {
    guard typed.contains("\\") else { return typed }
    let (program, _) = parse(Source(name: "path", text: quote + typed + quote))
    guard case .pipeline(let pipeline)? = program.statements.first?.kind,
      case .file(let path, _) = pipeline.origin
    else { return typed }
    return path
  }
}
