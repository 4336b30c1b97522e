import CSQLite
import Columns
import Glibc
import Loading
import Tasks
import Testing

/// A file made by SQLite itself.
private func database(_ statements: String, in folder: TemporaryFolder) -> String {
  let path = "\(folder.path)/x.db"
  #expect(decoy_database_make(path, statements) == 0)
  return path
}

private func loaded(_ path: String, table: String? = nil) throws(LoadFailure) -> LoadedTable {
  var options = LoadOptions()
  options.table = table
  return try load(path, as: "t", options: options, workers: Workers(count: 2))
}

@Test func databaseValuesStayWhatTheyAre() throws {
  let folder = TemporaryFolder()
  let path = database(
    """
    create table followers (id integer, name text, ratio real, "a ""b"", c" blob, mixed);
    insert into followers values
      (9223372036854775807, 'a,"b"' || char(10) || 'ü', 0.1, x'00ff', 1),
      (-1, '', 1e300, null, 2.5), (null, null, 3.0, x'', 'text');
    """, in: folder)
  let table = try loaded(path).table
  #expect(table.schema.names == ["id", "name", "ratio", "a \"b\", c", "mixed"])
  #expect(table.scalars("id") == [.int(.max), .int(-1), .null])
  #expect(table.scalars("name") == [.string("a,\"b\"\nü"), .string(""), .null])
  #expect(table.scalars("ratio") == [.float(0.1), .float(1e300), .float(3)])
  #expect(table.scalars("a \"b\", c") == [.string("00ff"), .null, .string("")])
  #expect(table.scalars("mixed") == [.string("1"), .string("2.5"), .string("text")])
}

@Test func tablesOfADatabaseAreNamed() throws {
  let folder = TemporaryFolder()
  let path = database(
    """
    create table followers (id integer primary key autoincrement);
    insert into followers values (7);
    create view twice as select id * 2 as id from followers;
    """, in: folder)
  #expect(try loaded(path, table: "TWICE").table.scalars("id") == [.int(14)])
  let several = #expect(throws: LoadFailure.self) { try loaded(path) }
  #expect(several?.message.contains("holds 'followers', 'twice'") == true)
  #expect(several?.hint?.contains("with table = \"followers\"") == true)
  let missing = #expect(throws: LoadFailure.self) { try loaded(path, table: "folowers") }
  #expect(missing?.hint?.contains("followers") == true)
  let text = folder.write(Array("id\n1\n".utf8), to: "t.csv")
  let foreign = #expect(throws: LoadFailure.self) { try loaded(text, table: "followers") }
  #expect(foreign?.message.contains("is no database") == true)
}

@Test func manyRowsComeInOrder() throws {
  let folder = TemporaryFolder()
  let path = database(
    """
    create table n as with recursive c(i) as (select 0 union all select i + 1 from c where i < 49999)
      select i, 'text ' || i as t from c;
    """, in: folder)
  let table = try loaded(path).table
  #expect(table.scalars("i") == (0..<50_000).map { .int($0) })
}

@Test func damagedDatabasesAreErrors() throws {
  let folder = TemporaryFolder()
  let path = database(
    """
    create table n as with recursive c(i) as (select 0 union all select i + 1 from c where i < 9999)
      select i, 'text ' || i as t from c;
    """, in: folder)
  guard let file = fopen(path, "rb") else { return }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
  fclose(file)
  var random = SplitMix(seed: 11)
  for number in 0..<60 {
    var damaged = bytes
    for _ in 0..<20 {
      damaged[Int.random(in: 16..<damaged.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    if number % 3 == 0 { damaged.removeLast(damaged.count / 3) }
    // A table or an error; never a crash.
    _ = try? loaded(folder.write(damaged, to: "d.db"))
  }
}
