import Columns
import Plans
import Testing

@testable import Evaluating

private let yes = Scalar.bool(true)
private let no = Scalar.bool(false)

@Suite struct LogicTests {
  /// One column compared with several constants is looked up in their set.
  @Test(arguments: [UInt64(1), 2, 3]) func alternativesOfAColumnAreGathered(seed: UInt64) throws {
    var random = Seeded(seed)
    let texts = ["", "a", "ab", "é", "a text that is longer than others"].map { Scalar.string($0) }
    let numbers = (0..<5).map { Scalar.int(Int64($0) * 1000) }
    func some(_ values: [Scalar]) -> Scalar {
      random.chance(10) ? .null : values[random.below(values.count)]
    }
    let (own, other) = ((0..<200).map { _ in some(texts) }, (0..<200).map { _ in some(numbers) })
    let rows = InputRows([("s", .string, own), ("n", .int, other)])
    for count in 1...4 {
      let (first, second) = (texts.shuffled(using: &random), numbers.shuffled(using: &random))
      var terms = first.prefix(count).map { call(.equal, .bool, rows.column("s"), constant($0)) }
      terms += second.prefix(count).map { call(.equal, .bool, constant($0), rows.column("n")) }
      terms.append(ScalarExpression(.isIn(rows.column("n"), [second[4]]), type: .bool))
      terms.shuffle(using: &random)
      let all = terms.dropFirst().reduce(terms[0]) { call(.or, .bool, $0, $1) }
      let wanted = zip(own, other).map { text, number -> Scalar in
        let isIn =
          first.prefix(count).contains(text)
          || (second.prefix(count) + [second[4]]).contains(number)
        return isIn ? .bool(true) : text == .null || number == .null ? .null : .bool(false)
      }
      #expect(try rows.evaluate(all) == wanted, "seed \(seed), \(count)")
      guard case .call(.or, let sets) = simplified(all).node else { return }
      #expect(sets.count == 2)
    }
  }

  /// The first text that is present is compared by comparing each.
  @Test(arguments: [UInt64(1), 2, 3]) func comparedChoices(seed: UInt64) throws {
    var random = Seeded(seed)
    let texts = ["", "a", "ab", "é", "a text that is longer than others"]
    func some() -> String? { random.chance(40) ? nil : texts[random.below(texts.count)] }
    let (own, other) = ((0..<200).map { _ in some() }, (0..<200).map { _ in some() })
    func scalars(_ texts: [String?]) -> [Scalar] { texts.map { $0.map { .string($0) } ?? .null } }
    let rows = InputRows([("s", .string, scalars(own)), ("t", .string, scalars(other))])
    let operations: [(ScalarFunction, (String, String) -> Bool)] = [
      (.equal, { $0 == $1 }), (.notEqual, { $0 != $1 }), (.less, { $0 < $1 }),
      (.lessOrEqual, { $0 <= $1 }), (.greater, { $0 > $1 }), (.greaterOrEqual, { $0 >= $1 }),
    ]
    for (function, holds) in operations {
      for last in texts + [nil] {
        let wanted = texts[random.below(texts.count)]
        let lastPart = constant(last.map { .string($0) } ?? .null)
        let text = call(.coalesce, .string, rows.column("s"), rows.column("t"), lastPart)
        let isFirst = random.chance(50)
        let sides =
          isFirst ? [text, constant(.string(wanted))] : [constant(.string(wanted)), text]
        let expected = zip(own, other).map { one, two -> Scalar in
          guard let text = one ?? two ?? last else { return .null }
          return .bool(isFirst ? holds(text, wanted) : holds(wanted, text))
        }
        let compared = ScalarExpression.call(function, sides, type: .bool)
        #expect(
          try rows.evaluate(compared) == expected, "seed \(seed), \(function), \(last ?? "null")")
        guard case .call(.coalesce, _) = simplified(compared).node else {
          Issue.record("not simplified")
          continue
        }
      }
    }
  }

  @Test func andIsKleene() throws {
    try expect(
      .and, [.bool, .bool], .bool,
      [
        [yes, yes, yes], [yes, no, no], [no, yes, no], [no, no, no], [yes, .null, .null],
        [.null, yes, .null], [no, .null, no], [.null, no, no], [.null, .null, .null],
      ])
  }

  @Test func orIsKleene() throws {
    try expect(
      .or, [.bool, .bool], .bool,
      [
        [yes, yes, yes], [yes, no, yes], [no, yes, yes], [no, no, no], [yes, .null, yes],
        [.null, yes, yes], [no, .null, .null], [.null, no, .null], [.null, .null, .null],
      ])
  }

  @Test func notAndNullTests() throws {
    try expect(.not, .bool, .bool, [(yes, no), (no, yes), (.null, .null)])
    try expect(.isNull, .int, .bool, [(.int(1), no), (.null, yes)])
    try expect(.isNotNull, .int, .bool, [(.int(1), yes), (.null, no)])
    try expect(.isNull, .int, .bool, [(.int(1), no)])
  }

  @Test func comparisonsOfIntegers() throws {
    let edges: [Int64] = [Int64.min, -129, -1, 0, 1, 127, 128, 40_000, 1 << 40, Int64.max]
    for (function, holds) in comparisons {
      var cases: [[Scalar]] = [[.null, .int(1), .null], [.int(1), .null, .null]]
      for a in edges {
        for b in edges {
          let order = a < b ? -1 : a > b ? 1 : 0
          cases.append([.int(a), .int(b), .bool(holds(order))])
        }
      }
      try expect(function, [.int, .int], .bool, cases)
    }
  }

  @Test func comparisonsOfFloatsAreATotalOrder() throws {
    let edges: [Double] = [-.infinity, -1.5, -0.0, 0, .leastNonzeroMagnitude, 2, .infinity, .nan]
    for (function, holds) in comparisons {
      var cases: [[Scalar]] = [[.null, .float(1), .null]]
      for a in edges {
        for b in edges {
          let order =
            a.isNaN ? (b.isNaN ? 0 : 1) : b.isNaN ? -1 : a < b ? -1 : a > b ? 1 : 0
          cases.append([.float(a), .float(b), .bool(holds(order))])
        }
      }
      try expect(function, [.float, .float], .bool, cases)
    }
  }

  @Test func comparisonsOfTextsGoByBytes() throws {
    let texts = ["", "a", "aa", "ab", "b", "B", "é", "z", "日本", "a\u{0}"]
    for (function, holds) in comparisons {
      var cases: [[Scalar]] = [[.null, .string("a"), .null], [.string("a"), .null, .null]]
      for a in texts {
        for b in texts {
          let left = Array(a.utf8)
          let right = Array(b.utf8)
          let order = left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
          cases.append([.string(a), .string(b), .bool(holds(order))])
        }
      }
      try expect(function, [.string, .string], .bool, cases)
    }
  }

  @Test func comparisonsOfBools() throws {
    for (function, holds) in comparisons {
      try expect(
        function, [.bool, .bool], .bool,
        [
          [no, no, .bool(holds(0))], [no, yes, .bool(holds(-1))], [yes, no, .bool(holds(1))],
          [yes, yes, .bool(holds(0))], [.null, yes, .null],
        ])
    }
  }

  /// Two comparisons of one text are one step; of two texts, or both from one side, they are not.
  @Test func rangesOfTexts() throws {
    let texts: [Scalar] = ["a", "b", "bb", "c", "", "ca"].map { .string($0) } + [.null]
    let rows = InputRows([("s", .string, texts), ("t", .string, texts.reversed())])
    func compare(_ name: String, _ function: ScalarFunction, _ text: String) -> ScalarExpression {
      call(function, .bool, rows.column(name), constant(.string(text)))
    }
    func both(_ left: ScalarExpression, _ right: ScalarExpression) throws -> [Scalar] {
      try rows.evaluate(call(.and, .bool, left, right))
    }
    let (above, below) = (compare("s", .greaterOrEqual, "b"), compare("s", .less, "c"))
    #expect(try both(above, below) == [no, yes, yes, no, no, no, .null])
    #expect(try both(below, above) == [no, yes, yes, no, no, no, .null])
    #expect(
      try both(compare("s", .greater, "b"), compare("s", .lessOrEqual, "c"))
        == [no, no, yes, yes, no, no, .null])
    #expect(
      try both(above, compare("s", .greater, "bb")) == [no, no, no, yes, no, yes, .null])
    #expect(
      try both(above, compare("t", .less, "c")) == [no, no, yes, no, no, yes, .null])
  }

  @Test func membership() throws {
    let rows = InputRows([
      ("n", .int, [.int(1), .int(5), .null, .int(-3), .int(1 << 50)]),
      ("f", .float, [.float(1), .float(.nan), .null, .float(0), .float(2.5)]),
      ("s", .string, [.string("a"), .string(""), .null, .string("é"), .string("abc")]),
    ])
    func isIn(_ name: String, _ set: [Scalar]) throws -> [Scalar] {
      try rows.evaluate(
        ScalarExpression(.isIn(rows.column(name), set), type: .bool))
    }
    #expect(try isIn("n", [.int(5), .int(1 << 50)]) == [no, yes, .null, no, yes])
    let many = (0..<20).map { Scalar.int($0 * 3 - 3) }
    #expect(try isIn("n", many) == [no, no, .null, yes, no])
    let far = (0..<20).map { Scalar.int($0 << 46) }
    #expect(try isIn("n", far) == [no, no, .null, no, yes])
    #expect(try isIn("f", [.float(.nan), .float(-0.0)]) == [no, yes, .null, yes, no])
    #expect(try isIn("s", [.string("abc"), .string("é")]) == [no, no, .null, yes, yes])
    #expect(try isIn("s", []) == [no, no, .null, no, no])
  }
}

private let comparisons: [(ScalarFunction, @Sendable (Int) -> Bool)] = [
  (.less, { $0 < 0 }), (.lessOrEqual, { $0 <= 0 }), (.equal, { $0 == 0 }),
  (.notEqual, { $0 != 0 }), (.greater, { $0 > 0 }), (.greaterOrEqual, { $0 >= 0 }),
]
