/// The first rows of each group by sort keys, and how many tie with the last of them.
///
/// Rows that may belong to a group's first ones are collected; when twice as many as wanted are
/// there, the better half is kept, and only rows that beat the worst of it are taken from then on.
final class TopRows: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  let layout: SortKeyLayout
  let count: Int
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
    if let edge = edges[group] {
      let order = details.compare(encoded, row, edge)
      // Of equal rows the earlier ones stay.
      if order == 0 { ties.pointer[group] += 1 }
      if order >= 0 { return }
    }
    let detail = details.keep(encoded, row)
    let word = encoded.words[0].pointer[row]
    members[group].append(Candidate(word: word, ordinal: rows.ordinal(row), detail: detail))
    if members[group].count >= max(16, 2 * count) { settle(group) }
  }

  /// Keeps the first rows only, and counts those that tie with the last.
  private func settle(_ group: Int) {
    members[group].sort { left, right in
      let order = details.compare(left, right)
      return order != 0 ? order < 0 : left.ordinal < right.ordinal
    }
    guard count > 0, members[group].count >= count else { return }
    let last = members[group][count - 1]
    let cut = members[group][count...]
    // Rows turned away before tied with a last row that may since have been beaten.
    let isSame = edges[group].map { details.compare($0, last) == 0 } ?? false
    let tied = cut.prefix { details.compare(last, $0) == 0 }.count
    ties.pointer[group] = (isSame ? ties.pointer[group] : 0) + Int64(tied)
    edges[group] = last
    limits.pointer[group] = last.word
    knownLoosest = nil
    for candidate in cut { details.release(candidate.detail) }
    members[group].removeSubrange(count...)
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
      if let otherEdge, let edge = edges[target], details.compare(edge, otherEdge) == 0 {
        ties.pointer[target] += otherTies
      }
    }
  }

  private func copied(_ candidate: Candidate, from other: TopRows) -> Candidate {
    Candidate(
      word: candidate.word, ordinal: candidate.ordinal,
      detail: details.keep(candidate.detail, of: other.details))
  }

  /// The first rows of a group in order, and how many tie with the last of them.
  func settled(_ group: Int) -> (rows: [Candidate], ties: Int64) {
    settle(group)
    return (members[group], ties.pointer[group])
  }
}
