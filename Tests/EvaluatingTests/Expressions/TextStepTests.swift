import Calendars
import Columns
import Plans
import Testing

@testable import Evaluating

/// Steps over whole blocks beside plain twins, row by row.
@Suite struct TextStepTests {
  private static let pieces = [
    "a", "b", "12", " ", "\t", "\u{A0}", "\u{3000}", "\u{2003}", "é", "日本", "🙂", "\u{85}", "à",
    "x y", "\u{200B}",
  ]

  private func texts(_ count: Int, _ random: RandomNumbers) -> [String] {
    (0..<count).map { _ in
      (0..<random.below(12)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
    }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func partsFromTheEnd(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    let texts = texts(500, random)
    let rows = InputRows([("s", .string, texts.map { .string($0) })])
    for start in [Int64(-1), -2, -5, -16, -17, Int64.min] {
      for length in [Int64(1), 2, 16, 40, Int64.max] {
        let found = try rows.evaluate(
          call(
            .substring, .string, rows.column("s"), constant(.int(start)), constant(.int(length))),
          blockRows: 64)
        for (text, value) in zip(texts, found) {
          let scalars = Array(text.unicodeScalars)
          let first = start == Int64.min ? Int.min / 2 : scalars.count + Int(start)
          let last = length == Int64.max ? scalars.count : min(scalars.count, first + Int(length))
          let from = max(0, first)
          var wanted = String.UnicodeScalarView()
          if last > from { wanted.append(contentsOf: scalars[from..<last]) }
          #expect(value == .string(String(wanted)), "seed \(seed): \(start), \(length) of \(text)")
        }
      }
    }
  }

  /// Of few selected rows the parts are those of all rows.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func partsOfSelectedRows(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    let texts = texts(300, random)
    let rows = InputRows([("s", .string, texts.map { $0.count == 3 ? .null : .string($0) })])
    let program = try ExpressionProgram(
      [call(.substring, .string, rows.column("s"), constant(.int(2)), constant(.int(3)))],
      input: rows.table.schema, context: ExpressionContext(zone: .utc), blockRows: 300)
    var block = rows.blocks(300, reading: program.columnsRead)[0]
    let all = try program.evaluate(block).map { all in (0..<300).map { all.scalar(at: $0) } }[0]
    let chosen = (0..<300).filter { _ in random.below(20) == 0 }
    var bits = [UInt64](repeating: 0, count: 5)
    for row in chosen { bits[row / 64] |= 1 << UInt64(row % 64) }
    try bits.withUnsafeBufferPointer { bits in
      block.selection = bits.baseAddress
      let some = try program.evaluate(block)[0]
      for row in chosen { #expect(some.scalar(at: row) == all[row], "seed \(seed), row \(row)") }
    }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func whiteSpaceAtTheEnds(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    // In some blocks nothing is to be trimmed.
    let odd = texts(400, random)
    let texts = odd.indices.map { $0 % 128 < 64 ? "plain \($0)é" : odd[$0] }
    let rows = InputRows([("s", .string, texts.map { .string($0) })])
    let found = try rows.evaluate(call(.trim, .string, rows.column("s")), blockRows: 64)
    for (text, value) in zip(texts, found) {
      var scalars = Array(text.unicodeScalars)[...]
      while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
      var wanted = String.UnicodeScalarView()
      wanted.append(contentsOf: scalars)
      #expect(value == .string(String(wanted)), "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func decimalNumbers(seed: UInt64) throws {
    let random = RandomNumbers(seed: seed)
    for _ in 0..<20_000 {
      let digits = { (most: Int) in
        (0..<random.below(most)).map { _ in String(random.below(10)) }.joined()
      }
      let sign = ["", "-", "+"][random.below(3)]
      let tail = random.below(2) == 0 ? "" : "." + digits(12)
      let text = sign + digits(14) + tail + (random.below(9) == 0 ? "e\(random.below(20))" : "")
      let bytes = Array(text.utf8)
      let found = bytes.withUnsafeBufferPointer { parseFloat($0) }
      #expect(found == Double(text), "seed \(seed): \(text)")
    }
  }

  @Test(arguments: ["%m", "%Y-%m", "%A", "%F", "%B %A", "%d.%m.%Y %H", "%F %z"])
  func datesByPattern(pattern: String) throws {
    let random = RandomNumbers(seed: 5)
    let days = (0..<800).map { _ in Int64(random.below(30_000) - 9000) }
    let micros = days.map { $0 * 86_400_000_000 + Int64(random.below(86_400)) * 1_000_000 }
    let rows = InputRows([
      ("d", .date, days.map { .date($0) }), ("t", .time, micros.map { .time($0) }),
    ])
    let plain = try TimePattern(pattern)
    for (name, second) in [("d", false), ("t", true)] {
      let found = try rows.evaluate(
        call(.formatDate, .string, rows.column(name), constant(.string(pattern))), blockRows: 64)
      for (row, value) in found.enumerated() {
        let written = [UInt8](unsafeUninitializedCapacity: plain.capacity) { room, count in
          guard let start = room.baseAddress else { return }
          let seconds = second ? Int(micros[row] / 1_000_000 - days[row] * 86_400) : 0
          count = plain.write(days: Int(days[row]), second: seconds, offset: 0, to: start)
        }
        #expect(value == .string(String(decoding: written, as: UTF8.self)), "\(pattern)")
      }
    }
  }
}
