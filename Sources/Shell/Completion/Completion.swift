package import Diagnostics

/// What could be typed at the cursor.
package struct Completion: Sendable, Hashable {
  /// Bytes of the text that a candidate replaces; they end at the cursor, or behind a closing quote.
  package let range: SourceRange
  /// Best first; at most `Completion.maximumCount`.
  package let candidates: [Candidate]

  package static let maximumCount = 300

  /// Keeps the first candidates of each text.
  package init(range: SourceRange, candidates: [Candidate]) {
    self.range = range
    var seen: Set<String> = []
    var kept: [Candidate] = []
    for candidate in candidates where kept.count < Self.maximumCount {
      if seen.insert(candidate.text).inserted { kept.append(candidate) }
    }
    self.candidates = kept
  }

  /// What all candidates begin with, to be inserted when there are several; empty for none.
  package var commonPrefix: String {
    guard let first = candidates.first else { return "" }
    return candidates.dropFirst().reduce(first.text) { prefix, candidate in
      String(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
  }
}

/// One thing that could be typed.
package struct Candidate: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case column, table, value, verb, function, aggregate, word, option, parameter, file, command
  }

  /// What replaces the range: quoted where need be, without control characters.
  package let text: String
  /// As shown in a list: the name without quotes, escaped.
  package let label: String
  package let kind: Kind
  /// A few words: the type of a column, what a verb does; escaped, may be empty.
  package let detail: String
  /// Whether it is whole, so that a blank may follow: not behind `count(` or a folder.
  package let isWhole: Bool
  /// Words for it of other languages, which lead to it when no candidate is as typed.
  var alternatives: [String] = []
}
