import Columns
import Formats

extension TableLoading {
  /// The table of Arrow files of other programs: read into memory and recognised like a CSV file.
  ///
  /// Several files become one table, by name, with a column `file`.
  func foreignTable(_ files: [ArrowFile]) throws -> LoadedTable {
    var parts: [DecodedArrow] = []
    for file in files {
      do {
        parts.append(
          try decodeArrow(
            file, segmentRows: tuning.segmentRows, zone: options.zone, workers: workers))
      } catch let problem as ArrowProblem { throw LoadFailure(problem, path: file.file.path) }
    }
    if parts.count == 1, let saved = parts[0].saved {
      return savedTable(parts[0], saved, files[0])
    }
    let union = try ArrowUnion(parts, paths: files.map(\.file.path))
    let (names, _) = uniqueNames(union.names)
    let values = try known(names, union.types, union.columns)
    let naming = Naming(
      originals: names, types: values.types, columns: values.columns, raw: options.raw)
    var fields = naming.fields(values.types)
    var all = values.columns
    if let fileColumn = union.fileColumn {
      fields.append(Field(name: naming.free("file"), type: .string))
      all.append(fileColumn)
    }
    let plain = Table(name: name, schema: Schema(fields), columns: all)
    let profile = try TableProfile(plain, naming: naming, options: options, workers: workers)
    var properties = profile.properties
    properties.sources = files.map(\.file.path)
    let table = Table(
      name: name, schema: Schema(profile.fields), columns: all, properties: properties)
    var report = LoadReport(
      table: table, files: files.map(\.file.path),
      byteCount: files.reduce(0) { $0 + $1.file.byteCount },
      layout: files[0].isStream ? "Arrow stream" : "Arrow file", naming: naming, profile: profile)
    report.addRepairs(union.notes + values.notes)
    report.addDoubts(values.doubts)
    return LoadedTable(table: table.noting(report.notes), rejects: nil, report: report)
  }
}

extension TableLoading {
  /// The table of a stream that Decoy wrote.
  private func savedTable(
    _ decoded: DecodedArrow, _ saved: (properties: TableProperties, originalNames: [String?]),
    _ file: ArrowFile
  ) -> LoadedTable {
    let fields = decoded.names.indices.map {
      Field(name: decoded.names[$0], type: decoded.types[$0], originalName: saved.originalNames[$0])
    }
    let table = Table(
      name: name, schema: Schema(fields), columns: decoded.columns,
      properties: given(saved.properties))
    let report = LoadReport(
      snapshot: table, path: file.file.path, byteCount: file.file.byteCount,
      distinct: decoded.columns.map { $0.sharedDictionary?.count })
    return LoadedTable(table: table, rejects: nil, report: report)
  }

  /// Properties that were saved, or what the options say in their place.
  func given(_ saved: TableProperties) -> TableProperties {
    var properties = saved
    if let platform = options.platform { properties.platform = platform }
    if let selection = options.selection { properties.selection = selection }
    if let capturedAt = options.capturedAt { properties.capturedAt = capturedAt }
    if let stated = options.statedFollowers { properties.statedFollowers = stated }
    return properties
  }
}

/// Each name once: a later column of the same name gets a number, one without a name its position.
func uniqueNames(_ names: [String]) -> (names: [String], changed: Int) {
  var taken: Set<String> = []
  var unique: [String] = []
  var changed = 0
  var next: [String: Int] = [:]
  for (position, name) in names.enumerated() {
    let wanted = name.isEmpty ? "column\(position + 1)" : name
    var candidate = wanted
    while taken.contains(candidate) {
      let number = next[wanted, default: 2]
      candidate = "\(wanted)_\(number)"
      next[wanted] = number + 1
    }
    if candidate != name { changed += 1 }
    taken.insert(candidate)
    unique.append(candidate)
  }
  return (unique, changed)
}
