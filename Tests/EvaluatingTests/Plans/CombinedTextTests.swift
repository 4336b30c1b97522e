import Calendars
import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Groups by texts that are put together of few values are those of the texts written row by row.
@Suite struct CombinedTextTests {
  private let code = Field(name: "code", type: .string)
  private let other = Field(name: "other", type: .string)
  private let plain = Field(name: "plain", type: .string)
  private let size = Field(name: "size", type: .int)
  private let day = Field(name: "day", type: .date)

  /// Rows of two dictionaries, which may make one text in several ways, of texts of none, and of numbers;
  /// some null.
  private func table(_ rows: Int, seed: UInt64) -> Table {
    var random = Seeded(seed)
    let dictionaries = [["a", "aa", "", "é", "a text that is longer"], ["a", "", "aa", "日本"]]
    var columns = dictionaries.map { texts in
      let dictionary = TextDictionary(texts)
      let segments = stride(from: 0, to: rows, by: 128).map { start in
        let count = min(rows, start + 128) - start
        // Codes that the dictionary lacks may stand under nulls.
        let codes = (0..<count).map { _ in UInt8(random.below(texts.count + 1)) }
        let present = codes.map { code in
          UInt8(Int(code) < texts.count && random.chance(90) ? 1 : 0)
        }
        return Segment(
          rowCount: count, values: .codes8(BufferSlice(codes), dictionary),
          validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
      }
      return Column(type: .string, segments: segments)
    }
    func cells(_ make: (inout Seeded) -> Scalar) -> [Scalar] {
      (0..<rows).map { _ in random.chance(10) ? .null : make(&random) }
    }
    let texts = cells { .string(String(repeating: "a", count: $0.below(4))) }
    let sizes = cells { .int(Int64($0.below(30)) - 12) }
    let days = cells { .date(Int64($0.below(40)) * 90 - 400) }
    columns.append(Column(texts, of: .string, segmentRows: 128))
    columns.append(Column(sizes, of: .int, segmentRows: 128))
    columns.append(Column(days, of: .date, segmentRows: 128))
    return Table(name: "t", schema: Schema([code, other, plain, size, day]), columns: columns)
  }

  private func text(_ value: ScalarExpression) -> ScalarExpression {
    call(.toString, .string, value)
  }

  private func sum(_ left: ScalarExpression, _ right: ScalarExpression) -> ScalarExpression {
    call(.add, .string, left, right)
  }

  private var keys: [ScalarExpression] {
    let (code, other) = (ScalarExpression.column(code), ScalarExpression.column(other))
    let year = text(call(.year, .int, .column(day)))
    let isSmall = call(.less, .bool, .column(size), constant(.int(0)))
    let sized = call(
      .ifElse, .string, isSmall, constant(.string("small")), constant(.string("large")))
    return [
      sum(code, other), sum(sum(code, constant(.string("/"))), sum(other, code)),
      sum(sum(code, constant(.string(""))), text(.column(size))), text(.column(size)), year,
      sum(text(.column(day)), other), sum(sum(year, constant(.string(" - "))), code),
      sum(code, .column(plain)), sum(constant(.string("x")), text(constant(.int(7)))),
      call(.upper, .string, sum(code, other)), sum(sized, other),
    ]
  }

  private func rows(_ plan: Plan, threads: Int, rowsEach: Int) throws -> [[String]] {
    var limits = Evaluator.Limits()
    limits.combinationRows = rowsEach
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: 64)
    let evaluator = Evaluator(settings, limits: limits)
    let table = try evaluator.table(plan, needing: nil, depth: 0)
    return (0..<table.rowCount).map { row in table.row(row).map { "\($0)" } }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func groups(seed: UInt64) throws {
    let table = table(700, seed: seed)
    let all =
      keys.map { [NamedExpression("k", $0)] } + [
        [NamedExpression("k", keys[0]), NamedExpression("l", keys[3])],
        [NamedExpression("k", keys[1]), NamedExpression("l", .column(plain))],
      ]
    for keys in all {
      let plan = Plan.table(table).aggregated(
        by: keys,
        [
          NamedAggregate("n", AggregateCall(.count, [], type: .int)),
          NamedAggregate("m", AggregateCall(.max, [keys[0].expression], type: .string)),
          NamedAggregate("d", AggregateCall(.distinct, [keys[0].expression], type: .int)),
        ])
      let expected = try rows(plan, threads: 1, rowsEach: .max)
      for threads in [1, 2, 7] {
        let found = try rows(plan, threads: threads, rowsEach: 0)
        #expect(found == expected, "seed \(seed), \(threads) threads, \(keys)")
      }
    }
  }

  /// A choice among constants makes a dictionary each time that it is asked for, with the same codes.
  @Test func dictionariesOfConstantsAreTheSameByTheirTexts() throws {
    let combinations = Combinations()
    let context = ExpressionContext(zone: .utc)
    func parts() -> [TextPart] { [.codes(TextDictionary(["a", "b"])), .constant("/")] }
    let made = try #require(combinations.texts(of: parts(), limit: 100, context))
    #expect(combinations.known(parts()) === made)
    #expect(combinations.known([.codes(TextDictionary(["b", "a"])), .constant("/")]) == nil)
  }

  /// A value that its statistics do not tell is written as a text.
  @Test func aValueOutOfItsPartHasNoCode() throws {
    let combined = CombinedTexts(
      [.integers(low: 3, count: 4, .int), .constant("!")], .utc)
    #expect((0..<4).map { combined.dictionary.string($0) } == ["3!", "4!", "5!", "6!"])
    for (value, isIn) in [(Int64(2), false), (3, true), (6, true), (7, false), (.min, false)] {
      let frame = Frame(capacity: 64, context: ExpressionContext(zone: .utc))
      frame.begin(count: 2, columns: [], selection: nil)
      let values = [Int64(4), value]
      values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        var vector = Vector(count: 2, type: .int, storage: .int64(base))
        let mark = Vector(count: 2, type: .string, storage: .constant(.string("!")))
        let codes = combined.codes(of: [vector, mark], frame)
        #expect((codes != nil) == isIn, "\(value)")
        if let codes { #expect(codes[0] == 1 && Int64(codes[1]) == value - 3) }
        let present: [UInt64] = [1]
        present.withUnsafeBufferPointer { present in
          vector.validity = present.baseAddress
          #expect(combined.codes(of: [vector, mark], frame)?[0] == 1, "null instead of \(value)")
        }
      }
    }
  }
}
