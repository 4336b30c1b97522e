/// What is sorted by a word; those of equal words keep their order.
protocol SortElement: BitwiseCopyable, Sendable {
  var word: UInt64 { get }
  /// Up to so many, one worker sorts them; more are divided by their uppermost bits first (measured).
  static var leafCount: Int { get }
}

/// A word to sort by and the place of the row that it belongs to.
struct SortPair: SortElement {
  var word: UInt64
  var place: Int

  static var leafCount: Int { 1 << 16 }
}

/// A word whose low bits are the place itself.
extension UInt64: SortElement {
  var word: UInt64 { self }

  static var leafCount: Int { 1 << 13 }
}

typealias PairSorter = ByteSorter<SortPair>

/// Sorts by words, stably: by bytes from the lowest on, those left out in which all agree.
struct ByteSorter<Element: SortElement> {
  private let scratch = Store<Element>(capacity: 1 << 10)
  private let counts = Store<Int>(repeating: 0, count: 256)

  private static var insertionLimit: Int { 48 }

  /// Sorts in place by the bits above some low ones, which ascend already; O(n) for each byte that differs.
  func sort(_ elements: UnsafeMutablePointer<Element>, _ count: Int, above lowBits: UInt64 = 0) {
    if count <= Self.insertionLimit { return insertionSort(elements, count) }
    var different: UInt64 = 0
    var descents = 0
    for index in 1..<count {
      different |= elements[index].word ^ elements[0].word
      descents &+= elements[index].word < elements[index &- 1].word ? 1 : 0
    }
    if descents == 0 { return }
    scratch.reserve(count)
    var (from, into) = (elements, scratch.pointer)
    var shift = lowBits
    while shift < 64 && different &>> shift != 0 {
      if different &>> shift & 0xFF != 0 {
        scatter(from, into, count, shift)
        swap(&from, &into)
      }
      shift += 8
    }
    if from != elements { elements.update(from: from, count: count) }
  }

  private func scatter(
    _ from: UnsafeMutablePointer<Element>, _ into: UnsafeMutablePointer<Element>, _ count: Int,
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

  /// By the whole words: the low bits of the input ascend.
  private func insertionSort(_ elements: UnsafeMutablePointer<Element>, _ count: Int) {
    for index in stride(from: 1, to: count, by: 1) {
      let element = elements[index]
      var place = index
      while place > 0 && elements[place &- 1].word > element.word {
        elements[place] = elements[place &- 1]
        place &-= 1
      }
      elements[place] = element
    }
  }
}
