import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

@Suite struct SegmentDecisionTests {
  private let fields = [
    Field(name: "a", type: .int), Field(name: "b", type: .int), Field(name: "n", type: .int),
    Field(name: "s", type: .string),
  ]
  private let known: [String: SegmentStatistics] = [
    "a": SegmentStatistics(nullCount: 0, integerRange: 10...20),
    "b": SegmentStatistics(nullCount: 4, integerRange: 10...20),
    "n": SegmentStatistics(nullCount: 100),
    "s": SegmentStatistics(nullCount: 0),
  ]

  private func decide(_ condition: ScalarExpression) -> SegmentDecision? {
    decides(condition, rowCount: 100) { known[$0] }
  }

  private func column(_ index: Int) -> ScalarExpression { .column(fields[index]) }

  private func compare(
    _ column: Int, _ function: ScalarFunction, _ value: Int64
  ) -> ScalarExpression {
    call(function, .bool, self.column(column), constant(.int(value)))
  }

  @Test func comparisons() {
    #expect(decide(compare(0, .less, 10)) == .noRow(nulls: 0))
    #expect(decide(compare(0, .less, 11)) == nil)
    #expect(decide(compare(0, .less, 21)) == .everyRow)
    #expect(decide(compare(0, .lessOrEqual, 20)) == .everyRow)
    #expect(decide(compare(0, .greaterOrEqual, 10)) == .everyRow)
    #expect(decide(compare(0, .equal, 15)) == nil)
    #expect(decide(compare(0, .equal, 10)) == nil)
    #expect(decide(compare(0, .equal, 9)) == .noRow(nulls: 0))
    #expect(decide(compare(0, .notEqual, 9)) == .everyRow)
    #expect(decide(compare(1, .less, 10)) == .noRow(nulls: 4))
    #expect(decide(compare(1, .less, 21)) == nil)
    #expect(decide(compare(2, .less, 21)) == .noRow(nulls: 100))
    let mirrored = call(.less, .bool, constant(.int(9)), column(0))
    #expect(decide(mirrored) == .everyRow)
  }

  @Test func combinations() {
    let never = compare(1, .less, 10)
    let always = compare(1, .less, 21)
    let open = compare(0, .less, 15)
    #expect(decide(call(.and, .bool, never, always)) == .noRow(nulls: 4))
    #expect(decide(call(.and, .bool, compare(0, .less, 10), open)) == .noRow(nulls: 0))
    #expect(decide(call(.and, .bool, never, open)) == nil)
    #expect(decide(call(.and, .bool, never, compare(2, .less, 1))) == nil)
    #expect(decide(call(.or, .bool, compare(0, .less, 21), open)) == .everyRow)
    #expect(decide(call(.or, .bool, never, compare(0, .less, 10))) == .noRow(nulls: 4))
    #expect(decide(call(.not, .bool, compare(0, .less, 10))) == .everyRow)
    #expect(decide(call(.isNull, .bool, column(2))) == .everyRow)
    #expect(decide(call(.isNull, .bool, column(0))) == .noRow(nulls: 0))
    #expect(decide(call(.isNull, .bool, column(1))) == nil)
    let yes = constant(.bool(true))
    #expect(decide(call(.coalesce, .bool, compare(0, .less, 10), yes)) == .noRow(nulls: 0))
    #expect(decide(call(.coalesce, .bool, always, yes)) == .everyRow)
    #expect(decide(call(.coalesce, .bool, never, yes)) == nil)
    #expect(decide(call(.coalesce, .bool, never, constant(.bool(false)))) == .noRow(nulls: 0))
    #expect(
      decide(ScalarExpression(.isIn(column(0), [.int(3), .int(30)]), type: .bool))
        == .noRow(nulls: 0))
    #expect(decide(ScalarExpression(.isIn(column(0), [.int(3), .int(11)]), type: .bool)) == nil)
  }

  /// What is decided is what the rows say.
  @Test func decisionsAreTrue() throws {
    let random = RandomNumbers(seed: 5)
    for _ in 0..<200 {
      let low = Int64(random.below(10))
      let values = (0..<20).map { _ in
        random.below(4) == 0 ? Scalar.null : .int(low + Int64(random.below(5)))
      }
      let rows = InputRows([("a", .int, values)])
      let segment = rows.table.columns[0].segments[0]
      func make(_ depth: Int) -> ScalarExpression {
        if depth > 0, random.below(4) == 0 {
          return call(
            .coalesce, .bool, make(depth - 1), constant(.bool(random.below(2) == 0)))
        }
        if depth > 0 {
          return call(
            random.below(2) == 0 ? .and : .or, .bool, make(depth - 1), make(depth - 1))
        }
        let functions: [ScalarFunction] = [
          .less, .lessOrEqual, .equal, .notEqual, .greater, .greaterOrEqual,
        ]
        return call(
          functions[random.below(6)], .bool, rows.column("a"),
          constant(.int(Int64(random.below(16)))))
      }
      let condition = make(2)
      let wanted = try rows.evaluate(condition)
      switch decides(condition, rowCount: 20, statistics: { _ in segment.statistics }) {
      case .everyRow: #expect(wanted.allSatisfy { $0 == .bool(true) })
      case .noRow(let nulls):
        #expect(wanted.allSatisfy { $0 != .bool(true) })
        #expect(wanted.count { $0 == .null } == nulls)
      case nil: break
      }
    }
  }
}
