import Columns

/// Numbers different texts from 1 on, in the order in which they are first seen; 0 means none.
///
/// Texts of columns and dictionaries are referred to where they lie; texts of scratch memory are
/// copied into an arena.
final class TextInterner: @unchecked Sendable {
  // @unchecked: filled by one worker, read by others afterwards.
  /// By number; entry 0 is the empty text and means nothing.
  let texts: Store<TextReference>
  let hashes: Store<UInt64>
  /// By number: what a short text is compared by, so that its bytes need not be read.
  private let shortKeys: Store<UInt64>
  /// The number of a text, and above it 32 bits of its hash, so that few others are looked at.
  private var slots: Store<UInt64>
  private var mask: Int
  private let arena = Arena()
  private var codeNumbers: [ObjectIdentifier: Store<UInt32>] = [:]
  /// Keeps the dictionaries, whose texts are referred to, and their identities alive.
  private var dictionaries: [TextDictionary] = []
  /// Scratch memory for a batch of texts.
  private let batchHashes = Store<UInt64>(undefined: batch)
  private let batchKeys = Store<UInt64>(undefined: batch)
  private let entries = Store<UInt64>(undefined: batch)
  private let candidates = Store<TextReference>(undefined: batch)
  private let candidateKeys = Store<UInt64>(undefined: batch)
  private let firstBytes = Store<UInt8>(undefined: batch)

  private static let batch = 512

  init() {
    texts = Store(capacity: 256)
    hashes = Store(capacity: 256)
    shortKeys = Store(capacity: 256)
    texts.append(.empty)
    hashes.append(0)
    // No text's.
    shortKeys.append(TextReference.longKey - 1)
    slots = Store(repeating: 0, count: 512)
    mask = 511
  }

  /// The number of texts.
  var count: Int { texts.count - 1 }

  /// The number of a text, which is added when it is new.
  func number(_ text: TextReference, hash: UInt64, copying: Bool) -> UInt32 {
    makeRoom(for: 1)
    return UInt32(truncatingIfNeeded: numberInRoom(text, hash, copying: copying))
  }

  /// Writes the number of each text; new ones are added in order.
  ///
  /// Their hashes need not be given.
  func number(
    _ texts: UnsafePointer<TextReference>, _ count: Int, copying: Bool,
    hashes: UnsafePointer<UInt64>? = nil, into numbers: UnsafeMutablePointer<Int64>
  ) {
    for start in stride(from: 0, to: count, by: TextInterner.batch) {
      let own = min(TextInterner.batch, count - start)
      let (keys, ownHashes) = (batchKeys.pointer, batchHashes.pointer)
      for row in 0..<own { keys[row] = texts[start &+ row].shortKey }
      if let hashes {
        ownHashes.update(from: hashes + start, count: own)
      } else {
        for row in 0..<own { ownHashes[row] = texts[start &+ row].hash(shortKey: keys[row]) }
      }
      makeRoom(for: own)
      look(texts + start, own)
      numberBatch(texts + start, own, copying: copying, into: numbers + start)
    }
  }

  /// Finds the text in the slot of each hash, step by step: loops that only read memory at random
  /// wait for many places at once, where one loop for all would wait for one after the other.
  private func look(_ texts: UnsafePointer<TextReference>, _ count: Int) {
    let hashes = batchHashes.pointer
    let entries = entries.pointer
    let candidates = candidates.pointer
    let firstBytes = firstBytes.pointer
    let slots = slots.pointer
    let mask = mask
    let known = self.texts.pointer
    let (shortKeys, keys) = (shortKeys.pointer, batchKeys.pointer)
    let candidateKeys = candidateKeys.pointer
    for row in 0..<count { entries[row] = slots[Int(truncatingIfNeeded: hashes[row]) & mask] }
    // Entry 0 stands in for what is not needed.
    for row in 0..<count {
      let number = Int(truncatingIfNeeded: entries[row] & 0xFFFF_FFFF)
      let isLong = keys[row] == TextReference.longKey
      candidates[row] = known[isLong ? number : 0]
      candidateKeys[row] = shortKeys[isLong ? 0 : number]
    }
    // Only what will be compared is looked at: a new text's bytes may be nowhere near.
    let empty = TextReference.empty.bytes
    for row in 0..<count {
      let candidate = candidates[row]
      let isLikely = (entries[row] ^ hashes[row]) &>> 32 == 0 && candidate.count > 0
      let (one, other) = (isLikely ? candidate.bytes : empty, isLikely ? texts[row].bytes : empty)
      firstBytes[row] = one[0] ^ other[0]
    }
  }

  private func numberBatch(
    _ texts: UnsafePointer<TextReference>, _ count: Int, copying: Bool,
    into numbers: UnsafeMutablePointer<Int64>
  ) {
    let hashes = batchHashes.pointer
    let entries = entries.pointer
    let candidates = candidates.pointer
    let (keys, candidateKeys) = (batchKeys.pointer, candidateKeys.pointer)
    for row in 0..<count {
      let entry = entries[row]
      if keys[row] == candidateKeys[row] {
        numbers[row] = Int64(truncatingIfNeeded: entry & 0xFFFF_FFFF)
        continue
      }
      let isLong = keys[row] == TextReference.longKey
      let isLikely = isLong && entry != 0 && (entry ^ hashes[row]) &>> 32 == 0
      if isLikely && candidates[row].equals(texts[row]) {
        numbers[row] = Int64(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      } else {
        numbers[row] = Int64(numberInRoom(texts[row], hashes[row], copying: copying))
      }
    }
  }

  /// As `number`, where there is room for one more.
  @inline(__always) private func numberInRoom(
    _ text: TextReference, _ hash: UInt64, copying: Bool
  ) -> Int {
    let (slots, known, mask) = (slots.pointer, texts.pointer, mask)
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    var entry = slots[slot]
    while entry != 0 {
      let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if entry ^ UInt64(number) == mark, known[number].equals(text) { return number }
      slot = (slot &+ 1) & mask
      entry = slots[slot]
    }
    let number = texts.count
    slots[slot] = mark | UInt64(number)
    known[number] =
      copying ? TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count) : text
    hashes.pointer[number] = hash
    shortKeys.pointer[number] = text.shortKey
    texts.setCount(number &+ 1)
    hashes.setCount(number &+ 1)
    shortKeys.setCount(number &+ 1)
    return number
  }

  /// The number of a text that is there; 0 for others.
  func known(_ text: TextReference) -> UInt32 {
    let hash = text.hash
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots.pointer[slot] != 0 {
      let entry = slots.pointer[slot]
      let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if entry ^ UInt64(number) == mark, texts.pointer[number].equals(text) {
        return UInt32(truncatingIfNeeded: number)
      }
      slot = (slot &+ 1) & mask
    }
    return 0
  }

  /// Makes room for more texts, so that slots stay where they are while these are added.
  private func makeRoom(for more: Int) {
    texts.reserve(texts.count + more)
    hashes.reserve(texts.count + more)
    shortKeys.reserve(texts.count + more)
    while (texts.count + more) * 2 > mask { grow() }
  }

  /// The numbers of the codes of a dictionary.
  ///
  /// All texts of the dictionary are numbered at its first use; a key is counted only where a row
  /// has it, so that unused ones do no harm.
  func numbers(of dictionary: TextDictionary) -> UnsafePointer<UInt32> {
    if let known = codeNumbers[ObjectIdentifier(dictionary)] { return UnsafePointer(known.pointer) }
    let numbers = Store<UInt32>(capacity: dictionary.count)
    for code in 0..<dictionary.count {
      let text = TextReference(dictionary.texts, at: code)
      numbers.append(number(text, hash: text.hash, copying: false))
    }
    codeNumbers[ObjectIdentifier(dictionary)] = numbers
    dictionaries.append(dictionary)
    return UnsafePointer(numbers.pointer)
  }

  private func grow() {
    let capacity = (mask + 1) * 4
    slots = Store(repeating: 0, count: capacity)
    mask = capacity - 1
    for number in 1..<texts.count {
      var slot = Int(truncatingIfNeeded: hashes.pointer[number]) & mask
      while slots.pointer[slot] != 0 { slot = (slot &+ 1) & mask }
      slots.pointer[slot] = hashes.pointer[number] & 0xFFFF_FFFF_0000_0000 | UInt64(number)
    }
  }
}

extension TextReference {
  /// The text of a row.
  init(_ texts: TextSlice, at row: Int) {
    let start = Int(texts.offsets.pointer[row])
    let end = Int(texts.offsets.pointer[row + 1])
    self.init(bytes: UnsafePointer(texts.bytes.pointer + start), count: end - start)
  }
}
