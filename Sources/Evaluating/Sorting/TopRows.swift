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
  private let members: CandidateLists
  /// By group: the last row kept, once there are enough; its word is `beyond` until then.
  private let edges = Store<Candidate>(capacity: 16)
  private let details: TopDetails
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

    /// None: every row goes before it.
    static let none = Candidate(word: SortKeyLayout.beyond, ordinal: 0, detail: 0)
    var isNone: Bool { word == SortKeyLayout.beyond }
  }

  init(_ layout: SortKeyLayout, count: Int, isStored: [Bool], blockRows: Int) {
    self.layout = layout
    self.count = count
    isSingleWord = layout.isSingleWord
    limits = Store(capacity: 16)
    ties = Store(capacity: 16)
    members = CandidateLists(keeping: count)
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
    members.resize(to: count)
    edges.resize(to: count, filling: .none)
  }

  /// The arguments are the sort keys, one each.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    guard count > 0 else { return }
    encoded.readFirst(rows, arguments)
    let words = encoded.words[0].pointer
    let limits = limits.pointer
    let chosen = chosen.pointer
    var found = 0
    for row in 0..<rows.count {
      chosen[found] = UInt32(truncatingIfNeeded: row)
      found &+= words[row] <= limits[Int(rows.groups[row])] ? 1 : 0
    }
    // In a list that rises most rows beat all before them: only a block's own first ones are offered.
    if rows.isSingleGroup, found > max(64, 4 * count) { found = leastOfBlock(found) }
    if found == 0 { return }
    encoded.readRest(rows, arguments, UnsafeBufferPointer(start: chosen, count: found))
    for index in 0..<found { offer(Int(chosen[index]), rows) }
  }

  /// Leaves the chosen rows of a block that may be among its first by the first word; gives how many.
  private func leastOfBlock(_ found: Int) -> Int {
    let (words, chosen) = (encoded.words[0].pointer, chosen.pointer)
    let ordered = Store<Int64>(undefined: found)
    let bias = UInt64(1) &<< 63
    for index in 0..<found {
      ordered.pointer[index] = Int64(bitPattern: words[Int(chosen[index])] ^ bias)
    }
    let last = select(UnsafeBufferPointer(ordered.elements), count - 1, count - 1).low
    let limit = UInt64(bitPattern: last) ^ bias
    var kept = 0
    for index in 0..<found {
      let row = chosen[index]
      chosen[kept] = row
      kept &+= words[Int(row)] <= limit ? 1 : 0
    }
    return kept
  }

  private func offer(_ row: Int, _ rows: GroupedRows) {
    let group = Int(rows.groups[row])
    let word = encoded.words[0].pointer[row]
    let edge = edges.pointer[group]
    if word >= edge.word {
      let order = isSingleWord ? (word == edge.word ? 0 : 1) : details.compare(encoded, row, edge)
      // Of equal rows the earlier ones stay; the last rows of a table may be read first.
      let isBefore = order < 0 || order == 0 && rows.ordinal(row) < edge.ordinal
      if !isBefore {
        if order == 0 { ties.pointer[group] += 1 }
        return
      }
    }
    let detail = isSingleWord ? 0 : details.keep(encoded, row)
    members.append(
      Candidate(word: word, ordinal: rows.ordinal(row), detail: detail), to: group)
    if members.count(group) >= max(16, 2 * count) { settle(group) }
  }

  /// Keeps the first rows only, and counts those that tie with the last.
  private func settle(_ group: Int) {
    let members = members.candidates(group)
    if members.count > 1 { sort(members) }
    guard count > 0, members.count >= count else { return }
    let last = members[count - 1]
    let edge = edges.pointer[group]
    // Rows turned away before tied with a last row that may since have been beaten.
    let isSame = !edge.isNone && areEqual(edge, last)
    var tied = count
    while tied < members.count && areEqual(last, members[tied]) { tied += 1 }
    ties.pointer[group] = (isSame ? ties.pointer[group] : 0) + Int64(tied - count)
    edges.pointer[group] = last
    limits.pointer[group] = last.word
    knownLoosest = nil
    if !isSingleWord {
      for place in count..<members.count { details.release(members[place].detail) }
    }
    self.members.cut(group, to: count)
  }

  private func sort(_ members: UnsafeMutableBufferPointer<Candidate>) {
    var members = members
    if members.count > 32 {
      members.sort(by: isBefore)
      return
    }
    for index in stride(from: 1, to: members.count, by: 1) {
      let candidate = members[index]
      var place = index
      while place > 0 && isBefore(candidate, members[place &- 1]) {
        members[place] = members[place &- 1]
        place &-= 1
      }
      members[place] = candidate
    }
  }

  private func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.word != right.word { return left.word < right.word }
    let order = isSingleWord ? 0 : details.compare(left, right)
    return order != 0 ? order < 0 : left.ordinal < right.ordinal
  }

  private func areEqual(_ left: Candidate, _ right: Candidate) -> Bool {
    left.word == right.word && (isSingleWord || details.compare(left, right) == 0)
  }

  /// Reads the other only: several may take groups of it at once.
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
      for row in other.members.candidates(source) {
        members.append(copied(row, from: other), to: target)
      }
      let edge = other.edges.pointer[source]
      if members.count(target) >= max(16, 2 * self.count) || !edge.isNone { settle(target) }
      if !edge.isNone { addTies(of: other, source, edge, to: target) }
    }
  }

  /// The other's ties count if its last row is the last of both.
  private func addTies(of other: TopRows, _ source: Int, _ edge: Candidate, to target: Int) {
    let edge = copied(edge, from: other)
    if areEqual(edges.pointer[target], edge) { ties.pointer[target] += other.ties.pointer[source] }
    if !isSingleWord { details.release(edge.detail) }
  }

  private func copied(_ candidate: Candidate, from other: TopRows) -> Candidate {
    if isSingleWord { return candidate }
    return Candidate(
      word: candidate.word, ordinal: candidate.ordinal,
      detail: details.keep(candidate.detail, of: other.details))
  }
}

extension TopRows: LeadingRows {
  func settleAll() {
    for group in stride(from: 1, to: limits.count, by: 1) { settle(group) }
  }

  func appendPlaces(_ group: Int, to places: Store<RowPlace>) {
    for row in members.candidates(group) { places.append(RowPlace(packed: Int(row.ordinal))) }
  }

  func tieCount(_ group: Int) -> Int64 { ties.pointer[group] }
}
