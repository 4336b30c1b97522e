import Checking
import Diagnostics
import Parsing

/// The completion of a dot command, or nil where the text is none.
func commandCompletion(
  of text: String, cursor: Int, _ scope: Scope, _ surroundings: Surroundings
) -> Completion? {
  let bytes = Array(text.utf8)
  let before = bytes[..<min(max(0, cursor), bytes.count)]
  guard let start = before.firstIndex(where: { !isBlank($0) }), before[start] == UInt8(ascii: "."),
    start + 1 == before.count || !(0x30...0x39).contains(before[start + 1])
  else { return nil }
  guard let wordEnd = before[start...].firstIndex(where: isBlank) else {
    let typed = String(decoding: before[start...], as: UTF8.self)
    return Completion(
      range: SourceRange(start, before.count),
      candidates: CandidateFilter(typed: typed).best(surroundings.commands.map { .command($0) }))
  }
  let name = String(decoding: before[(start + 1)..<wordEnd], as: UTF8.self)
  let argumentStart = before[wordEnd...].firstIndex { !isBlank($0) } ?? before.count
  let typed = String(decoding: before[argumentStart...], as: UTF8.self)
  let argument = surroundings.commands.first { $0.name == name }?.argument ?? .none
  return Completion(
    range: SourceRange(argumentStart, before.count),
    candidates: arguments(argument, typed, scope, surroundings))
}

private func arguments(
  _ argument: CommandDescription.Argument, _ typed: String, _ scope: Scope,
  _ surroundings: Surroundings
) -> [Candidate] {
  let filter = CandidateFilter(typed: typed)
  switch argument {
  case .none: return []
  case .topic:
    let help = HelpIndex(verbs: scope.verbs, commands: surroundings.commands)
    return filter.best(help.words.map { .argument($0.word, .word, detail: $0.summary) })
  case .table:
    let names = Array(scope.tables.keys) + Array(scope.bindings.keys)
    return filter.best(names.sorted().map { .name($0, .table, detail: "") })
  case .choice(let choices): return filter.best(choices.map { .argument($0, .word) })
  case .file:
    let entries = FileCandidates(typed: typed, quote: "\"", surroundings: surroundings)
    return entries.plain
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
}

extension FileCandidates {
  /// The paths without quotes, as dot commands take them.
  fileprivate var plain: [Candidate] {
    paths.map { .argument($0.path, .file, isWhole: !$0.isFolder) }
  }
}
