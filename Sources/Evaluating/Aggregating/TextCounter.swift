/// Counts the different texts of groups, partition after partition, in a table that is used again.
final class TextCounter: @unchecked Sendable {
  // @unchecked: used by one worker; read by others after its loop has ended.
  let counts: Store<Int64>
  /// The texts met so far; entry 0 is none.
  private var known = Store<GroupedText>(capacity: 1 << 12)
  /// The number of a text, and above it 32 bits of its hash.
  private var slots = Store<UInt64>(repeating: 0, count: 1 << 12)

  /// For so many groups, as yet.
  init(groups: Int = 0) {
    counts = Store(repeating: 0, count: groups)
    known.append(GroupedText(.empty, group: 0))
  }

  /// Takes in texts of groups; those of group 0 are left out.
  func add(_ texts: UnsafePointer<TextReference>, _ groups: UnsafePointer<UInt32>, _ count: Int) {
    makeRoom(for: count)
    for row in 0..<count where groups[row] != 0 {
      addInRoom(GroupedText(texts[row], group: groups[row]))
    }
  }

  /// Takes in texts, whose groups become what `indexes` says.
  func add(
    _ parts: [UnsafeMutableBufferPointer<GroupedText>], _ indexes: UnsafePointer<Int32>
  ) {
    for part in parts {
      makeRoom(for: part.count)
      addInRoom(part, indexes)
    }
  }

  private func addInRoom(
    _ part: UnsafeMutableBufferPointer<GroupedText>, _ indexes: UnsafePointer<Int32>
  ) {
    for var text in part {
      let index = indexes[Int(text.group)]
      if index < 0 { continue }
      text.group = UInt32(bitPattern: index)
      addInRoom(text)
    }
  }

  @inline(__always) private func addInRoom(_ text: GroupedText) {
    let (known, slots, mask) = (known.pointer, slots.pointer, slots.count &- 1)
    let hash = TextCounter.hash(text)
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    var entry = slots[slot]
    while entry != 0 {
      let number = entry & 0xFFFF_FFFF
      if entry ^ number == mark, known[Int(number)].equals(text) { return }
      slot = (slot &+ 1) & mask
      entry = slots[slot]
    }
    let number = self.known.count
    slots[slot] = mark | UInt64(number)
    known[number] = text
    self.known.setCount(number &+ 1)
    counts.pointer[Int(text.group)] &+= 1
  }

  /// A text's hash and its group's mixed, so that one text's groups do not crowd one place.
  @inline(__always) private static func hash(_ text: GroupedText) -> UInt64 {
    mix(text.hash &+ UInt64(text.group) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Makes room for more texts: at most half of the slots are taken.
  private func makeRoom(for more: Int) {
    known.reserve(known.count + more)
    var capacity = max(64, slots.count)
    while capacity < (known.count + more) * 2 { capacity <<= 1 }
    if capacity == slots.count { return }
    slots.removeAll()
    slots.resize(to: capacity, filling: 0)
    for number in 1..<known.count {
      let hash = TextCounter.hash(known.pointer[number])
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots.pointer[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots.pointer[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number)
    }
  }

  /// Forgets the texts, and keeps the counts.
  func forgetTexts() {
    slots.pointer.update(repeating: 0, count: slots.count)
    known.setCount(1)
  }

  /// Gives the memory of the texts back, behind the last one.
  func giveBack() {
    known = Store(undefined: 1)
    slots = Store(capacity: 1)
  }
}
