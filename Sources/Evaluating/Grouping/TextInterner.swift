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
  /// The number of a text, and above it 32 bits of its hash, so that few others are looked at.
  private var slots: Store<UInt64>
  private var mask: Int
  private let arena = Arena()
  private var codeNumbers: [ObjectIdentifier: Store<UInt32>] = [:]
  /// Keeps the dictionaries, whose texts are referred to, and their identities alive.
  private var dictionaries: [TextDictionary] = []
  /// Keeps the arenas alive whose texts were taken over.
  private var sources: [TextInterner] = []

  init() {
    texts = Store(capacity: 256)
    hashes = Store(capacity: 256)
    texts.append(.empty)
    hashes.append(0)
    slots = Store(repeating: 0, count: 512)
    mask = 511
  }

  /// The number of texts.
  var count: Int { texts.count - 1 }

  /// The number of a text, which is added when it is new.
  func number(_ text: TextReference, hash: UInt64, copying: Bool) -> UInt32 {
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots.pointer[slot]
      if entry == 0 { break }
      let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if entry ^ UInt64(number) == mark, texts.pointer[number].equals(text) {
        return UInt32(truncatingIfNeeded: number)
      }
      slot = (slot &+ 1) & mask
    }
    let number = UInt32(truncatingIfNeeded: texts.count)
    slots.pointer[slot] = mark | UInt64(number)
    texts.append(
      copying
        ? TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count) : text)
    hashes.append(hash)
    if texts.count * 2 > mask { grow() }
    return number
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

extension TextInterner {
  /// The texts of several interners under one numbering: for each, what its numbers become.
  static func unified(_ interners: [TextInterner]) -> (all: TextInterner, numbers: [Store<UInt32>])
  {
    if interners.count == 1 {
      let same = Store<UInt32>(undefined: interners[0].texts.count)
      for number in 0..<same.count { same.pointer[number] = UInt32(truncatingIfNeeded: number) }
      return (interners[0], [same])
    }
    let all = TextInterner()
    all.sources = interners
    let numbers = interners.map { interner in
      let numbers = Store<UInt32>(repeating: 0, count: interner.texts.count)
      for own in 1..<max(1, interner.texts.count) {
        numbers.pointer[own] = all.number(
          interner.texts.pointer[own], hash: interner.hashes.pointer[own], copying: false)
      }
      return numbers
    }
    return (all, numbers)
  }
}
