/// The first rows of each group by sort keys, and how many tie with the last of them.
///
/// Rows that may belong to a group's first ones are collected; when twice as many as wanted are
/// there, the better half is kept, and only rows that beat the worst of it are taken from then on.
final class TopRows: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  let layout: SortKeyLayout
  let count: Int
  private let isSingleWord: Bool
  /// By group: the first word of the last row kept; rows above it cannot be among the first.
  private let limits: Store<UInt64>
  /// By group: rows equal to the last one kept that are not among the kept.
  private let ties: Store<Int64>
  private var members: [[Candidate]] = []
  /// By group: the last row kept, once there are enough.
  private var edges: [Candidate?] = []
  private var details: TopDetails
  private let encoded: TopDetails.Rows
  private let chosen: Store<UInt32>
  private var merged: [TopRows] = []
  private var knownLoosest: UInt64?

  /// A row that may be among the first.
  struct Candidate: BitwiseCopyable {
    /// The word of the first slot.
    let word: UInt64
    let ordinal: Int64
    /// Where the words of the other slots and the texts are.
    let detail: Int32
  }

  init(_ layout: SortKeyLayout, count: Int, isStored: [Bool], blockRows: Int) {
    self.layout = layout
    self.count = count
    isSingleWord = layout.isSingleWord
    limits = Store(capacity: 16)
    ties = Store(capacity: 16)
    details = TopDetails(layout, isStored: isStored)
    encoded = TopDetails.Rows(layout, blockRows: blockRows)
    chosen = Store(undefined: blockRows)
  }

  /// The limit of the group that lets most rows pass; group 0 is none.
  var loosestLimit: UInt64 {
    if let known = knownLoosest { return known }
    var loosest: UInt64 = 0
    for group in stride(from: 1, to: limits.count, by: 1) {
      loosest = max(loosest, limits.pointer[group])
    }
    knownLoosest = loosest
    return loosest
  }

  func resize(to count: Int) {
    knownLoosest = nil
    limits.resize(to: count, filling: SortKeyLayout.beyond)
    ties.resize(to: count, filling: 0)
    while members.count < count {
      members.append([])
      edges.append(nil)
    }
  }

  /// The arguments are the sort keys, one each.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    guard count > 0 else { return }
    encoded.read(rows, arguments)
    let words = encoded.words[0].pointer
    let limits = limits.pointer
    let chosen = chosen.pointer
    var found = 0
    for row in 0..<rows.count {
      chosen[found] = UInt32(truncatingIfNeeded: row)
      found &+= words[row] <= limits[Int(rows.groups[row])] ? 1 : 0
    }
    for index in 0..<found { offer(Int(chosen[index]), rows) }
  }

  private func offer(_ row: Int, _ rows: GroupedRows) {
    let group = Int(rows.groups[row])
    let word = encoded.words[0].pointer[row]
    if let edge = edges[group], word >= edge.word {
      let order = isSingleWord ? (word == edge.word ? 0 : 1) : details.compare(encoded, row, edge)
      // Of equal rows the earlier ones stay.
      if order == 0 { ties.pointer[group] += 1 }
      if order >= 0 { return }
    }
    let detail = isSingleWord ? 0 : details.keep(encoded, row)
    members[group].append(Candidate(word: word, ordinal: rows.ordinal(row), detail: detail))
    if members[group].count >= max(16, 2 * count) { settle(group) }
  }

  /// Keeps the first rows only, and counts those that tie with the last.
  private func settle(_ group: Int) {
    sort(group)
    guard count > 0, members[group].count >= count else { return }
    let last = members[group][count - 1]
    let cut = members[group][count...]
    // Rows turned away before tied with a last row that may since have been beaten.
    let isSame = edges[group].map { areEqual($0, last) } ?? false
    let tied = cut.prefix { areEqual(last, $0) }.count
    ties.pointer[group] = (isSame ? ties.pointer[group] : 0) + Int64(tied)
    edges[group] = last
    limits.pointer[group] = last.word
    knownLoosest = nil
    if !isSingleWord { for candidate in cut { details.release(candidate.detail) } }
    members[group].removeSubrange(count...)
  }

  private func sort(_ group: Int) {
    if isSingleWord {
      members[group].sort { $0.word != $1.word ? $0.word < $1.word : $0.ordinal < $1.ordinal }
      return
    }
    members[group].sort { left, right in
      let order = details.compare(left, right)
      return order != 0 ? order < 0 : left.ordinal < right.ordinal
    }
  }

  private func areEqual(_ left: Candidate, _ right: Candidate) -> Bool {
    left.word == right.word && (isSingleWord || details.compare(left, right) == 0)
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? TopRows else { return }
    // Its arena holds texts that this refers to from now on.
    merged.append(other)
    for index in 0..<count {
      let source = Int(sources[index])
      let target = Int(targets[index])
      settle(target)
      let (rows, otherTies) = other.settled(source)
      let otherEdge = other.edges[source].map { copied($0, from: other) }
      members[target] += rows.map { copied($0, from: other) }
      settle(target)
      // The other's ties count if its last row is the last of both.
      if let otherEdge, let edge = edges[target], areEqual(edge, otherEdge) {
        ties.pointer[target] += otherTies
      }
    }
  }

  private func copied(_ candidate: Candidate, from other: TopRows) -> Candidate {
    if isSingleWord { return candidate }
    return Candidate(
      word: candidate.word, ordinal: candidate.ordinal,
      detail: details.keep(candidate.detail, of: other.details))
  }

  /// The first rows of a group in order, and how many tie with the last of them.
  func settled(_ group: Int) -> (rows: [Candidate], ties: Int64) {
    settle(group)
    return (members[group], ties.pointer[group])
  }
}
