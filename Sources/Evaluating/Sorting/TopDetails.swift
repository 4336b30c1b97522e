/// What candidates of `TopRows` have beside their first word: the words of the other slots, and
/// texts, in places that are used again.
struct TopDetails {
  private let layout: SortKeyLayout
  private let isStored: [Bool]
  /// Slots that are texts.
  private let textSlots: [Int]
  private let words = Store<UInt64>()
  private let texts = Store<TextReference>()
  private var count: Int32 = 0
  private var free: [Int32] = []
  private let arena = Arena()

  init(_ layout: SortKeyLayout, isStored: [Bool]) {
    self.layout = layout
    self.isStored = isStored
    textSlots = layout.slots.indices.filter { slot in
      if case .text = layout.slots[slot] { true } else { false }
    }
  }

  /// The slots of a block's rows.
  struct Rows {
    let layout: SortKeyLayout
    let words: [Store<UInt64>]
    let texts: [Store<TextReference>]
    private let order: Store<Int64>

    init(_ layout: SortKeyLayout, blockRows: Int) {
      self.layout = layout
      words = layout.slots.map { _ in Store(undefined: blockRows) }
      texts = layout.slots.map { slot in
        if case .text = slot { return Store(undefined: blockRows) }
        return Store(capacity: 1)
      }
      order = Store(undefined: blockRows)
    }

    /// Reads the sort keys of a block.
    func read(_ rows: GroupedRows, _ keys: [DenseColumn]) {
      for (slot, kind) in layout.slots.enumerated() {
        layout.encode(
          slot, keys[kind.key], rows, into: words[slot].pointer, order: order.pointer,
          texts: texts[slot].pointer)
      }
    }
  }

  private var width: Int { layout.slots.count - 1 }

  private mutating func place() -> Int32 {
    if let place = free.popLast() { return place }
    count += 1
    words.resize(to: Int(count) * width, filling: 0)
    texts.resize(to: Int(count) * textSlots.count, filling: .empty)
    return count - 1
  }

  /// Gives a place back.
  mutating func release(_ place: Int32) { free.append(place) }

  /// Keeps the details of a row of a block.
  mutating func keep(_ rows: Rows, _ row: Int) -> Int32 {
    let place = place()
    for slot in stride(from: 1, through: width, by: 1) {
      words.pointer[Int(place) * width + slot - 1] = rows.words[slot].pointer[row]
    }
    for (position, slot) in textSlots.enumerated() {
      let text = rows.texts[slot].pointer[row]
      texts.pointer[Int(place) * textSlots.count + position] =
        isStored[layout.slots[slot].key]
        ? text : TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count)
    }
    return place
  }

  /// Keeps the details of another's candidate, whose texts are referred to.
  mutating func keep(_ other: Int32, of details: TopDetails) -> Int32 {
    let place = place()
    (words.pointer + Int(place) * width).update(
      from: details.words.pointer + Int(other) * width, count: width)
    (texts.pointer + Int(place) * textSlots.count).update(
      from: details.texts.pointer + Int(other) * textSlots.count, count: textSlots.count)
    return place
  }

  /// Below 0, 0 or above 0 as a row of a block goes before, with or after a candidate.
  func compare(_ rows: Rows, _ row: Int, _ candidate: TopRows.Candidate) -> Int {
    compare(candidate) { slot in
      rows.words[slot].pointer[row]
    } text: { slot in
      rows.texts[slot].pointer[row]
    }
  }

  /// Below 0, 0 or above 0 as the keys of a candidate go before, with or after another's.
  func compare(_ left: TopRows.Candidate, _ right: TopRows.Candidate) -> Int {
    if left.word != right.word { return left.word < right.word ? -1 : 1 }
    return compare(right) { slot in
      slot == 0 ? left.word : words.pointer[Int(left.detail) * width + slot - 1]
    } text: { slot in
      texts.pointer[Int(left.detail) * textSlots.count + textPosition(slot)]
    }
  }

  private func textPosition(_ slot: Int) -> Int { textSlots.firstIndex(of: slot) ?? 0 }

  @inline(__always) private func compare(
    _ candidate: TopRows.Candidate, word: (Int) -> UInt64, text: (Int) -> TextReference
  ) -> Int {
    for (slot, kind) in layout.slots.enumerated() {
      let own = word(slot)
      let other =
        slot == 0 ? candidate.word : words.pointer[Int(candidate.detail) * width + slot - 1]
      if own != other { return own < other ? -1 : 1 }
      guard case .text(let key) = kind else { continue }
      let kept = texts.pointer[Int(candidate.detail) * textSlots.count + textPosition(slot)]
      let order = text(slot).compare(kept)
      if order != 0 { return (order < 0) != layout.isDescending[key] ? -1 : 1 }
    }
    return 0
  }
}
