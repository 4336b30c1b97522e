import Columns
import Formats

/// The columns of several Arrow files put together by name.
struct ArrowUnion {
  private(set) var names: [String] = []
  private(set) var types: [DataType] = []
  private(set) var columns: [Column] = []
  private(set) var notes: [String] = []
  /// The file of each row; nil where there is one file.
  private(set) var fileColumn: Column?

  init(_ parts: [DecodedArrow], paths: [String]) throws(LoadFailure) {
    if parts.count == 1 {
      (names, types, columns, notes) = (
        parts[0].names, parts[0].types, parts[0].columns, parts[0].notes
      )
      return
    }
    let unique = parts.map { uniqueNames($0.names).names }
    for part in unique { for name in part where !names.contains(name) { names.append(name) } }
    let cuts = parts.map { $0.columns.first?.segments.map(\.rowCount) ?? [] }
    for name in names {
      let positions = unique.map { $0.firstIndex(of: name) }
      let found = zip(parts, positions).compactMap { part, position in
        position.map { part.columns[$0] }
      }
      let type = try commonType(found, name, paths)
      var segments: [Segment] = []
      for ((part, position), cuts) in zip(zip(parts, positions), cuts) {
        let column = position.map { part.columns[$0] }
        let isUsable = column.map { $0.type == type || $0.type == .int && type == .float } ?? false
        if let column, isUsable {
          segments += column.type == type ? column.segments : column.asFloats
        } else {
          segments += cuts.flatMap { rows in
            Column(Array(repeating: .null, count: rows), of: type, segmentRows: max(1, rows))
              .segments
          }
        }
      }
      types.append(type)
      columns.append(Column(type: type, segments: segments))
    }
    notes = parts.flatMap(\.notes)
    let files = zip(paths, cuts).flatMap { path, cuts in
      cuts.flatMap { rows in
        Column(Array(repeating: .string(path), count: rows), of: .string, segmentRows: max(1, rows))
          .segments
      }
    }
    fileColumn = Column(type: .string, segments: files)
  }

  /// Columns of nothing fit every type, integers fit floats.
  private func commonType(
    _ columns: [Column], _ name: String, _ paths: [String]
  ) throws(LoadFailure) -> DataType {
    let known = Set(columns.filter { $0.nullCount < $0.rowCount }.map(\.type))
    if known.count <= 1 { return known.first ?? columns.first?.type ?? .string }
    if known == [.int, .float] { return .float }
    let kinds = known.map(\.rawValue).sorted().joined(separator: " and ")
    throw LoadFailure(
      "the column '\(shown(name))' is \(kinds) in different files",
      hint: "load the files apart, convert the column, and use union")
  }
}

extension Column {
  /// Integers as floats.
  fileprivate var asFloats: [Segment] {
    segments.map { segment in
      let values = BufferSlice<Double>(capacity: segment.rowCount)
      segment.writeDoubles(to: values.pointer, null: 0)
      return Segment(
        rowCount: segment.rowCount, values: .float64(values), validity: segment.validity)
    }
  }
}
