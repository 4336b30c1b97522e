import Columns
import Plans
import Testing

@testable import Evaluating

/// `replace` beside its plain twin, on blocks of many and of few matches.
@Test(arguments: [UInt64(1), 2, 3]) func everyOccurrenceIsReplaced(seed: UInt64) throws {
  let random = RandomNumbers(seed: seed)
  let pieces = ["a", "aa", "b", "ab", "é", "", "a long text without it", "x", "日本"]
  for needle in ["a", "aa", "ab", "aba", "é", "zz", "", "text"] {
    for replacement in ["", "a", "é", "something longer"] {
      let share = random.below(100)
      let texts = (0..<300).map { _ -> String in
        if random.below(100) >= share { return "quiet row" }
        return (0..<random.below(6)).map { _ in pieces[random.below(pieces.count)] }.joined()
      }
      let rows = InputRows([
        ("s", .string, texts.map { random.below(10) == 0 ? .null : .string($0) })
      ])
      let values = rows.table.columns[0]
      let found = try rows.evaluate(
        call(
          .replace, .string, rows.column("s"), constant(.string(needle)),
          constant(.string(replacement))), blockRows: 64)
      for (row, value) in found.enumerated() {
        guard case .string(let text) = values.segments[0].scalar(at: row, of: .string) else {
          #expect(value == .null)
          continue
        }
        let wanted = replaced(Array(text.utf8), Array(needle.utf8), Array(replacement.utf8))
        #expect(value == .string(wanted), "seed \(seed): \(needle) in \(text.debugDescription)")
      }
    }
  }
}

private func replaced(_ text: [UInt8], _ needle: [UInt8], _ replacement: [UInt8]) -> String {
  var (out, rest) = ([UInt8](), text[...])
  while let first = rest.first {
    if !needle.isEmpty && rest.starts(with: needle) {
      out += replacement
      rest = rest.dropFirst(needle.count)
    } else {
      out.append(first)
      rest = rest.dropFirst()
    }
  }
  return String(decoding: out, as: UTF8.self)
}
