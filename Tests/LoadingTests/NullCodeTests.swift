import Columns
import Loading
import Testing

/// Under the nulls of repeated texts stands the same code, whichever worker read them.
@Test(arguments: [1, 3], [3, 300]) func nullsOfRepeatedTextsHaveTheFirstCode(
  threads: Int, kinds: Int
) throws {
  // Every chunk meets other texts first.
  let lines = (0..<20_000).map { row in
    row % 3 == 0 ? "\(row)," : "\(row),text \((row / 500 + row % 2) % kinds)"
  }
  let result = try loaded(
    "id,kind\n" + lines.joined(separator: "\n") + "\n", threads: threads, tuning: tinyTuning(4_000))
  let column = try #require(result.table.column("kind"))
  #expect(column.sharedDictionary != nil)
  var nulls = 0
  for segment in column.segments {
    for row in 0..<segment.rowCount where segment.isNull(at: row) {
      nulls += 1
      switch segment.values {
      case .codes8(let codes, _): #expect(codes.pointer[row] == 0)
      case .codes16(let codes, _): #expect(codes.pointer[row] == 0)
      default: Issue.record("not kept as codes")
      }
    }
  }
  #expect(nulls == lines.count { $0.hasSuffix(",") })
}
