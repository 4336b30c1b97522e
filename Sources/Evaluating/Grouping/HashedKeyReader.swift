import Columns
import Kernels

/// Reads the values of one hashed key from the words of groups.
struct HashedKeyReader: Sendable {
  private let tables: [Store<UInt64>]
  private let width: Int
  private let position: Int
  private let part: KeyPacking.Part?
  private let reservesNull: Bool
  private let nullWord: Int
  private let nullBit: UInt64
  private let texts: KeyTexts?

  /// Reads the key at a position from the groups of an aggregation.
  init(_ grouping: GroupingLayout, _ merged: MergedGroups, _ position: Int) {
    let none = Store<UInt64>(repeating: 0, count: grouping.keyWidth)
    tables = merged.parts.map { $0.table?.words ?? none }
    width = grouping.keyWidth
    self.position = position
    part = grouping.packing?.parts[position]
    reservesNull = grouping.reservesNull
    nullWord = grouping.keys.count + position / 64
    nullBit = UInt64(position & 63)
    texts = merged.texts[position]
  }

  /// The dictionary whose codes the words are; nil for other keys.
  var dictionary: TextDictionary? {
    if case .codes(let dictionary) = part?.kind { dictionary } else { nil }
  }

  /// The word of a group's key, and 1 where it is a value, 0 where it is null.
  @inline(__always) func word(_ place: GroupPlace) -> (word: UInt64, isPresent: UInt64) {
    let words = tables[Int(place.part)].pointer + Int(place.group) &* width
    if let part {
      let code = part.code(in: words[0])
      return (code, code == part.null ? 0 : 1)
    }
    if reservesNull { return (words[0], place.group == 1 ? 0 : 1) }
    return (words[position], ~words[nullWord] &>> nullBit & 1)
  }

  /// The float of a group; nil where it is null.
  func float(_ place: GroupPlace) -> Double? {
    let (word, isPresent) = word(place)
    if isPresent == 0 { return nil }
    if case .floats(let unit, let base, _) = part?.kind {
      return unit.value(base &+ Int64(bitPattern: word))
    }
    return orderedFloat(Int64(bitPattern: word))
  }

  /// Writes the texts of groups, and which are present; false when all are.
  func texts(
    _ places: UnsafeBufferPointer<GroupPlace>, into texts: UnsafeMutablePointer<TextReference>,
    present: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    var nulls = 0
    for index in 0..<places.count {
      let (word, isPresent) = word(places[index])
      let number = Int(truncatingIfNeeded: word)
      if isPresent == 0 {
        nulls &+= 1
        texts[index] = .empty
        continue
      }
      if case .codes(let dictionary) = part?.kind {
        texts[index] = TextReference(dictionary.texts, at: number)
      } else {
        texts[index] = self.texts?[Int(places[index].part)].pointer[number] ?? .empty
      }
      present[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index & 63)
    }
    return nulls > 0
  }

  /// Writes the integers of groups, and which are present; false when all are.
  func integers(
    _ places: UnsafeBufferPointer<GroupPlace>, into integers: UnsafeMutablePointer<Int64>,
    present: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    var (base, unit) = (UInt64(0), UInt64(1))
    switch part?.kind {
    case .integers(let first, let step), .multiples(let first, let step):
      (base, unit) = (UInt64(bitPattern: first), UInt64(step))
    case .floats, .codes, .numbers, nil: break
    }
    var nulls = 0
    for start in stride(from: 0, to: places.count, by: 64) {
      var bits: UInt64 = 0
      for index in start..<min(start &+ 64, places.count) {
        let (word, isPresent) = word(places[index])
        integers[index] = Int64(bitPattern: base &+ word &* unit)
        bits |= isPresent &<< UInt64(truncatingIfNeeded: index & 63)
        nulls &+= Int(1 &- isPresent)
      }
      present[start &>> 6] = bits
    }
    return nulls > 0
  }
}

/// The texts of a key's numbers: of all groups, or of each part for itself.
struct KeyTexts: Sendable {
  private let stores: [Store<TextReference>]
  /// Keeps what the texts lie in alive.
  private let owners: [any AnyObject & Sendable]

  /// One numbering for all parts.
  init(_ texts: UnifiedTexts) {
    stores = [texts.texts]
    owners = [texts]
  }

  /// An interner a part.
  init(_ interners: [TextInterner]) {
    stores = interners.map(\.texts)
    owners = interners
  }

  /// By number, those of a part.
  subscript(part: Int) -> Store<TextReference> { stores.count == 1 ? stores[0] : stores[part] }
}
