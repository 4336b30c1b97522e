/// The value of one row of a group: the first, the last, or that with the least or greatest key.
///
/// Only rows count where both value and key are present; of equal keys the first row wins.
final class Picks: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  enum Choice: Hashable { case first, last, least, greatest }

  let choice: Choice
  /// The place of the picked row; `none` where there is none.
  let ordinals: Store<Int64>
  let words: Store<Int64>
  let texts: Store<TextReference>?
  private let keyWords: Store<Int64>
  private let keyTexts: Store<TextReference>?
  private var scratch: Scratch
  private let arena = Arena()
  private var merged: [Picks] = []
  /// A byte a group: whether a row of the block may still be taken; never of group 0.
  private let open = Store<UInt8>(capacity: 64)

  static let none = Int64.min

  /// The values and keys of a block.
  private struct Scratch {
    let words: Store<Int64>
    let keyWords: Store<Int64>
    let keyTexts: Store<TextReference>
  }

  init(_ choice: Choice, ofTexts: Bool, byTexts: Bool, blockRows: Int) {
    self.choice = choice
    ordinals = Store(capacity: 64)
    words = Store(capacity: 64)
    texts = ofTexts ? Store(capacity: 64) : nil
    keyWords = Store(capacity: 64)
    keyTexts = byTexts ? Store(capacity: 64) : nil
    scratch = Scratch(
      words: Store(undefined: blockRows), keyWords: Store(undefined: blockRows),
      keyTexts: Store(undefined: byTexts ? blockRows : 1))
  }

  func resize(to count: Int) {
    ordinals.resize(to: count, filling: Picks.none)
    words.resize(to: count, filling: 0)
    texts?.resize(to: count, filling: .empty)
    // Where nothing was taken no key is worse.
    keyWords.resize(to: count, filling: choice == .least ? .max : .min)
    keyTexts?.resize(to: count, filling: .empty)
  }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    if choice == .first || choice == .last {
      updateByPlace(rows, arguments[0])
      return
    }
    let value = arguments[0]
    let key = arguments[arguments.count - 1]
    if texts == nil { _ = value.orderWords(into: scratch.words.pointer, keepingSigns: true) }
    // The last argument's groups are masked by both.
    let groups = key.groups
    func consider(_ row: Int) {
      let group = Int(groups[row])
      let ordinal = rows.ordinal(row)
      if group == 0 || !beats(row, ordinal, group) { return }
      take(row, ordinal, group, of: value, copiesKey: !key.isStable)
    }
    if keyTexts != nil {
      key.texts(into: scratch.keyTexts.pointer)
      for row in 0..<rows.count { consider(row) }
      return
    }
    let keys = scratch.keyWords.pointer
    _ = key.orderWords(into: keys)
    let isLeast = choice == .least
    for row in 0..<rows.count {
      let best = keyWords.pointer[Int(groups[row])]
      // Few rows are the best ones so far.
      if isLeast ? keys[row] <= best : keys[row] >= best { consider(row) }
    }
  }

  /// Takes the first or the last row of each group; the last one's loop goes backwards, so that few
  /// rows are taken in vain.
  private func updateByPlace(_ rows: GroupedRows, _ value: DenseColumn) {
    if texts == nil { _ = value.orderWords(into: scratch.words.pointer, keepingSigns: true) }
    let ordinals = ordinals.pointer
    let groups = value.groups
    let isLast = choice == .last
    let last = rows.count &- 1
    let isMarked = markOpen(rows)
    let open = open.pointer
    let step = 64
    for start in stride(from: 0, to: rows.count, by: step) {
      let part = start..<min(start + step, rows.count)
      if isMarked {
        var mayWin: UInt8 = 0
        for index in part { mayWin |= open[Int(groups[isLast ? last &- index : index])] }
        if mayWin == 0 { continue }
      }
      for index in part {
        let row = isLast ? last &- index : index
        let group = Int(groups[row])
        let ordinal = rows.ordinal(row)
        if group == 0 || !wins(ordinal, over: ordinals[group]) { continue }
        ordinals[group] = ordinal
        if isMarked { open[group] = 0 }
        if let texts {
          texts.pointer[group] = kept(value.text(row), !value.isStable)
        } else {
          words.pointer[group] = scratch.words.pointer[row]
        }
      }
    }
  }

  /// Whether a row is before the first so far, or behind the last.
  private func wins(_ ordinal: Int64, over current: Int64) -> Bool {
    // `none` is below all others.
    choice == .last ? ordinal > current : current == Picks.none || ordinal < current
  }

  /// Marks the groups of which a row of the block may be taken; false where these are too many.
  ///
  /// Once a group's row is found none of the others of the block can be it.
  private func markOpen(_ rows: GroupedRows) -> Bool {
    let count = ordinals.count
    if count > rows.count { return false }
    open.resize(to: count, filling: 0)
    let (first, last) = (rows.ordinal(0), rows.ordinal(rows.count - 1))
    for group in stride(from: 1, to: count, by: 1) {
      let isOpen = wins(choice == .last ? last : first, over: ordinals.pointer[group])
      open.pointer[group] = isOpen ? 1 : 0
    }
    return true
  }

  private func beats(_ row: Int, _ ordinal: Int64, _ group: Int) -> Bool {
    beats(ordinal, group) {
      keyTexts != nil
        ? compareText(scratch.keyTexts.pointer[row], group)
        : compareWord(scratch.keyWords.pointer[row], group)
    }
  }

  private func beats(_ ordinal: Int64, _ group: Int, _ order: () -> Int) -> Bool {
    let current = ordinals.pointer[group]
    if current == Picks.none { return true }
    switch choice {
    case .first: return ordinal < current
    case .last: return ordinal > current
    case .least, .greatest:
      let order = choice == .least ? order() : -order()
      return order < 0 || (order == 0 && ordinal < current)
    }
  }

  private func compareWord(_ word: Int64, _ group: Int) -> Int {
    let current = keyWords.pointer[group]
    return word < current ? -1 : word > current ? 1 : 0
  }

  private func compareText(_ text: TextReference, _ group: Int) -> Int {
    keyTexts.map { text.compare($0.pointer[group]) } ?? 0
  }

  private func take(
    _ row: Int, _ ordinal: Int64, _ group: Int, of value: DenseColumn, copiesKey: Bool
  ) {
    ordinals.pointer[group] = ordinal
    if let texts {
      texts.pointer[group] = kept(value.text(row), !value.isStable)
    } else {
      words.pointer[group] = scratch.words.pointer[row]
    }
    if let keyTexts {
      keyTexts.pointer[group] = kept(scratch.keyTexts.pointer[row], copiesKey)
    } else {
      keyWords.pointer[group] = scratch.keyWords.pointer[row]
    }
  }

  private func kept(_ text: TextReference, _ copying: Bool) -> TextReference {
    copying ? TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count) : text
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? Picks else { return }
    if texts != nil || keyTexts != nil, !merged.contains(where: { $0 === other }) {
      merged.append(other)
    }
    for index in 0..<count {
      let source = Int(sources[index])
      let target = Int(targets[index])
      let ordinal = other.ordinals.pointer[source]
      if ordinal == Picks.none { continue }
      let wins = beats(ordinal, target) {
        if let keys = other.keyTexts { return compareText(keys.pointer[source], target) }
        return compareWord(other.keyWords.pointer[source], target)
      }
      if wins { take(source, of: other, into: target) }
    }
  }

  private func take(_ source: Int, of other: Picks, into target: Int) {
    ordinals.pointer[target] = other.ordinals.pointer[source]
    words.pointer[target] = other.words.pointer[source]
    keyWords.pointer[target] = other.keyWords.pointer[source]
    if let texts, let from = other.texts { texts.pointer[target] = from.pointer[source] }
    if let keyTexts, let from = other.keyTexts { keyTexts.pointer[target] = from.pointer[source] }
  }
}
