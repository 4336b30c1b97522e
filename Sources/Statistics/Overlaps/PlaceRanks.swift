/// Places in a list, so marked that those of any stretch are counted in O(1).
struct PlaceRanks {
  private var words: [UInt64]
  /// How many places are marked before each word.
  private var before: [Int32] = []

  /// No place of a list of `length`.
  init(length: Int) {
    words = [UInt64](repeating: 0, count: length / 64 + 1)
  }

  mutating func mark(_ place: Int) {
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// To be called once, when all places are marked.
  mutating func finish() {
    before.reserveCapacity(words.count)
    var count: Int32 = 0
    for word in words {
      before.append(count)
      count += Int32(word.nonzeroBitCount)
    }
  }

  func contains(_ place: Int) -> Bool {
    words[place >> 6] >> UInt64(place & 63) & 1 != 0
  }

  /// How many places lie in a stretch.
  func count(in places: Range<Int>) -> Int {
    count(below: places.upperBound) - count(below: places.lowerBound)
  }

  private func count(below place: Int) -> Int {
    let below = words[place >> 6] & ((1 << UInt64(place & 63)) - 1)
    return Int(before[place >> 6]) + below.nonzeroBitCount
  }

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
