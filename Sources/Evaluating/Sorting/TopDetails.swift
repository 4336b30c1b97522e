/// What candidates of `TopRows` have beside their first word: the words of the other slots, and
/// texts, in places that are used again.
final class TopDetails: @unchecked Sendable {
  // @unchecked: as its owner.
  private let isStored: [Bool]
  /// By slot: 0 for words alone, 1 for texts, -1 for texts in descending order.
  private let directions: [Int]
  /// Slots that are texts.
  private let textSlots: [Int]
  private let words = Store<UInt64>()
  private let texts = Store<TextReference>()
  private var count: Int32 = 0
  private var free: [Int32] = []
  private let arena = Arena()

  init(_ layout: SortKeyLayout, isStored: [Bool]) {
    directions = layout.slots.map { slot in
      if case .text(let key) = slot { layout.isDescending[key] ? -1 : 1 } else { 0 }
    }
    let textSlots = directions.indices.filter { [directions] in directions[$0] != 0 }
    self.textSlots = textSlots
    self.isStored = textSlots.map { isStored[layout.slots[$0].key] }
  }

  /// The slots of a block's rows.
  final class Rows: @unchecked Sendable {
    // @unchecked: as its owner.
    private let layout: SortKeyLayout
    let words: [Store<UInt64>]
    private let texts: [Store<TextReference>]
    private let order: Store<Int64>
    private let codeWords = Store<UInt64>(capacity: 64)
    /// The addresses of both, which loops take without counting references; those of texts are there for
    /// chosen rows that are not null.
    let wordPlaces = Store<UnsafeMutablePointer<UInt64>>()
    fileprivate let textPlaces = Store<UnsafePointer<TextReference>>()

    init(_ layout: SortKeyLayout, blockRows: Int) {
      self.layout = layout
      words = layout.slots.map { _ in Store(undefined: blockRows) }
      texts = layout.slots.map { slot in
        if case .text = slot { return Store(undefined: blockRows) }
        return Store(capacity: 1)
      }
      order = Store(undefined: blockRows)
      for slot in words { wordPlaces.append(slot.pointer) }
      for slot in texts { textPlaces.append(UnsafePointer(slot.pointer)) }
    }

    /// Reads all slots of a block, none of which are texts.
    func read(_ rows: GroupedRows, _ keys: [DenseColumn]) {
      for slot in layout.slots.indices { read(slot, rows, keys) }
    }

    /// Reads the first slot of a block, of texts the words alone.
    func readFirst(_ rows: GroupedRows, _ keys: [DenseColumn]) { read(0, rows, keys) }

    /// Reads of the chosen rows what is left of the slots.
    func readRest(_ rows: GroupedRows, _ keys: [DenseColumn], _ chosen: UnsafeBufferPointer<UInt32>)
    {
      for slot in stride(from: 1, to: layout.slots.count, by: 1) {
        if case .text(let key) = layout.slots[slot], chosen.count < rows.count / 4 {
          layout.encodeTexts(slot, keys[key], rows, chosen, into: words[slot].pointer)
        } else {
          read(slot, rows, keys)
        }
      }
      for (slot, kind) in layout.slots.enumerated() {
        guard case .text(let key) = kind else { continue }
        if case .texts(let stored, _) = keys[key].values {
          textPlaces.pointer[slot] = stored
          continue
        }
        textPlaces.pointer[slot] = UnsafePointer(texts[slot].pointer)
        for row in chosen { texts[slot].pointer[Int(row)] = keys[key].text(Int(row)) }
      }
    }

    private func read(_ slot: Int, _ rows: GroupedRows, _ keys: [DenseColumn]) {
      let kind = layout.slots[slot]
      if case .text(let key) = kind {
        layout.encodeTexts(slot, keys[key], rows, into: words[slot].pointer, codeWords)
        return
      }
      layout.encode(
        slot, keys[kind.key], rows, into: words[slot].pointer, order: order.pointer,
        texts: texts[slot].pointer)
    }
  }

  private var width: Int { directions.count - 1 }

  private func place() -> Int32 {
    if let place = free.popLast() { return place }
    count += 1
    words.resize(to: Int(count) * width, filling: 0)
    texts.resize(to: Int(count) * textSlots.count, filling: .empty)
    return count - 1
  }

  /// Gives a place back.
  func release(_ place: Int32) { free.append(place) }

  /// Keeps the details of a row of a block.
  func keep(_ rows: Rows, _ row: Int) -> Int32 {
    let place = place()
    for slot in stride(from: 1, through: width, by: 1) {
      words.pointer[Int(place) * width + slot - 1] = rows.wordPlaces.pointer[slot][row]
    }
    for (position, slot) in textSlots.enumerated() {
      let isNull = rows.wordPlaces.pointer[slot][row] == SortKeyLayout.null
      let text = isNull ? .empty : rows.textPlaces.pointer[slot][row]
      texts.pointer[Int(place) * textSlots.count + position] =
        isStored[position]
        ? text : TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count)
    }
    return place
  }

  /// Keeps the details of another's candidate, whose texts are referred to.
  func keep(_ other: Int32, of details: TopDetails) -> Int32 {
    let place = place()
    (words.pointer + Int(place) * width).update(
      from: details.words.pointer + Int(other) * width, count: width)
    (texts.pointer + Int(place) * textSlots.count).update(
      from: details.texts.pointer + Int(other) * textSlots.count, count: textSlots.count)
    return place
  }

  /// Below 0, 0 or above 0 as a row of a block goes before, with or after a candidate.
  func compare(_ rows: Rows, _ row: Int, _ candidate: TopRows.Candidate) -> Int {
    let (own, ownTexts) = (rows.wordPlaces.pointer, rows.textPlaces.pointer)
    return compare(candidate) { slot in
      own[slot][row]
    } text: { slot in
      ownTexts[slot][row]
    }
  }

  /// Below 0, 0 or above 0 as the keys of a candidate go before, with or after another's.
  func compare(_ left: TopRows.Candidate, _ right: TopRows.Candidate) -> Int {
    if left.word != right.word { return left.word < right.word ? -1 : 1 }
    let own = words.pointer + Int(left.detail) * width - 1
    return compare(right) { slot in
      slot == 0 ? left.word : own[slot]
    } text: { slot in
      texts.pointer[Int(left.detail) * textSlots.count + textPosition(slot)]
    }
  }

  private func textPosition(_ slot: Int) -> Int { textSlots.firstIndex(of: slot) ?? 0 }

  @inline(__always) private func compare(
    _ candidate: TopRows.Candidate, word: (Int) -> UInt64, text: (Int) -> TextReference
  ) -> Int {
    let kept = words.pointer + Int(candidate.detail) * width - 1
    var slot = 0
    while slot < directions.count {
      let own = word(slot)
      let other = slot == 0 ? candidate.word : kept[slot]
      if own != other { return own < other ? -1 : 1 }
      let direction = directions[slot]
      if direction != 0 && own != SortKeyLayout.null {
        let order = text(slot).compare(
          texts.pointer[Int(candidate.detail) * textSlots.count + textPosition(slot)])
        if order != 0 { return order < 0 ? -direction : direction }
      }
      slot &+= 1
    }
    return 0
  }
}
