/// Finds what a misspelt name was meant to be.
package enum Suggestion {
  /// The candidates nearest to `word`, best first, at most `limit`; empty when none is near.
  ///
  /// Near means: an edit distance (with neighbours swapped counted as one edit, Damerau 1964) of at
  /// most a third of the word's length, at least 1; or the same when case, `_` and `-` are dropped.
  /// Cost O(candidates × length²).
  package static func nearest(
    to word: String, among candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let plain = fold(word)
    let budget = max(1, plain.count / 3)
    let scored = Set(candidates).compactMap { candidate -> (Int, String)? in
      let folded = fold(candidate)
      let distance = editDistance(plain, folded)
      if distance <= budget && candidate != word { return (distance, candidate) }
      let isPart =
        plain.count >= 3
        && (folded.starts(with: plain) || plain.starts(with: folded) && folded.count >= 3)
      return isPart && candidate != word ? (budget + 1, candidate) : nil
    }
    return scored.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(limit).map(\.1)
  }

  /// `did you mean 'a' or 'b'?`, or nil when nothing is near.
  package static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
    let near = nearest(to: word, among: candidates)
    guard !near.isEmpty else { return nil }
    return "did you mean " + near.map { "'\($0)'" }.joined(separator: " or ") + "?"
  }

  private static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    if abs(a.count - b.count) > 8 { return Int.max }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for (row, left) in a.enumerated() {
      var current = [row + 1]
      for (column, right) in b.enumerated() {
        var best = min(previous[column + 1], current[column]) + 1
        best = min(best, previous[column] + (left == right ? 0 : 1))
        if row > 0, column > 0, left == b[column - 1], a[row - 1] == right {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
