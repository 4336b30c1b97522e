import Columns
import Formats

extension TableLoading {
  /// The table of Arrow files; nil where no file is one.
  func arrowTable(_ sources: [SourceFile]) throws -> LoadedTable? {
    let start = monotonicSeconds()
    var files: [ArrowFile] = []
    for source in sources {
      if let file = try source.arrowFile() { files.append(file) }
    }
    if files.isEmpty { return nil }
    guard files.count == sources.count else {
      throw LoadFailure(
        "some of the files are Arrow files, others are not", hint: "load them apart, and use union")
    }
    var loaded = try snapshotTable(files) ?? foreignTable(files)
    loaded.report.seconds = monotonicSeconds() - start
    return loaded
  }

  /// The table of a file that Decoy wrote, whose values stay in the file; nil for others.
  private func snapshotTable(_ files: [ArrowFile]) throws -> LoadedTable? {
    guard files.count == 1, let snapshot = try readSnapshot(files[0]) else { return nil }
    let table = Table(
      name: name, schema: snapshot.schema, columns: snapshot.columns,
      properties: given(snapshot.properties))
    let report = LoadReport(
      snapshot: table, path: files[0].file.path, byteCount: files[0].file.byteCount,
      distinct: snapshot.distinctCounts)
    return LoadedTable(table: table, rejects: nil, report: report, mappedFiles: [files[0].file])
  }

  private func readSnapshot(_ file: ArrowFile) throws(LoadFailure) -> Snapshot? {
    do throws(ArrowProblem) { return try Snapshot(file) } catch {
      throw LoadFailure(error, path: file.file.path)
    }
  }
}
