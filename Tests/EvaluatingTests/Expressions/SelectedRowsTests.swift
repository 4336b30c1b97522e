import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

/// Expressions and conditions on some rows of a block give what they give on all.
@Suite struct SelectedRowsTests {
  private static let rowCount = 3_000

  /// Texts of all lengths, most of them only once, so that they are no codes.
  private static func rows(_ random: RandomNumbers) -> InputRows {
    let texts = (0..<rowCount).map { row -> Scalar in
      switch random.below(6) {
      case 0: return .null
      case 1: return .string("\(random.below(100_000))")
      case 2: return .string(" Ünïcode \(row), zwölf ")
      case 3: return .string(String(repeating: "ab1,", count: random.below(30)) + "\(row)")
      case 4: return .string("")
      default: return .string("Name_\(row)")
      }
    }
    let numbers = (0..<rowCount).map { _ in
      random.below(5) == 0 ? Scalar.null : .int(Int64(random.below(100)))
    }
    return InputRows([("t", .string, texts), ("n", .int, numbers)])
  }

  private static func functions(_ t: ScalarExpression) -> [ScalarExpression] {
    [
      call(.lower, .string, t), call(.upper, .string, t), call(.trim, .string, t),
      call(.length, .int, t), call(.digits, .int, t), call(.toInt, .int, t),
      call(.toFloat, .float, t), call(.contains, .bool, t, constant(.string("12"))),
      call(.containsIgnoringCase, .bool, t, constant(.string("ZWÖLF"))),
      call(.startsWith, .bool, t, constant(.string("Na"))),
      call(.matches, .bool, t, constant(.string("[0-9]{3}"))),
      call(.extract, .string, t, constant(.string("([a-z]+)[0-9]")), constant(.int(1))),
      call(.replace, .string, t, constant(.string("ab")), constant(.string("c"))),
      call(.substring, .string, t, constant(.int(2)), constant(.int(5))),
      call(.substring, .string, t, constant(.int(-3)), constant(.int(2))),
      call(.split, .string, t, constant(.string(",")), constant(.int(2))),
      call(.lower, .string, call(.substring, .string, t, constant(.int(1)), constant(.int(3)))),
      call(.add, .string, call(.upper, .string, t), constant(.string("!"))),
      call(.coalesce, .int, call(.length, .int, t), constant(.int(-1))),
    ]
  }

  @Test(arguments: [1, 5, 40, 374, 400, 3_000])
  func functionsOfTextsAgree(_ selected: Int) throws {
    let seed: UInt64 = 61
    let random = RandomNumbers(seed: seed)
    let rows = Self.rows(random)
    let bits = Store<UInt64>(repeating: 0, count: Self.rowCount / 64 + 1)
    for _ in 0..<selected {
      let row = random.below(Self.rowCount)
      bits.pointer[row / 64] |= 1 << UInt64(row % 64)
    }
    for expression in Self.functions(rows.column("t")) {
      let program = try ExpressionProgram(
        [expression], input: rows.table.schema, context: ExpressionContext(zone: .utc),
        blockRows: Self.rowCount)
      var block = rows.blocks(Self.rowCount, reading: program.columnsRead)[0]
      let all = try program.evaluate(block)[0]
      let wanted = (0..<Self.rowCount).map { all.scalar(at: $0) }
      block.selection = UnsafePointer(bits.pointer)
      // Twice, for memory is used again.
      for _ in 0..<2 {
        let some = try program.evaluate(block)[0]
        #expect(some.type == expression.type)
        for row in 0..<Self.rowCount where bits.pointer[row / 64] >> UInt64(row % 64) & 1 == 1 {
          #expect(
            some.scalar(at: row) == wanted[row],
            "seed \(seed), \(selected) rows, \(expression.text), row \(row)")
        }
      }
    }
  }

  /// The stages of a conjunction keep and count what the whole of it does.
  @Test func stagesAgreeWithTheWhole() throws {
    let seed: UInt64 = 17
    let random = RandomNumbers(seed: seed)
    let rows = Self.rows(random)
    let (t, n) = (rows.column("t"), rows.column("n"))
    let parts = [
      call(.contains, .bool, t, constant(.string("1"))),
      call(.less, .bool, n, constant(.int(60))),
      call(.matches, .bool, t, constant(.string("_[0-9]*5"))),
      call(.greater, .bool, call(.length, .int, t), constant(.int(6))),
      call(.less, .bool, n, constant(.int(4))),
      call(.isNotNull, .bool, t), call(.equal, .bool, n, .constant(.null, type: .int)),
    ]
    for _ in 0..<60 {
      let condition = ScalarExpression.call(
        .and, (0..<2 + random.below(3)).map { _ in parts[random.below(parts.count)] }, type: .bool)
      let wanted = try rows.evaluate(condition)
      let stages = condition.stages { _ in false }
      let program = ConditionProgram(
        try stages.map {
          try ExpressionProgram(
            [$0], input: rows.table.schema, context: ExpressionContext(zone: .utc),
            blockRows: Self.rowCount)
        }, blockRows: Self.rowCount)
      var block = rows.blocks(Self.rowCount, reading: [0, 1])[0]
      let nulls = try program.select(&block, passed: Self.rowCount)
      let place = "seed \(seed): \(condition.text)"
      #expect(nulls == wanted.count { $0 == .null }, "\(place)")
      let selection = try #require(block.selection)
      for row in 0..<Self.rowCount {
        let isKept = selection[row / 64] >> UInt64(row % 64) & 1 == 1
        #expect(isKept == (wanted[row] == .bool(true)), "\(place), row \(row)")
      }
    }
  }

  @Test func whatReadsTextsIsTestedLast() {
    let rows = InputRows([("t", .string, [.string("x")]), ("n", .int, [.int(1)])])
    let (t, n) = (rows.column("t"), rows.column("n"))
    let slow = call(.contains, .bool, t, constant(.string("1")))
    let quick = call(.less, .bool, n, constant(.int(60)))
    let other = call(.equal, .bool, t, constant(.string("x")))
    let all = call(.and, .bool, slow, quick, other)
    #expect(all.stages { _ in false }.map(\.text) == ["n < 60 and t == \"x\"", slow.text])
    let same = call(.greater, .bool, call(.length, .int, t), constant(.int(6)))
    #expect(
      call(.and, .bool, slow, quick, same).stages { _ in false }.map(\.text)
        == [quick.text, "\(slow.text) and \(same.text)"])
    #expect(all.stages { _ in true }.map(\.text) == [all.text])
    let slower = call(.matches, .bool, t, constant(.string("_[0-9]*5")))
    #expect(
      call(.and, .bool, slower, slow, quick).stages { _ in false }.map(\.text)
        == [quick.text, slow.text, slower.text])
    #expect(call(.or, .bool, slow, quick).stages { _ in false }.count == 1)
  }

  /// A fault counts where no other part is false, whichever stage comes first.
  @Test func faultsOfRowsThatAnotherStageDropsAreNone() throws {
    let texts = (0..<100).map { Scalar.string("text \($0)") }
    let numbers = (0..<100).map { _ in Scalar.int(2) }
    let rows = InputRows([("t", .string, texts), ("n", .int, numbers)])
    let (t, n) = (rows.column("t"), rows.column("n"))
    let product = call(.multiply, .int, n, constant(.int(1 << 62)))
    let fault = call(.greater, .bool, product, constant(.int(5)))
    func select(_ text: String) throws -> Int {
      let condition = call(.and, .bool, fault, call(.contains, .bool, t, constant(.string(text))))
      let program = ConditionProgram(
        try condition.stages { _ in false }.map {
          try ExpressionProgram(
            [$0], input: rows.table.schema, context: ExpressionContext(zone: .utc), blockRows: 128)
        }, blockRows: 128)
      var block = rows.blocks(128, reading: [0, 1])[0]
      _ = try program.select(&block, passed: 100)
      return block.selection.map { population($0, 100) } ?? 100
    }
    #expect(try select("none") == 0)
    #expect(throws: EvaluationFailure.self) { try select("7") }
  }
}
