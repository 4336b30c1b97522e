import Parsing

/// Which candidates go on with what is typed.
struct CandidateFilter {
  private let typed: String

  /// Takes what is typed without its opening quote.
  init(partial: Lexeme?) {
    guard let partial else {
      typed = ""
      return
    }
    switch partial.kind {
    case .string, .quotedName: typed = String(partial.text.dropFirst()).lowercased()
    default: typed = partial.text.lowercased()
    }
  }

  init(typed: String) { self.typed = typed.lowercased() }

  /// Those that begin with what is typed, ignoring case; where there are none, those that hold it;
  /// else those with another word that begins so.
  func best(_ candidates: [Candidate]) -> [Candidate] {
    if typed.isEmpty { return candidates }
    let beginning = candidates.filter { $0.label.lowercased().hasPrefix(typed) }
    if !beginning.isEmpty || typed.utf8.count < 2 { return beginning }
    let holding = candidates.filter { $0.label.lowercased().contains(typed) }
    if !holding.isEmpty { return holding }
    return candidates.filter { $0.alternatives.contains { $0.hasPrefix(typed) } }
  }
}

extension String {
  /// Whether another text stands somewhere in this one.
  fileprivate func contains(_ part: String) -> Bool {
    let (whole, wanted) = (Array(utf8), Array(part.utf8))
    guard whole.count >= wanted.count else { return false }
    return (0...(whole.count - wanted.count)).contains {
      whole[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }
}
