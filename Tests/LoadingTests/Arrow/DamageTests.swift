import Calendars
import Columns
import Formats
import Glibc
import Loading
import Tasks
import Testing

/// Reads every cell and every statistic of a table, as statements do.
private func readAll(_ table: Table) {
  for column in table.columns {
    for segment in column.segments {
      for row in 0..<segment.rowCount { _ = segment.scalar(at: row, of: column.type) }
      _ = segment.validity?.population
    }
    _ = column.sharedDictionary?.count
    if column.type == .string { _ = column.textNumbers().texts.count }
    if column.type.isStoredAsInteger { _ = column.integers().count }
  }
}

private func load(_ path: String) throws -> LoadedTable {
  try Loading.load(path, as: "t", options: LoadOptions(), workers: Workers(count: 2))
}

/// Whether a mutated file is an error, is noticed when it is used, or holds the same rows.
private func outcome(_ bytes: [UInt8], _ folder: TemporaryFolder, _ wanted: Table) -> String {
  let path = folder.write(bytes, to: "mutated.arrow")
  do {
    let loaded = try load(path)
    readAll(loaded.table)
    if loaded.mappedFiles.contains(where: { $0.damage != nil }) { return "noticed" }
    return sameTable(loaded.table, wanted) ? "same" : "other"
  } catch let failure as LoadFailure {
    #expect(failure.message.split(separator: "\n").count == 1)
    return "refused"
  } catch {
    return "refused"
  }
}

/// Any byte changed, any end cut off: an error, never the end of the program; and nothing that a
/// statistic vouches for is read wrong.
@Test(arguments: [false, true])
func damagedFilesAreErrors(_ isStream: Bool) throws {
  let seed = UInt64.random(in: 0...UInt64.max)
  print("seed \(seed)")
  var random = SplitMix(seed: seed)
  let folder = TemporaryFolder()
  for table in [everyType(rows: 70, segmentRows: 32), everyForm()] {
    let bytes = try arrowBytes(table, isStream: isStream)
    var counts: [String: Int] = [:]
    for _ in 0..<1500 {
      var mutated = bytes
      switch Int.random(in: 0..<4, using: &random) {
      case 0: mutated.removeLast(Int.random(in: 1...bytes.count, using: &random))
      case 1:
        // Whole words, as lengths and places are.
        let place = Int.random(in: 0..<bytes.count / 4, using: &random) * 4
        let word = [0, 1, UInt32(Int32.max), .max, UInt32(truncatingIfNeeded: random.next())]
          .randomElement(using: &random)
        withUnsafeBytes(of: word ?? 0) { mutated.replaceSubrange(place..<place + 4, with: $0) }
      default:
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
      }
      counts[outcome(mutated, folder, table), default: 0] += 1
    }
    print("outcomes: \(counts)")
    if !isStream {
      // Only the few bytes of the mark itself are vouched for by nothing.
      #expect((counts["other"] ?? 0) < 30)
    }
    #expect((counts["refused"] ?? 0) + (counts["noticed"] ?? 0) > 300)
  }
}

/// What a loss of power may leave of a file that was not synced is never read as if it were the table.
///
/// That is an early end, or pages of zeros where others were written.
@Test func tornFilesAreNoticed() throws {
  let folder = TemporaryFolder()
  let table = everyType(rows: 2_000, segmentRows: 512)
  let bytes = try arrowBytes(table)
  for start in stride(from: 0, to: bytes.count, by: 4096) {
    #expect(["refused", "noticed"].contains(outcome(Array(bytes[..<start]), folder, table)))
    let page = start..<min(start + 4096, bytes.count)
    var (one, rest) = (bytes, bytes)
    one.replaceSubrange(page, with: [UInt8](repeating: 0, count: page.count))
    rest.replaceSubrange(start..., with: [UInt8](repeating: 0, count: bytes.count - start))
    if one != bytes { #expect(["refused", "noticed"].contains(outcome(one, folder, table))) }
    #expect(["refused", "noticed"].contains(outcome(rest, folder, table)))
  }
}

/// Every place of the metadata of a small file, one bit at a time.
@Test func everyByteOfASmallFileMayBeWrong() throws {
  let folder = TemporaryFolder()
  let table = Table(
    name: "t", fields: [Field(name: "n", type: .int), Field(name: "s", type: .string)],
    rows: [[.int(1), .string("a")], [.null, .string("bc")], [.int(3), .null]])
  let bytes = try arrowBytes(table)
  for place in bytes.indices {
    var mutated = bytes
    mutated[place] ^= UInt8(1 << (place % 8))
    _ = outcome(mutated, folder, table)
  }
}

/// A file that is cut while its table is in use: harmless values, and it is said.
@Test(arguments: [0, 4096, 100_000])
func filesMayBecomeShorterWhileMapped(_ size: Int) throws {
  let folder = TemporaryFolder()
  let table = everyType(rows: 20_000, segmentRows: 4096)
  let path = folder.write(try arrowBytes(table), to: "t.arrow")
  let loaded = try load(path)
  let file = try #require(loaded.mappedFiles.first)
  // Half of it is known before the cut.
  for column in loaded.table.columns { _ = column.segments[0].values }
  #expect(file.damage == nil)
  let uses = file.damagedUses
  truncate(path, off_t(size))
  readAll(loaded.table)
  #expect(file.damage != nil)
  #expect(file.damagedUses != uses)
  // Its statistics still hold of what stands in for the lost values.
  for column in loaded.table.columns where column.type.isStoredAsInteger {
    for segment in column.segments {
      guard let range = segment.statistics.integerRange else { continue }
      for row in 0..<segment.rowCount {
        if let value = segment.scalar(at: row, of: column.type).integer { #expect(range ~= value) }
      }
    }
  }
}

/// Text and numbers that were already checked, and are read again behind the cut.
@Test func valuesInUseBecomeHarmless() throws {
  let folder = TemporaryFolder()
  let rows = 50_000
  let table = Table(
    name: "t", fields: [Field(name: "n", type: .int), Field(name: "s", type: .string)],
    rows: (0..<rows).map { [.int(Int64($0) + 1_000_000), .string("text \($0)")] })
  let path = folder.write(try arrowBytes(table), to: "t.arrow")
  let loaded = try load(path)
  let numbers = loaded.table.columns[0].segments[0]
  guard case .int64(let slice) = numbers.values,
    case .text(let texts) = loaded.table.columns[1].segments[0].values
  else {
    Issue.record("other forms")
    return
  }
  truncate(path, 0)
  // The slices that a running loop holds.
  for row in 0..<rows {
    #expect(slice.pointer[row] >= 1_000_000)
    _ = texts.utf8(at: row).reduce(0) { $0 &+ Int($1) }
  }
  #expect(loaded.mappedFiles.first?.damage != nil)
}

@Test func changedFilesAreNoticed() throws {
  let folder = TemporaryFolder()
  let bytes = try arrowBytes(everyType(rows: 100, segmentRows: 32))
  let path = folder.write(bytes, to: "t.arrow")
  let loaded = try load(path)
  let file = try #require(loaded.mappedFiles.first)
  file.checkUnchanged()
  #expect(file.damage == nil)
  folder.write(bytes + [0], to: "t.arrow")
  file.checkUnchanged()
  #expect(file.damage?.contains("changed") == true)
}

/// A file in the place of another keeps its permissions; a link stays a link; nothing else is left.
@Test func savingKeepsModeAndLink() throws {
  let folder = TemporaryFolder()
  let real = folder.write([1], to: "real.arrow")
  let link = "\(folder.path)/link.arrow"
  symlink("real.arrow", link)
  chmod(real, 0o640)
  let bytes = try arrowBytes(everyForm())
  let file = try AtomicFile(link, replaces: true)
  try file.append(bytes)
  try file.commit()
  var status = stat()
  #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  #expect(stat(real, &status) == 0 && status.st_mode & 0o777 == 0o640)
  #expect(Int(status.st_size) == bytes.count)
  #expect(sameTable(try load(link).table, everyForm()))
  // One that is begun and dropped leaves nothing.
  let begun = try AtomicFile("\(folder.path)/new.arrow", replaces: false)
  try begun.append(bytes)
  #expect(access("\(folder.path)/new.arrow", F_OK) != 0)
}

/// Threads and the form of the file change nothing.
@Test func threadsAndFormsGiveTheSame() throws {
  let table = everyType(rows: 3000, segmentRows: 700)
  for isStream in [false, true] {
    let bytes = try arrowBytes(table, isStream: isStream)
    for threads in [1, 2, 7] {
      let again = try loaded(bytes, name: "t.arrow", threads: threads).table
      #expect(again.allRows == table.allRows)
      #expect(again.schema == table.schema)
    }
  }
  // Through gzip too.
  let zipped = try loaded(gzipMember(arrowBytes(table)), name: "t.arrow.gz").table
  #expect(zipped.allRows == table.allRows)
}
