/// A word to sort by and the place of the row that it belongs to.
struct SortPair: BitwiseCopyable, Sendable {
  var word: UInt64
  var place: Int
}

/// Sorts pairs by word, stably: by bytes from the lowest on, those left out in which all agree.
struct PairSorter {
  private let scratch = Store<SortPair>(capacity: 1 << 10)
  private let counts = Store<Int>(repeating: 0, count: 256)

  private static let insertionLimit = 48

  /// Sorts in place; O(n) for each byte that differs.
  func sort(_ pairs: UnsafeMutablePointer<SortPair>, _ count: Int) {
    if count <= PairSorter.insertionLimit {
      insertionSort(pairs, count)
      return
    }
    var different: UInt64 = 0
    var descents = 0
    for index in 1..<count {
      different |= pairs[index].word ^ pairs[0].word
      descents &+= pairs[index].word < pairs[index &- 1].word ? 1 : 0
    }
    if descents == 0 { return }
    scratch.removeAll()
    scratch.reserve(count)
    var from = pairs
    var into = scratch.pointer
    for shift in stride(from: UInt64(0), to: 64, by: 8) where different &>> shift & 0xFF != 0 {
      scatter(from, into, count, shift)
      swap(&from, &into)
    }
    if from != pairs { pairs.update(from: from, count: count) }
  }

  private func scatter(
    _ from: UnsafeMutablePointer<SortPair>, _ into: UnsafeMutablePointer<SortPair>, _ count: Int,
    _ shift: UInt64
  ) {
    let counts = counts.pointer
    counts.update(repeating: 0, count: 256)
    for index in 0..<count {
      counts[Int(truncatingIfNeeded: from[index].word &>> shift & 0xFF)] &+= 1
    }
    var start = 0
    for digit in 0..<256 {
      let size = counts[digit]
      counts[digit] = start
      start &+= size
    }
    for index in 0..<count {
      let digit = Int(truncatingIfNeeded: from[index].word &>> shift & 0xFF)
      into[counts[digit]] = from[index]
      counts[digit] &+= 1
    }
  }

  private func insertionSort(_ pairs: UnsafeMutablePointer<SortPair>, _ count: Int) {
    for index in stride(from: 1, to: count, by: 1) {
      let pair = pairs[index]
      var place = index
      while place > 0 && pairs[place &- 1].word > pair.word {
        pairs[place] = pairs[place &- 1]
        place &-= 1
      }
      pairs[place] = pair
    }
  }
}
