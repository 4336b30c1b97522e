/// How often the words of a group of a log occur, from the words in order: O(n) for each digit of them.
struct EqualWords: Sendable {
  private let groups: GroupedWords
  /// A word to be taken for 0: that of the other zero of floats.
  private let otherZero: Int64?

  /// For fewer groups than these one worker would sort nearly all words.
  static let fewestGroups = 4

  /// Takes the words of logs by group, with the places of rows where favourites are asked for.
  init(_ groups: GroupedWords, isFloat: Bool) {
    self.groups = groups
    otherZero = isFloat ? signedOrderWord(-0.0) : nil
  }

  /// The entropy in bits of a group's values; nil for none.
  func entropy(_ group: Int) -> Double? {
    withSorted(group) { words in
      var frequencies = FrequencyTally()
      words.forEachRun { _, count in frequencies.add(Int64(count)) }
      return frequencies.entropy
    }
  }

  /// The most frequent word of a group, of several the one that was first; nil for none.
  ///
  /// Of both zeros the one that was first.
  func favourite(_ group: Int) -> Int64? {
    withSorted(group) { words in
      var most = 0
      words.forEachRun { _, count in most = max(most, count) }
      if most == 0 { return nil }
      var favourites: [Int64] = []
      words.forEachRun { word, count in
        if count == most { favourites.append(word) }
      }
      let isAlone = favourites.count == 1 && (otherZero == nil || favourites[0] != 0)
      return isAlone ? favourites[0] : first(favourites, of: group)
    }
  }

  private func withSorted<Result>(
    _ group: Int, _ body: (UnsafeMutableBufferPointer<Int64>) -> Result
  ) -> Result {
    groups.withCopy(group) { words in
      if let otherZero {
        for row in words.indices where words[row] == otherZero { words[row] = 0 }
      }
      sortWords(words)
      return body(words)
    }
  }

  /// The first in order of rows of a group's words that are among those given, which ascend.
  private func first(_ wanted: [Int64], of group: Int) -> Int64? {
    guard let ordinals = groups.ordinals?.pointer else { return wanted.first }
    var found: (word: Int64, ordinal: Int64)?
    for row in groups.rows(group) where found.map({ ordinals[row] < $0.ordinal }) ?? true {
      let word = groups.words[row]
      if contains(wanted, word == otherZero ? 0 : word) { found = (word, ordinals[row]) }
    }
    return found?.word
  }

  private func contains(_ ascending: [Int64], _ word: Int64) -> Bool {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < ascending.count && ascending[low] == word
  }
}

extension RandomAccessCollection where Element: Equatable, Index == Int {
  /// Calls `body` with each element that differs from the one before it, and how many like it follow one
  /// another from there.
  @inline(__always) func forEachRun(_ body: (_ element: Element, _ count: Int) -> Void) {
    var start = startIndex
    for place in indices where place + 1 == endIndex || self[place + 1] != self[place] {
      body(self[place], place + 1 - start)
      start = place + 1
    }
  }
}
