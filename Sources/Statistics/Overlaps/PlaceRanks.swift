/// Places in a list, so marked that those of any stretch are counted in O(1).
struct PlaceRanks {
  private(set) var words: [UInt64]
  /// How many places are marked before each word.
  private var before: [Int32] = []

  /// No place of a list of `length`.
  init(length: Int) {
    words = [UInt64](repeating: 0, count: length / 64 + 1)
  }

  /// The places whose bits are set, in `length / 64 + 1` words, but for some: −1 for none.
  init(words: [UInt64], without places: [Int32] = []) {
    self.words = words
    for place in places where place >= 0 {
      self.words[Int(place) >> 6] &= ~(1 << UInt64(place & 63))
    }
    finish()
  }

  mutating func mark(_ place: Int) {
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// To be called once, when all places are marked.
  mutating func finish() {
    before = [Int32](unsafeUninitializedCapacity: words.count) { before, filled in
      var count: Int32 = 0
      for index in words.indices {
        before.initializeElement(at: index, to: count)
        count &+= Int32(truncatingIfNeeded: words[index].nonzeroBitCount)
      }
      filled = words.count
    }
  }

  func contains(_ place: Int) -> Bool {
    words[place >> 6] >> UInt64(place & 63) & 1 != 0
  }

  /// How many places lie in a stretch.
  func count(in places: Range<Int>) -> Int {
    count(below: places.upperBound) - count(below: places.lowerBound)
  }

  /// How many places lie before one.
  func count(below place: Int) -> Int {
    let below = words[place >> 6] & ((1 << UInt64(place & 63)) - 1)
    return Int(before[place >> 6]) + below.nonzeroBitCount
  }

  /// How many there are in all.
  var count: Int { Int(before.last ?? 0) + (words.last?.nonzeroBitCount ?? 0) }

  /// All of them, rising.
  var places: [Int] {
    var places: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        places.append(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return places
  }
}
