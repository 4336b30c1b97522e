import Columns
import Formats
import Glibc
import Loading
import Tasks
import Testing

private func failure(
  _ path: String, _ options: LoadOptions = LoadOptions()
) -> LoadFailure? {
  do {
    _ = try load(path, as: "t", options: options, workers: Workers(count: 1))
    return nil
  } catch { return error }
}

@Test func missingFilesNameWhatIsNear() {
  let folder = TemporaryFolder()
  folder.write([0x61], to: "followers.csv")
  let result = failure("\(folder.path)/folowers.csv")
  #expect(result?.message.contains("no file") == true)
  #expect(result?.hint == "did you mean 'followers.csv'?")
  #expect(failure("\(folder.path)/none/x.csv")?.hint?.contains("no folder") == true)
  #expect(failure("\(folder.path)/*.tsv")?.message.contains("no file matches") == true)
}

@Test func foldersEmptyFilesAndForeignFormats() {
  let folder = TemporaryFolder()
  #expect(failure(folder.path)?.message.contains("is a directory") == true)
  let cases: [(bytes: [UInt8], message: String)] = [
    ([], "is empty"), (Array("\n\n".utf8), "is empty"), (gzipMember([]), "is empty"),
    (Array("PK\u{3}\u{4}zip".utf8), "zip archive"), ([0x28, 0xB5, 0x2F, 0xFD, 0], "too early"),
    (Array("PAR1....".utf8), "Parquet"), ([1, 2, 3, 4, 5, 6, 7, 8, 0xFF, 1, 2, 3], "is not text"),
    (Array("ARROW1..".utf8), "damaged"),
  ]
  for (bytes, message) in cases {
    let path = folder.write(bytes, to: "x.csv")
    #expect(failure(path)?.message.contains(message) == true, "\(message)")
  }
  let sheet = folder.write(Array("PK\u{3}\u{4}".utf8), to: "x.xlsx")
  #expect(failure(sheet)?.hint == "save it as CSV there")
}

@Test func permissionIsSaid() {
  guard getuid() != 0 else { return }
  let folder = TemporaryFolder()
  let path = folder.write([0x61], to: "x.csv")
  chmod(path, 0)
  #expect(failure(path)?.message.contains("may not be read") == true)
}

@Test func hostileFileNamesAreEscaped() {
  #expect(failure("/no\u{1B}[31m/x")?.message.contains("\u{1B}") == false)
}

@Test func severalFilesBecomeOneTable() throws {
  let folder = TemporaryFolder()
  folder.write(Array("id,followers_count,lang\n1,5,de\n2,6,en\n".utf8), to: "a.csv")
  folder.write(Array("Followers;id;bio\n7.5;3;hi\n".utf8), to: "b.csv")
  folder.write(gzipMember(Array("id\nx9\n".utf8)), to: "c.csv.gz")
  let result = try load(
    "\(folder.path)/*.csv*", as: "all", options: LoadOptions(), workers: Workers(count: 2))
  #expect(result.table.schema.names == ["id", "followers", "lang", "description", "file"])
  #expect(result.table.scalars("id").map(\.text) == ["1", "2", "3", "x9"])
  #expect(result.table.scalars("followers") == [.float(5), .float(6), .float(7.5), .null])
  #expect(result.table.scalars("lang").map(\.text) == ["de", "en", nil, nil])
  #expect(
    result.table.scalars("file").map(\.text) == [
      "\(folder.path)/a.csv", "\(folder.path)/a.csv", "\(folder.path)/b.csv",
      "\(folder.path)/c.csv.gz",
    ])
  #expect(result.table.schema.position(of: "followers_count") == 1)
}

@Test func rejectsOfSeveralFilesNameTheFile() throws {
  let folder = TemporaryFolder()
  folder.write(Array("a,b\n1,2\n".utf8), to: "a.csv")
  folder.write(Array("a,b\n1,2\n3\n".utf8), to: "b.csv")
  let result = try load(
    "\(folder.path)/?.csv", as: "t", options: LoadOptions(), workers: Workers(count: 2))
  #expect(
    result.rejects?.allRows == [
      [.string("\(folder.path)/b.csv"), .int(3), .string("too few values"), .string("3")]
    ])
}

@Test func anEmptyFileAmongSeveralIsLeftOut() throws {
  let folder = TemporaryFolder()
  folder.write(Array("a,b\n1,2\n".utf8), to: "a.csv")
  folder.write([], to: "b.csv")
  let result = try load(
    "\(folder.path)/?.csv", as: "t", options: LoadOptions(), workers: Workers(count: 2))
  #expect(result.table.rowCount == 1)
  #expect(result.report.warnings.contains { $0.contains("b.csv' is empty") })
}

@Test(arguments: [Compression.gzip, .zstd])
func compressedMembersAndDamage(_ compression: Compression) throws {
  let member = compression == .gzip ? gzipMember : zstdFrame
  let first = Array("a,b\n1,2\n3,4".utf8)
  let second = Array("\n5,6\n".utf8)
  let whole = try loaded(member(first) + member(second) + [0, 0, 0])
  #expect(whole.table.scalars("a") == [.int(1), .int(3), .int(5)])
  #expect(whole.report.warnings.isEmpty)

  let long = Array("a,b\n".utf8) + (0..<20_000).flatMap { Array("\($0),x\n".utf8) }
  let cut = try loaded(Array(member(long).prefix(100_000)))
  #expect(cut.table.rowCount > 5000 && cut.table.rowCount < 20_000)
  #expect(cut.report.warnings.contains { $0.contains("ends too early") })

  // The line in which it breaks off is not among the rows.
  #expect(cut.table.scalars("a") == (0..<cut.table.rowCount).map { .int(Int64($0)) })
  #expect(cut.table.scalars("b").allSatisfy { $0 == .string("x") })

  var damaged = member(long)
  if compression == .gzip {
    damaged[70_000] = 0xFF
  } else {
    // The head of the second block: a kind that is reserved.
    damaged[6 + 3 + 60_000] |= 6
  }
  let part = try loaded(damaged)
  #expect(part.report.warnings.contains { $0.contains("damaged") })

  let trailing = try loaded(member(first) + Array("garbage".utf8))
  #expect(trailing.table.rowCount == 2)
  #expect(trailing.report.warnings.contains { $0.contains("left out") })
}

@Test func framesThatAreSkipped() throws {
  let skipped: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
  let text = Array("a\n1\n".utf8)
  #expect(try loaded(skipped + zstdFrame(text) + skipped).table.scalars("a") == [.int(1)])
}

@Test func namedPipesAreReadOnceAndKept() async throws {
  let folder = TemporaryFolder()
  let path = "\(folder.path)/pipe"
  #expect(mkfifo(path, 0o600) == 0)
  let rows = (0..<500).map { "\($0),v\($0)\n" }.joined()
  async let writer: Void = Task.detached {
    let descriptor = open(path, O_WRONLY)
    let bytes = Array(("n,text\n" + rows + "late,x\n").utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      done += count
    }
    close(descriptor)
  }.value
  var tuning = tinyTuning(256)
  tuning.sampleSize = 512
  let result = try load(
    path, as: "t", options: LoadOptions(), workers: Workers(count: 2), tuning: tuning)
  await writer
  #expect(result.table.rowCount == 501)
  #expect(result.table.scalars("n").last == .string("late"))
  #expect(result.table.scalars("n").first == .string("0"))
}

@Test func cancelledLoadsStop() {
  let folder = TemporaryFolder()
  let path = folder.write(Array("a\n1\n".utf8), to: "x.csv")
  let workers = Workers(count: 2)
  workers.cancellation.request()
  do {
    _ = try load(path, as: "t", options: LoadOptions(), workers: workers)
    Issue.record("not stopped")
  } catch { #expect(error.message == "interrupted") }
}

@Test func progressCountsBytes() throws {
  let folder = TemporaryFolder()
  let text = "a,b\n" + String(repeating: "1,2\n", count: 1000)
  let path = folder.write(Array(text.utf8), to: "x.csv")
  let workers = Workers(count: 2)
  _ = try load(
    path, as: "t", options: LoadOptions(), workers: workers, tuning: tinyTuning(300))
  #expect(workers.progress.total == text.utf8.count)
  #expect(workers.progress.done == text.utf8.count - 4)
}

@Test func tableNames() {
  #expect(tableName(forPath: "exports/acme.csv.gz") == "acme")
  #expect(tableName(forPath: "my list (2).CSV") == "my_list_2")
  #expect(tableName(forPath: "/x/2024.tsv") == "_2024")
  #expect(tableName(forPath: ".csv") == "csv")
  #expect(tableName(forPath: "-") == "input")
  #expect(tableName(forPath: "größe.csv") == "größe")
  #expect(tableName(forPath: "brands/*.csv") == "data")
}

/// Many files of which the later ones are sampled less, with what is odd behind those samples.
@Test func manyFilesAreTheSameHoweverManyRowsAreSampled() throws {
  let folder = TemporaryFolder()
  for file in 0..<9 {
    var text = "id,count,day,word\n"
    for row in 0..<60 {
      let isOdd = file == 4 && row == 50
      let day = isOdd ? "2024-01-02 10:00:00" : "2024-01-0\(1 + row % 9)"
      text += "\(file * 60 + row),\(isOdd ? "7.5" : "\(row)"),\(day),\(isOdd ? "new" : "old")\n"
    }
    folder.write(Array(text.utf8), to: "part\(file).csv")
  }
  func table(_ laterRows: Int) throws -> Table {
    var tuning = LoadTuning()
    tuning.laterSampleRows = laterRows
    return try load(
      "\(folder.path)/part*.csv", as: "t", options: LoadOptions(), workers: Workers(count: 2),
      tuning: tuning
    ).table
  }
  let (few, all) = (try table(3), try table(1000))
  #expect(few.schema == all.schema && few.rowCount == 540)
  #expect(few.schema.field("count")?.type == .float && few.schema.field("day")?.type == .time)
  #expect((0..<540).allSatisfy { few.row($0) == all.row($0) })
}
