import Formats

/// The columns of a table once all rows are read: those that came up late, after the others in the
/// order of the files, without those that are nothing but the null in place of an object.
struct LateColumns {
  /// The positions among all columns met, in the table's order.
  private(set) var order: [Int]
  /// The place of each column met in the table; -1 for those left out.
  private(set) var places: [Int]

  /// Takes the names of all columns met, of which the first `known` were known before reading; and
  /// for each file its chunks and the columns of its fields.
  init(
    names: [String], known: Int, files: [(chunks: [ParsedChunk], columns: [Int])]
  ) {
    var all = Array(0..<known)
    var isListed = Set(all)
    for (chunks, columns) in files {
      for field in chunks.lazy.flatMap(\.lateFields) where isListed.insert(columns[field]).inserted
      {
        all.append(columns[field])
      }
    }
    let parents = LateColumns.parents(names)
    order = all.filter { column in
      !parents.contains(names[column])
        || !files.allSatisfy { LateColumns.isEmpty(column, $0.chunks, $0.columns) }
    }
    places = Array(repeating: -1, count: names.count)
    for (place, column) in order.enumerated() { places[column] = place }
  }

  /// Whether no row of a file has a value in a column.
  private static func isEmpty(_ column: Int, _ chunks: [ParsedChunk], _ columns: [Int]) -> Bool {
    guard let field = columns.firstIndex(of: column) else { return true }
    return chunks.allSatisfy { chunk in
      guard field < chunk.columns.count, chunk.columns[field].type != .nothing else { return true }
      return chunk.columns[field].nullCount == chunk.rowCount
    }
  }

  /// All that stands before a point in a name.
  private static func parents(_ names: [String]) -> Set<String> {
    var parents: Set<String> = []
    for name in names {
      for place in name.indices where name[place] == "." { parents.insert(String(name[..<place])) }
    }
    return parents
  }
}
