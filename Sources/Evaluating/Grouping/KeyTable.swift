/// Numbers different keys from 1 on, in the order in which they are first seen; 0 means none.
///
/// A key is `width` words. Open addressing with linear probing over 32-bit numbers; the words lie
/// beside in order of number. At most half of the slots are taken.
final class KeyTable: @unchecked Sendable {
  // @unchecked: filled by one worker, read by others afterwards.
  let width: Int
  /// `width` words a number; those of number 0 are scratch for the key that is looked for.
  let words: Store<UInt64>
  /// The greatest number given.
  private(set) var count: Int
  private let reserved: Int
  private var slots: Store<UInt32>
  private var shift: UInt64
  private var mask: Int
  /// Whether of the keys last asked for some were new and some were not, which no branch can guess.
  private var isMixed = true

  /// Numbers from 1 to `reserved` belong to no key.
  init(width: Int, reserving reserved: Int = 0, expecting keys: Int = 0) {
    self.width = width
    self.reserved = reserved
    count = reserved
    var capacity = 1 << 10
    while capacity < keys * 2 { capacity <<= 1 }
    slots = Store(repeating: 0, count: capacity)
    shift = UInt64(64 - capacity.trailingZeroBitCount)
    mask = capacity - 1
    words = Store(capacity: width * 512)
    words.resize(to: width * (reserved + 1), filling: 0)
  }

  /// The hash of a key of one word.
  @inline(__always) static func hash(_ word: UInt64) -> UInt64 {
    (word ^ word &>> 32) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The hash of a key of several words.
  @inline(__always) static func hash(_ words: UnsafePointer<UInt64>, _ width: Int) -> UInt64 {
    if width == 1 { return hash(words[0]) }
    var state: UInt64 = 0
    var word = 0
    while word &+ 2 <= width {
      state = mix(state ^ words[word], words[word &+ 1])
      word &+= 2
    }
    return word < width ? mix(state ^ words[word]) : state
  }

  /// Writes the number of each key, adding those that are new; keys lie one after the other.
  ///
  /// The new ones are those above the count before.
  func number(
    _ keys: UnsafePointer<UInt64>, _ count: Int, into numbers: UnsafeMutablePointer<UInt32>
  ) {
    makeRoom(for: count)
    let before = self.count
    defer { isMixed = (count / 8...count - count / 8).contains(self.count - before) }
    switch width {
    case 1 where isMixed: numberMixed(keys, count, width: 1, into: numbers)
    case 2 where isMixed: numberMixed(keys, count, width: 2, into: numbers)
    case 1: numberSingles(keys, count, into: numbers)
    case 2: numberSeveral(keys, count, width: 2, into: numbers)
    case 3: numberSeveral(keys, count, width: 3, into: numbers)
    default: numberSeveral(keys, count, width: width, into: numbers)
    }
  }

  /// Gives the words 1 to `last` the numbers behind the reserved ones, of a table of which no key
  /// was asked for.
  func countUp(to last: Int) {
    if last + reserved <= count { return }
    words.reserve(last + reserved + 1)
    for number in count + 1...last + reserved {
      words.pointer[number] = UInt64(truncatingIfNeeded: number - reserved)
    }
    setCount(last + reserved)
  }

  private func numberSingles(
    _ keys: UnsafePointer<UInt64>, _ count: Int, into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let slots = slots.pointer
    let words = words.pointer
    let shift = shift
    let mask = mask
    var known = UInt32(truncatingIfNeeded: self.count)
    for row in 0..<count {
      let key = keys[row]
      var slot = Int(truncatingIfNeeded: KeyTable.hash(key) &>> shift)
      while true {
        var number = slots[slot]
        if number == 0 {
          known &+= 1
          number = known
          slots[slot] = number
          words[Int(number)] = key
        } else if words[Int(number)] != key {
          slot = (slot &+ 1) & mask
          continue
        }
        numbers[row] = number
        break
      }
    }
    setCount(Int(known))
  }

  /// As the others, without a branch on whether a key is new: its words are written in any case.
  @inline(__always) private func numberMixed(
    _ keys: UnsafePointer<UInt64>, _ count: Int, width: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let slots = slots.pointer
    let words = words.pointer
    let (shift, mask) = (shift, mask)
    var known = UInt32(truncatingIfNeeded: self.count)
    for row in 0..<count {
      let key = keys + row &* width
      var slot = Int(truncatingIfNeeded: KeyTable.hash(key, width) &>> shift)
      var number = slots[slot]
      // As the key of number 0 it is found where nothing is, too: one test for both.
      for word in 0..<width { words[word] = key[word] }
      while !areEqual(words + Int(number) &* width, key, width) {
        slot = (slot &+ 1) & mask
        number = slots[slot]
      }
      let isNew: UInt32 = number == 0 ? 1 : 0
      known &+= isNew
      number |= known & (0 &- isNew)
      slots[slot] = number
      for word in 0..<width { words[Int(number) &* width &+ word] = key[word] }
      numbers[row] = number
    }
    for word in 0..<width { words[word] = 0 }
    setCount(Int(known))
  }

  /// Made for each width: a loop of known turns is none.
  @inline(__always) private func numberSeveral(
    _ keys: UnsafePointer<UInt64>, _ count: Int, width: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let slots = slots.pointer
    let words = words.pointer
    let shift = shift
    let mask = mask
    var known = self.count
    for row in 0..<count {
      let key = keys + row &* width
      var slot = Int(truncatingIfNeeded: KeyTable.hash(key, width) &>> shift)
      var number = slots[slot]
      while number != 0 && !areEqual(words + Int(number) &* width, key, width) {
        slot = (slot &+ 1) & mask
        number = slots[slot]
      }
      if number == 0 {
        known &+= 1
        number = UInt32(truncatingIfNeeded: known)
        slots[slot] = number
        for word in 0..<width { words[known &* width &+ word] = key[word] }
      }
      numbers[row] = number
    }
    setCount(known)
  }

  @inline(__always) private func areEqual(
    _ own: UnsafePointer<UInt64>, _ key: UnsafePointer<UInt64>, _ width: Int
  ) -> Bool {
    var difference: UInt64 = 0
    for word in 0..<width { difference |= own[word] ^ key[word] }
    return difference == 0
  }

  private func setCount(_ count: Int) {
    self.count = count
    words.setCount((count + 1) * width)
  }

  private func makeRoom(for more: Int) {
    words.reserve((count + more + 1) * width)
    var capacity = mask + 1
    if (count + more) * 2 <= capacity { return }
    while capacity < (count + more) * 2 { capacity <<= 1 }
    slots = Store(repeating: 0, count: capacity)
    shift = UInt64(64 - capacity.trailingZeroBitCount)
    mask = capacity - 1
    let slots = slots.pointer
    for number in stride(from: reserved + 1, through: count, by: 1) {
      let hash = KeyTable.hash(words.pointer + number &* width, width)
      var slot = Int(truncatingIfNeeded: hash &>> shift)
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: number)
    }
  }
}
