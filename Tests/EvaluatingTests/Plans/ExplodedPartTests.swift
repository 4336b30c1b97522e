import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Texts cut at a separator are the elements of the arrays that `split` makes of them.
@Suite struct ExplodedPartTests {
  private let text = Field(name: "text", type: .string)
  private let code = Field(name: "code", type: .string)
  private let number = Field(name: "number", type: .int)

  /// Texts of few characters, so that separators are many, some of them at the ends or behind each other.
  private func text(_ random: inout Seeded) -> String {
    let pieces = [" ", " ", ", ", "a", "\"", "\\", "\u{1}", "\0", "é", "日本", "a longer word of it"]
    let count = random.chance(2) ? 3_000 : random.below(12)
    return (0..<count).map { _ in pieces[random.below(pieces.count)] }.joined()
  }

  private func table(_ rows: Int, seed: UInt64) -> Table {
    var random = Seeded(seed)
    let texts = (0..<rows).map { _ in
      random.chance(10) ? Scalar.null : .string(text(&random))
    }
    let dictionary = TextDictionary(["", "a b", " ", "x  y, z "])
    let codes = (0..<rows).map { _ in UInt8(random.below(5)) }
    let segments = stride(from: 0, to: rows, by: 128).map { start in
      // A code that the dictionary lacks stands under a null.
      let own = Array(codes[start..<min(rows, start + 128)])
      let present = own.map { UInt8($0 < 4 ? 1 : 0) }
      return Segment(
        rowCount: own.count, values: .codes8(BufferSlice(own), dictionary),
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    return Table(
      name: "t", schema: Schema([text, code, number]),
      columns: [
        Column(texts, of: .string, segmentRows: 128), Column(type: .string, segments: segments),
        Column((0..<rows).map { .int(Int64($0)) }, of: .int, segmentRows: 128),
      ])
  }

  private func rows(_ plan: Plan, _ needed: Set<String>?, threads: Int) throws -> [[String]] {
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: 64)
    let table = try Evaluator(settings).table(plan, needing: needed, depth: 0)
    return (0..<table.rowCount).map { row in table.row(row).map { "\($0)" } }
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func partsAreElements(seed: UInt64) throws {
    let plan = Plan.table(table(seed == 11 ? 0 : 700, seed: seed))
    let separator = [" ", ",", ", ", "", "a", "本"][Int(seed % 6)]
    for field in [text, code] {
      let array = ScalarExpression.call(
        .split, [.column(field), .constant(.string(separator))], type: .string)
      let arrays = plan.projected(
        to: [NamedExpression("w", array), NamedExpression("number", .column(number))])
      let plain = plan.projected(
        to: [NamedExpression("w", .column(field)), NamedExpression("number", .column(number))])
      for needed in [nil, ["w"]] as [Set<String>?] {
        let expected = try rows(arrays.expanded(.elements("w")), needed, threads: 1)
        for threads in [1, 2, 7] {
          let found = try rows(
            plain.expanded(.parts("w", separator: separator)), needed, threads: threads)
          #expect(found == expected, "seed \(seed), \(field.name)")
        }
      }
    }
  }
}
