import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

/// What is computed for the rows of a branch alone is what is computed for all rows.
@Suite struct BranchTests {
  private static let rowCount = 2_000

  private static func rows(_ random: RandomNumbers) -> InputRows {
    func texts(_ stem: String) -> [Scalar] {
      (0..<rowCount).map { row in
        random.below(9) == 0 ? .null : .string("\(stem) \(row % 7) Ünï \(random.below(3_000))")
      }
    }
    let numbers = (0..<rowCount).map { _ in
      random.below(8) == 0 ? Scalar.null : .int(Int64(random.below(100)))
    }
    return InputRows([
      ("t", .string, texts("Text")), ("u", .string, texts("text")), ("n", .int, numbers),
    ])
  }

  /// Texts and numbers that take long to make, none of which is shared.
  private static func costly(_ rows: InputRows, _ number: Int) -> ScalarExpression {
    let (t, u) = (rows.column("t"), rows.column("u"))
    let text = constant(.string("\(number % 10)"))
    return switch number % 4 {
    case 0: call(.length, .int, call(.replace, .string, t, text, constant(.string("xyz"))))
    case 1:
      call(
        .toInt, .int,
        call(.multiply, .float, call(.similarity, .float, t, u), constant(.float(100))))
    case 2: call(.digits, .int, call(.upper, .string, call(.add, .string, u, text)))
    default: call(.coalesce, .int, call(.length, .int, call(.lower, .string, t)), rows.column("n"))
    }
  }

  private static func less(_ rows: InputRows, _ limit: Int) -> ScalarExpression {
    call(.less, .bool, rows.column("n"), constant(.int(Int64(limit))))
  }

  /// Few rows and many, none and all.
  private static func limit(_ random: RandomNumbers) -> Int {
    [-1, 1, 3, 8, 50, 200][random.below(6)]
  }

  /// The values of parts of an expression, each alone.
  private static func values(_ rows: InputRows, _ parts: [ScalarExpression]) throws -> [[Scalar]] {
    try parts.map { try rows.evaluate($0, blockRows: 704) }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func choices(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    let rows = Self.rows(random)
    var parts: [ScalarExpression] = []
    for place in 0...random.below(3) {
      // Conditions that take long themselves, too.
      parts.append(
        random.below(3) == 0
          ? call(.less, .bool, Self.costly(rows, 4 * place), Self.costly(rows, 4 * place + 1))
          : Self.less(rows, Self.limit(random)))
      parts.append(Self.costly(rows, random.below(40)))
    }
    parts.append(
      random.below(2) == 0
        ? Self.costly(rows, random.below(40))
        : call(
          .ifElse, .int, Self.less(rows, Self.limit(random)), Self.costly(rows, random.below(40)),
          Self.costly(rows, random.below(40))))
    let values = try Self.values(rows, parts)
    let whole = ScalarExpression.call(.caseOf, parts, type: .int)
    let found = try rows.evaluate(whole, blockRows: 704)
    for row in 0..<Self.rowCount {
      let taken = stride(from: 0, to: parts.count - 1, by: 2).first {
        values[$0][row] == .bool(true)
      }
      let wanted = values[taken.map { $0 + 1 } ?? parts.count - 1][row]
      #expect(found[row] == wanted, "seed \(seed), row \(row): \(whole.text)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func sides(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    let rows = Self.rows(random)
    let parts = [
      Self.less(rows, Self.limit(random)),
      call(.less, .bool, Self.costly(rows, random.below(40)), constant(.int(17))),
      call(.less, .bool, Self.costly(rows, random.below(40)), rows.column("n")),
    ]
    let values = try Self.values(rows, parts)
    for (function, decisive) in [(ScalarFunction.and, false), (.or, true)] {
      let whole = ScalarExpression.call(function, parts, type: .bool)
      let found = try rows.evaluate(whole, blockRows: 704)
      for row in 0..<Self.rowCount {
        let own = values.map { $0[row] }
        let wanted: Scalar =
          own.contains(.bool(decisive))
          ? .bool(decisive) : own.contains(.null) ? .null : .bool(!decisive)
        #expect(found[row] == wanted, "seed \(seed), row \(row): \(whole.text)")
      }
    }
  }

  /// Chains of more sides than are looked at, and choices of more conditions.
  @Test(arguments: 0..<4 as Range<UInt64>) func longChains(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    let rows = Self.rows(random)
    let parts = (0..<14).map { place in
      place % 2 == 0
        ? call(.equal, .bool, rows.column("n"), constant(.int(Int64(random.below(100)))))
        : call(.less, .bool, Self.costly(rows, place), constant(.int(Int64(random.below(9)))))
    }
    let values = try Self.values(rows, parts)
    let whole = ScalarExpression.call(.or, parts, type: .bool)
    let found = try rows.evaluate(whole, blockRows: 704)
    let choice = ScalarExpression.call(
      .caseOf, parts.flatMap { [$0, Self.costly(rows, random.below(40))] } + [constant(.int(-1))],
      type: .int)
    let isOther = try rows.evaluate(call(.equal, .bool, choice, constant(.int(-1))), blockRows: 704)
    for row in 0..<Self.rowCount {
      let own = values.map { $0[row] }
      let wanted: Scalar =
        own.contains(.bool(true)) ? .bool(true) : own.contains(.null) ? .null : .bool(false)
      #expect(found[row] == wanted, "seed \(seed), row \(row)")
      if wanted != .bool(true) { #expect(isOther[row] == .bool(true), "seed \(seed), row \(row)") }
    }
  }

  /// A part that stands in a branch and elsewhere is made for all rows.
  @Test func whatIsReadTwiceIsThereForAll() throws {
    let rows = Self.rows(RandomNumbers(seed: 3))
    let shared = call(.length, .int, call(.upper, .string, rows.column("t")))
    let choice = call(.ifElse, .int, Self.less(rows, 3), shared, constant(.int(0)))
    let program = try ExpressionProgram(
      [choice, shared], input: rows.table.schema, context: ExpressionContext(zone: .utc),
      blockRows: Self.rowCount)
    let block = rows.blocks(Self.rowCount, reading: program.columnsRead)[0]
    let found = try program.evaluate(block)[1]
    #expect((0..<Self.rowCount).map { found.scalar(at: $0) } == (try rows.evaluate(shared)))
    let other = call(.ifElse, .int, Self.less(rows, 3), constant(.int(0)), shared)
    let both = call(.add, .int, choice, other)
    let (first, second) = (try rows.evaluate(choice), try rows.evaluate(other))
    let sums = zip(first, second).map { left, right -> Scalar in
      guard let a = left.integer, let b = right.integer else { return .null }
      return .int(a + b)
    }
    #expect(try rows.evaluate(both) == sums)
  }

  /// What could not be converted is counted for all rows, in whatever branch it stands.
  @Test func lossesAreCountedForAllRows() throws {
    let rows = Self.rows(RandomNumbers(seed: 4))
    func losses(_ expression: ScalarExpression) throws -> [String] {
      let conversions = ConversionCounts()
      _ = try rows.evaluate(expression, conversions: conversions)
      return conversions.notes
    }
    let number = call(.toInt, .int, call(.lower, .string, rows.column("t")))
    let choice = call(.ifElse, .int, Self.less(rows, 2), number, constant(.int(0)))
    #expect(try losses(choice) == losses(number))
    #expect(try !losses(number).isEmpty)
  }

  /// A fault of a row that does not come to its branch is none.
  @Test func faultsOfOtherRowsVanish() throws {
    let rows = InputRows([
      ("n", .int, (0..<640).map { .int($0 == 77 ? 0 : 2) }),
      ("t", .string, (0..<640).map { .string("text \($0)") }),
    ])
    let product = call(.multiply, .int, rows.column("n"), constant(.int(Int64.max)))
    let length = call(.length, .int, call(.upper, .string, rows.column("t")))
    let isZero = call(.equal, .bool, rows.column("n"), constant(.int(0)))
    let sum = call(.add, .int, length, product)
    let values = try rows.evaluate(call(.ifElse, .int, isZero, sum, constant(.int(1))))
    #expect(values == (0..<640).map { .int($0 == 77 ? 7 : 1) })
    #expect(throws: (any Error).self) {
      try rows.evaluate(call(.ifElse, .int, isZero, constant(.int(1)), sum))
    }
    let isLong = call(.greater, .bool, sum, constant(.int(3)))
    let both = try rows.evaluate(call(.and, .bool, isZero, isLong))
    #expect(both == (0..<640).map { .bool($0 == 77) })
  }
}
