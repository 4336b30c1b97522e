import Diagnostics
import Testing

@testable import Parsing

@Suite struct MutationTests {
  /// Tokens deleted, doubled and swapped, and bytes changed: no crash, every range inside; and what
  /// is right all the same prints to a text of the same tree.
  @Test(arguments: 0..<UInt64(8)) func anyTextIsSafe(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let program = generator.pick(Corpus.programs)
      var text = program
      for _ in 0...generator.below(3) {
        text =
          generator.chance(60)
          ? mutated(tokensOf: text, &generator) : mutated(bytesOf: text, &generator)
      }
      check(text, isThorough: round % 10 == 0, "seed \(seed), round \(round): \(text)")
    }
  }

  @Test func everyPrefixIsSafe() {
    for program in Corpus.programs {
      let bytes = Array(program.utf8)
      for length in stride(from: 0, to: bytes.count, by: 3) {
        let text = String(decoding: bytes[..<length], as: UTF8.self)
        check(text, isThorough: false, "\(text)")
      }
    }
  }

  @Test func deletingATokenIsSafe() {
    for program in Corpus.programs {
      let tokens = pieces(program)
      for index in tokens.indices {
        var rest = tokens
        rest.remove(at: index)
        check(rest.joined(), isThorough: false, rest.joined())
      }
    }
  }

  private func check(_ text: String, isThorough: Bool, _ comment: String) {
    let (program, diagnostics) = parse(Source(name: "test", text: text))
    let length = text.utf8.count
    let ranges =
      diagnostics.compactMap(\.range) + program.statements.map(\.range)
      + (isThorough ? program.ranges : [])
    #expect(ranges.allSatisfy { 0 <= $0.start && $0.end <= length }, "\(comment)")
    #expect(diagnostics.allSatisfy { !$0.message.isEmpty && $0.range != nil }, "\(comment)")
    guard diagnostics.isEmpty else { return }
    let (again, errors) = parse(Source(name: "test", text: program.formatted))
    #expect(errors.map(\.described) == [], "\(comment)")
    #expect(again.statements.map(\.outline) == program.statements.map(\.outline), "\(comment)")
  }

  private func mutated(tokensOf text: String, _ generator: inout SeededGenerator) -> String {
    var tokens = pieces(text)
    guard tokens.count > 1 else { return text }
    let index = generator.below(tokens.count)
    switch generator.below(4) {
    case 0: tokens.remove(at: index)
    case 1: tokens.insert(tokens[index], at: generator.below(tokens.count))
    case 2: tokens.swapAt(index, generator.below(tokens.count))
    default: tokens[index] = generator.pick(Self.odd)
    }
    return tokens.joined()
  }

  private func mutated(bytesOf text: String, _ generator: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return text }
    let index = generator.below(bytes.count)
    switch generator.below(3) {
    case 0: bytes.remove(at: index)
    case 1: bytes[index] = UInt8.random(in: 0...255, using: &generator)
    default: bytes.insert(generator.pick(Array("\"'`()|,;=\n\\/.-#@$[]{}!~".utf8)), at: index)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text cut at its tokens, blanks with the token behind them.
  private func pieces(_ text: String) -> [String] {
    var lexer = Lexer(bytes: Array(text.utf8))
    var pieces: [String] = []
    var end = 0
    while true {
      let token = lexer.next()
      if token.end > end { pieces.append(lexer.text(end, token.end)) }
      end = token.end
      if token.kind == .end { return pieces }
    }
  }

  private static let odd = [
    " (", " )", " |", ",", " not", " in", " by", " with", "=", " ==", "\n", ";", "..", " -", " *",
    " \"", " '", " `", " /", " //", " if", " case", " null", " let", " load", "1h", " 10k",
    " 2024-03",
    " @", " $", "«", "“", "\u{0}", " [", " ]", " =>", "\\", " compare", " desc", ".", " matches",
    "#",
  ]
}
