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
  /// By number: what tells a short text, so that its bytes need not be read.
  private let outlines: Store<TextOutline>
  /// The number of a text, and above it 32 bits of its hash, so that few others are looked at.
  private var slots: Store<UInt64>
  private var mask: Int
  private let arena = Arena()
  private var codeNumbers: [ObjectIdentifier: Store<UInt32>] = [:]
  /// Keeps the dictionaries, whose texts are referred to, and their identities alive.
  private var dictionaries: [TextDictionary] = []
  /// Whether texts may be far from each other, so that their bytes are read only where they must be:
  /// outlines are not made then.
  private let isFar: Bool
  /// Scratch memory for a batch of texts.
  private let batchOutlines: Store<TextOutline>
  private let batchHashes = Store<UInt64>(undefined: batch)
  private let entries = Store<UInt64>(undefined: batch)
  private let candidates: Store<TextReference>
  private let areAlike = Store<Bool>(undefined: batch)
  /// Kept only so that reads ahead are made.
  private var seenBytes: UInt8 = 0

  private static let batch = 512

  init(isFar: Bool = false) {
    self.isFar = isFar
    batchOutlines = Store(undefined: isFar ? 1 : TextInterner.batch)
    candidates = Store(undefined: isFar ? TextInterner.batch : 1)
    texts = Store(capacity: 256)
    hashes = Store(capacity: 256)
    outlines = Store(capacity: 256)
    texts.append(.empty)
    hashes.append(0)
    outlines.append(.none)
    slots = Store(repeating: 0, count: 512)
    mask = 511
  }

  /// The number of texts.
  var count: Int { texts.count - 1 }

  /// The number of a text, which is added when it is new.
  func number(_ text: TextReference, hash: UInt64, copying: Bool) -> UInt32 {
    makeRoom(for: 1)
    let outline = isFar ? TextOutline.none : text.outline
    return UInt32(truncatingIfNeeded: numberInRoom(text, outline, hash, copying: copying))
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
      makeRoom(for: own)
      isFar
        ? lookFar(texts + start, own, hashes.map { $0 + start })
        : lookNear(texts + start, own, hashes.map { $0 + start })
      numberBatch(texts + start, own, copying: copying, into: numbers + start)
    }
  }

  // Looking is done step by step: loops that only read memory at random wait for many places at once,
  // where one loop for all would wait for one after the other.

  /// Finds the text in the slot of each hash, and whether it is the same, by outlines.
  private func lookNear(
    _ texts: UnsafePointer<TextReference>, _ count: Int, _ given: UnsafePointer<UInt64>?
  ) {
    let (outlines, hashes) = (batchOutlines.pointer, batchHashes.pointer)
    var longest = 0
    for row in 0..<count {
      outlines[row] = texts[row].outline
      longest = max(longest, texts[row].count)
    }
    if let given {
      hashes.update(from: given, count: count)
    } else if longest <= TextOutline.length {
      for row in 0..<count { hashes[row] = outlines[row].hash }
    } else {
      for row in 0..<count { hashes[row] = texts[row].hash(outlines[row]) }
    }
    findEntries(count)
    let (entries, areAlike, known) = (entries.pointer, areAlike.pointer, self.outlines.pointer)
    for row in 0..<count { areAlike[row] = known[number(entries[row])] == outlines[row] }
    if longest > TextOutline.length { compareLong(texts, count) }
  }

  /// Looks at the bytes of those alike that their outlines do not tell.
  private func compareLong(_ texts: UnsafePointer<TextReference>, _ count: Int) {
    let (entries, areAlike, known) = (entries.pointer, areAlike.pointer, self.texts.pointer)
    var seen: UInt8 = 0
    for row in 0..<count where areAlike[row] && texts[row].count > TextOutline.length {
      seen |= known[number(entries[row])].bytes[8]
    }
    seenBytes = seen
    for row in 0..<count where areAlike[row] && texts[row].count > TextOutline.length {
      areAlike[row] = texts[row].equals(known[number(entries[row])])
    }
  }

  /// As `lookNear`, by the texts of those whose hashes are alike.
  private func lookFar(
    _ texts: UnsafePointer<TextReference>, _ count: Int, _ given: UnsafePointer<UInt64>?
  ) {
    let (hashes, entries) = (batchHashes.pointer, entries.pointer)
    let (areAlike, candidates, known) = (areAlike.pointer, candidates.pointer, self.texts.pointer)
    if let given {
      hashes.update(from: given, count: count)
    } else {
      for row in 0..<count { hashes[row] = texts[row].hash }
    }
    findEntries(count)
    for row in 0..<count {
      areAlike[row] = entries[row] != 0 && (entries[row] ^ hashes[row]) &>> 32 == 0
      candidates[row] = known[areAlike[row] ? number(entries[row]) : 0]
    }
    let empty = TextReference.empty.bytes
    var seen: UInt8 = 0
    for row in 0..<count {
      let (one, other) = (candidates[row].bytes, areAlike[row] ? texts[row].bytes : empty)
      seen |= one[0] ^ other[0]
    }
    seenBytes = seen
    for row in 0..<count where areAlike[row] {
      areAlike[row] = candidates[row].equals(texts[row])
    }
  }

  /// Reads the slots of a batch.
  private func findEntries(_ count: Int) {
    let (hashes, entries, slots, mask) = (batchHashes.pointer, entries.pointer, slots.pointer, mask)
    for row in 0..<count { entries[row] = slots[Int(truncatingIfNeeded: hashes[row]) & mask] }
  }

  @inline(__always) private func number(_ entry: UInt64) -> Int {
    Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
  }

  private func numberBatch(
    _ texts: UnsafePointer<TextReference>, _ count: Int, copying: Bool,
    into numbers: UnsafeMutablePointer<Int64>
  ) {
    let (entries, areAlike) = (entries.pointer, areAlike.pointer)
    let (outlines, hashes, isFar) = (batchOutlines.pointer, batchHashes.pointer, isFar)
    for row in 0..<count {
      numbers[row] = Int64(number(entries[row]))
      if !areAlike[row] {
        let outline = isFar ? TextOutline.none : outlines[row]
        numbers[row] = Int64(numberInRoom(texts[row], outline, hashes[row], copying: copying))
      }
    }
  }

  /// As `number`, where there is room for one more; texts without an outline are compared.
  @inline(__always) private func numberInRoom(
    _ text: TextReference, _ outline: TextOutline, _ hash: UInt64, copying: Bool
  ) -> Int {
    let (slots, known, outlines, mask) = (slots.pointer, texts.pointer, outlines.pointer, mask)
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    var entry = slots[slot]
    while entry != 0 {
      let number = number(entry)
      if entry ^ UInt64(number) == mark {
        let isTold = !isFar && text.count <= TextOutline.length
        if isTold ? outlines[number] == outline : known[number].equals(text) { return number }
      }
      slot = (slot &+ 1) & mask
      entry = slots[slot]
    }
    let number = texts.count
    slots[slot] = mark | UInt64(number)
    known[number] =
      copying ? TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count) : text
    hashes.pointer[number] = hash
    outlines[number] = outline
    texts.setCount(number &+ 1)
    hashes.setCount(number &+ 1)
    self.outlines.setCount(number &+ 1)
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
    outlines.reserve(texts.count + more)
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
