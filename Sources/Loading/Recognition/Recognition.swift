import Columns

/// Which columns of a file are which canonical ones, by their names.
///
/// No two get one name: a column that has the canonical name itself goes first, then the most telling
/// name, then the first in the file.
struct Recognition: Sendable {
  /// The canonical column of each field; nil where there is none.
  private(set) var matches: [KnownColumn?]
  /// Whether a match counts only when the cells are of its type.
  private(set) var isWeak: [Bool]

  init(names: [String]) {
    matches = Array(repeating: nil, count: names.count)
    isWeak = Array(repeating: false, count: names.count)
    var best: [String: (rank: Int, field: Int)] = [:]
    let folded = Set(names.map(foldedName))
    let style = ExportStyle(folded)
    for (field, name) in names.enumerated() {
      guard let known = style.map({ $0.name(name, among: folded) }) ?? name,
        let (column, rank) = KnownColumns.match(known)
      else { continue }
      // A name of its own is not given away, even where another spelling comes first.
      if rank >= 0, names.contains(column.name) { continue }
      if let held = best[column.name], held.rank <= rank { continue }
      if let held = best[column.name] { matches[held.field] = nil }
      best[column.name] = (rank, field)
      matches[field] = column
      isWeak[field] = rank >= 1000
    }
  }

  /// The name by which columns of several files are put together.
  func key(_ field: Int, name: String) -> String {
    guard let column = matches[field], !isWeak[field] else { return name }
    return column.name
  }
}

/// Whether a column of a type may carry a canonical name.
func fits(_ type: DataType, _ column: KnownColumn) -> Bool {
  switch column.type {
  case nil: true
  case .int: column.name == "id" ? type == .int || type == .string : type == .int || type == .float
  case let wanted: type == wanted
  }
}
