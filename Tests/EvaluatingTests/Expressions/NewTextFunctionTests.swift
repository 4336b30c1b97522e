import Columns
import Plans
import Testing

@testable import Evaluating

@Suite struct NewTextFunctionTests {
  private static let pieces = [
    "", "a", "b", "ab", ",", ",,", "é", "日本", "🙂", "0", "42", "\"", "\\", "\n", "٣", "user",
  ]

  private func texts(_ count: Int, _ random: inout Seeded) -> [Scalar] {
    (0..<count).map { _ in
      if random.chance(12) { return .null }
      let parts = (0..<random.below(6)).map { _ in Self.pieces[random.below(Self.pieces.count)] }
      return .string(parts.joined())
    }
  }

  private func string(_ value: Scalar) -> String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The parts by the book, over scalars.
  private func parts(_ text: String, _ separator: String) -> [String] {
    let (text, separator) = (Array(text.unicodeScalars), Array(separator.unicodeScalars))
    var parts: [[Unicode.Scalar]] = [[]]
    var place = 0
    while place < text.count {
      if !separator.isEmpty, text[place...].starts(with: separator) {
        parts.append([])
        place += separator.count
      } else {
        parts[parts.count - 1].append(text[place])
        place += 1
      }
    }
    return parts.map { scalars in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// Jaro's measure with Winkler's bonus, by comparing every pair of scalars in the window.
  private func likeness(_ first: String, _ second: String) -> Double {
    let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    if a.isEmpty || b.isEmpty { return 0 }
    let window = max(0, max(a.count, b.count) / 2 - 1)
    var isTaken = [Bool](repeating: false, count: b.count)
    var matches: [Unicode.Scalar] = []
    for (place, scalar) in a.enumerated() {
      let found = b.indices.first {
        abs($0 - place) <= window && !isTaken[$0] && b[$0] == scalar
      }
      if let found {
        isTaken[found] = true
        matches.append(scalar)
      }
    }
    if matches.isEmpty { return 0 }
    let others = b.indices.filter { isTaken[$0] }.map { b[$0] }
    let moved = zip(matches, others).count { $0 != $1 } / 2
    let m = Double(matches.count)
    let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(moved)) / m) / 3
    let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
    return jaro > 0.7 ? min(1, jaro + Double(prefix) / 10 * (1 - jaro)) : jaro
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func asByTheBook(_ seed: UInt64) throws {
    print("seed \(seed)")
    var random = Seeded(seed)
    let first = texts(300, &random)
    let second = texts(300, &random)
    let numbers: [Scalar] = (0..<300).map { _ in
      random.chance(10) ? .null : .int(Int64(random.below(9)) - 4)
    }
    let rows = InputRows([
      ("a", .string, first), ("b", .string, second), ("n", .int, numbers),
    ])
    let (a, b, n) = (rows.column("a"), rows.column("b"), rows.column("n"))
    let comma = constant(.string(","))
    func check(
      _ function: ScalarFunction, _ type: DataType, _ arguments: [ScalarExpression],
      _ wanted: (Int) -> Scalar?
    ) throws {
      let expression = ScalarExpression.call(function, arguments, type: type)
      for blockRows in [64, 4096] {
        let found = try rows.evaluate(expression, blockRows: blockRows)
        for row in found.indices {
          #expect(found[row] == wanted(row) ?? .null, "\(expression.text), row \(row)")
        }
      }
    }
    func list(_ text: String, _ separator: String) -> Scalar {
      .string("[" + parts(text, separator).map(quoted).joined(separator: ",") + "]")
    }
    func part(_ all: [String], _ number: Int64) -> Scalar? {
      let place = number > 0 ? Int(number) - 1 : number < 0 ? all.count + Int(number) : -1
      return all.indices.contains(place) ? .string(all[place]) : nil
    }
    try check(.split, .string, [a, comma]) { row in string(first[row]).map { list($0, ",") } }
    try check(.split, .string, [a, b]) { row in
      string(first[row]).flatMap { text in string(second[row]).map { list(text, $0) } }
    }
    try check(.split, .string, [a, comma, constant(.int(-2))]) { row in
      string(first[row]).flatMap { part(parts($0, ","), -2) }
    }
    try check(.split, .string, [a, b, n]) { row in
      guard let text = string(first[row]), let separator = string(second[row]),
        case .int(let number) = numbers[row]
      else { return nil }
      return part(parts(text, separator), number)
    }
    try check(.digits, .int, [a]) { row in
      string(first[row]).map { .int(Int64($0.utf8.count { $0 >= 0x30 && $0 <= 0x39 })) }
    }
    try check(.similarity, .float, [a, b]) { row in
      string(first[row]).flatMap { text in
        string(second[row]).map { .float(likeness(text, $0)) }
      }
    }
    try check(.similarity, .float, [constant(.string("user42é")), b]) { row in
      string(second[row]).map { .float(likeness("user42é", $0)) }
    }
    // What is split is read back by json.
    let third = ScalarExpression.call(.split, [a, comma, constant(.int(3))], type: .string)
    let split = ScalarExpression.call(.split, [a, comma], type: .string)
    let read = ScalarExpression.call(.json, [split, constant(.string("[2]"))], type: .string)
    #expect(try rows.evaluate(read) == rows.evaluate(third))
  }

  /// Nested calls cannot take all memory; rows that are filtered out do not count.
  @Test func lengthIsBounded() throws {
    let long = String(repeating: "ab", count: 1 << 19)
    let rows = InputRows([("s", .string, [.string("short"), .string(long), .null])])
    let s = rows.column("s")
    let grow = constant(.string(String(repeating: "a", count: 40)))
    let faulty: [ScalarExpression] = [
      call(.replace, .string, s, constant(.string("a")), grow),
      call(.replaceRegex, .string, s, constant(.string("a")), grow),
      call(.replace, .string, s, s, call(.replace, .string, s, constant(.string("a")), grow)),
      call(
        .replace, .string, constant(.string(long)), constant(.string("a")), grow),
      (0..<6).reduce(s) { text, _ in call(.add, .string, text, text) },
    ]
    for expression in faulty {
      #expect(throws: EvaluationFailure.self, "\(expression.text.prefix(40))") {
        try rows.evaluate(expression)
      }
    }
    let isShort = call(.less, .bool, call(.length, .int, s), constant(.int(100)))
    let chosen = call(.ifElse, .string, isShort, faulty[4], constant(.string("long")))
    let found = try rows.evaluate(chosen)
    #expect(found[0] == .string(String(repeating: "short", count: 64)))
    #expect(Array(found.dropFirst()) == [.string("long"), .string("long")])
  }

  @Test func boundsHoldOverDictionariesToo() throws {
    let long = String(repeating: "a", count: 1 << 20)
    let dictionary = TextDictionary(["x", long])
    let segment = Segment(
      rowCount: 4, values: .codes8(BufferSlice([0, 1, 0, 0] as [UInt8]), dictionary))
    let table = Table(
      name: "t", schema: Schema([Field(name: "s", type: .string)]),
      columns: [Column(type: .string, segments: [segment])])
    let rows = InputRows(table)
    let grown = call(
      .replace, .string, rows.column("s"), constant(.string("a")),
      constant(.string(String(repeating: "b", count: 20))))
    #expect(throws: EvaluationFailure.self) { try rows.evaluate(grown) }
    let guarded = call(
      .ifElse, .string,
      call(.equal, .bool, rows.column("s"), constant(.string("x"))), grown,
      constant(.string("-")))
    #expect(
      try rows.evaluate(guarded) == [.string("x"), .string("-"), .string("x"), .string("x")])
  }
}
