/// The first rows of each group by sort keys, and how many tie with the last of them.
///
/// Rows that may belong to a group's first ones are collected; when twice as many as wanted are
/// there, the better half is kept, and only rows that beat the worst of it are looked at.
final class TopRows: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  let layout: SortKeyLayout
  let count: Int
  private let isStored: [Bool]
  /// By group: a row goes on if its first word is below.
  let limits: Store<UInt64>
  /// By group: rows equal to the last one kept that are not among the kept.
  let ties: Store<Int64>
  private var members: [[Candidate]] = []
  private let words: [Store<UInt64>]
  private let texts: [Store<TextReference>]
  private let order: Store<Int64>
  private let chosen: Store<UInt32>
  private let arena = Arena()
  private var merged: [TopRows] = []

  /// A row that may be among the first.
  struct Candidate {
    var words: [UInt64]
    var texts: [TextReference]
    var ordinal: Int64
  }

  init(_ layout: SortKeyLayout, count: Int, isStored: [Bool], blockRows: Int) {
    self.layout = layout
    self.count = count
    self.isStored = isStored
    limits = Store(capacity: 16)
    ties = Store(capacity: 16)
    words = layout.slots.map { _ in Store(undefined: blockRows) }
    texts = layout.slots.map { slot in
      if case .text = slot { return Store(undefined: blockRows) }
      return Store(capacity: 1)
    }
    order = Store(undefined: blockRows)
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

  private var knownLoosest: UInt64?

  func resize(to count: Int) {
    knownLoosest = nil
    limits.resize(to: count, filling: SortKeyLayout.beyond)
    ties.resize(to: count, filling: 0)
    while members.count < count { members.append([]) }
  }

  /// The arguments are the sort keys, one each.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    guard count > 0 else { return }
    for (slot, kind) in layout.slots.enumerated() {
      layout.encode(
        slot, arguments[kind.key], rows, into: words[slot].pointer, order: order.pointer,
        texts: texts[slot].pointer)
    }
    let first = words[0].pointer
    let limits = limits.pointer
    let chosen = chosen.pointer
    var found = 0
    // A word equal to the limit cannot win, but may tie.
    for row in 0..<rows.count {
      chosen[found] = UInt32(truncatingIfNeeded: row)
      found &+= first[row] <= limits[Int(rows.groups[row])] ? 1 : 0
    }
    for index in 0..<found { offer(Int(chosen[index]), rows) }
  }

  private func offer(_ row: Int, _ rows: GroupedRows) {
    let group = Int(rows.groups[row])
    let word = words[0].pointer[row]
    if word >= limits.pointer[group] {
      if word == limits.pointer[group] && layout.isSingleWord { ties.pointer[group] += 1 }
      return
    }
    var references: [TextReference] = []
    for (slot, kind) in layout.slots.enumerated() {
      guard case .text = kind else { continue }
      let text = texts[slot].pointer[row]
      references.append(
        isStored[kind.key]
          ? text : TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count))
    }
    add(
      Candidate(
        words: words.map { $0.pointer[row] }, texts: references, ordinal: rows.ordinal(row)),
      to: group)
  }

  private func add(_ candidate: Candidate, to group: Int) {
    members[group].append(candidate)
    if members[group].count >= max(16, 2 * count) { settle(group) }
  }

  /// Keeps the first rows only, counts those that tie with the last, and sets the limit.
  private func settle(_ group: Int) {
    members[group].sort { compare($0, $1) ?? ($0.ordinal < $1.ordinal) }
    guard count > 0, members[group].count >= count else { return }
    let last = members[group][count - 1]
    let limit = last.words[0]
    let cut = members[group][count...].prefix { compare(last, $0) == nil }
    // Rows turned away before tied with a last row that may since have been beaten.
    let before = isSameEdge(group, last) ? ties.pointer[group] : 0
    ties.pointer[group] = before + Int64(cut.count)
    edges[group] = last
    knownLoosest = nil
    limits.pointer[group] = layout.isSingleWord ? limit : limit + 1
    members[group].removeSubrange(count...)
  }

  /// The last row kept when a group was settled.
  private var edges: [Int: Candidate] = [:]

  private func isSameEdge(_ group: Int, _ last: Candidate) -> Bool {
    edges[group].map { compare($0, last) == nil } ?? false
  }

  /// Whether a row goes before another by its keys; nil when they are equal.
  private func compare(_ left: Candidate, _ right: Candidate) -> Bool? {
    var text = 0
    for (slot, kind) in layout.slots.enumerated() {
      if left.words[slot] != right.words[slot] { return left.words[slot] < right.words[slot] }
      guard case .text(let key) = kind else { continue }
      let order = left.texts[text].compare(right.texts[text])
      if order != 0 { return (order < 0) != layout.isDescending[key] }
      text += 1
    }
    return nil
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? TopRows else { return }
    merged.append(other)
    for index in 0..<count {
      let source = Int(sources[index])
      let target = Int(targets[index])
      _ = settled(target)
      let (rows, ties) = other.settled(source)
      members[target] += rows
      // The other's ties count if its last row is the last of both.
      let edge = other.edges[source]
      settle(target)
      if ties > 0, let edge, isSameEdge(target, edge) { self.ties.pointer[target] += ties }
    }
  }

  /// The first rows of a group in order, and how many tie with the last of them.
  func settled(_ group: Int) -> (rows: [Candidate], ties: Int64) {
    settle(group)
    return (members[group], ties.pointer[group])
  }
}
