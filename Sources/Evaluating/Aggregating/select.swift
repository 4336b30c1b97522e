import Kernels

/// The words of two neighbouring ranks in the order of all; the words change places.
///
/// Of many words only those are searched that lie between two of a sample, among which the ranks
/// are all but certain to be: one reading of all (after Floyd and Rivest 1975).
func select(
  _ words: UnsafeMutablePointer<Int64>, _ count: Int, _ low: Int, _ high: Int
) -> (low: Int64, high: Int64) {
  if count >= sampledWords * 16, let found = selectNarrowed(words, count, low, high) {
    return found
  }
  return quickselect(words, count, low, high)
}

private func selectNarrowed(
  _ words: UnsafePointer<Int64>, _ count: Int, _ low: Int, _ high: Int
) -> (low: Int64, high: Int64)? {
  let sample = (0..<sampledWords).map { words[$0 * (count / sampledWords)] }
  let bounds = SampledBounds(sample, of: count, low, high)
  let scratch = Store<Int64>(undefined: count + 1)
  let (below, found) = wordsBetween(
    words, count: count, bounds.least, bounds.greatest, into: scratch.pointer)
  if low < below || high >= below + found { return nil }
  return quickselect(scratch.pointer, found, low - below, high - below)
}

/// The size of a sample, and how many of it lie between its rank and a bound.
private let sampledWords = 1024
private let sampledMargin = 40

/// Two words between which a rank is all but certain to be.
struct SampledBounds {
  let least: Int64
  let greatest: Int64

  /// Takes words drawn evenly, how many there are of all, and the ranks looked for.
  init(_ sample: [Int64], of count: Int, _ low: Int, _ high: Int) {
    let sorted = sample.sorted()
    // The deviation of a rank grows with the root of the size of the sample.
    let margin = Int(
      Double(sampledMargin) * (Double(sorted.count) / Double(sampledWords)).squareRoot())
    let before = low * sorted.count / count - margin
    let behind = high * sorted.count / count + margin
    least = before < 0 ? .min : sorted[before]
    greatest = behind >= sorted.count ? .max : sorted[behind]
  }
}

/// Puts the words of two neighbouring ranks at their places in the order of all; gives both.
///
/// Quickselect with the median of three as pivot; after too many turns the rest is sorted.
func quickselect(
  _ words: UnsafeMutablePointer<Int64>, _ count: Int, _ low: Int, _ high: Int
) -> (low: Int64, high: Int64) {
  var start = 0
  var end = count
  var turns = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8
  while end - start > 24 {
    turns -= 1
    if turns < 0 { break }
    let pivot = medianOfThree(words[start], words[(start + end) / 2], words[end - 1])
    let less = partition(words, start, end) { $0 < pivot }
    if low < less {
      end = less
      continue
    }
    // Equal ones would come again and again: they stand before the greater ones.
    let greater = partition(words, less, end) { $0 == pivot }
    if low >= greater {
      start = greater
    } else {
      start = low
      end = low
    }
  }
  if end > start {
    var rest = UnsafeMutableBufferPointer(start: words + start, count: end - start)
    rest.sort()
  }
  if high == low { return (words[low], words[low]) }
  // Everything behind `low` is at least as great: the next is the least of it.
  var next = words[low + 1]
  for index in low + 1..<count { next = words[index] < next ? words[index] : next }
  return (words[low], next)
}

private func medianOfThree(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
  max(min(a, b), min(max(a, b), c))
}

/// Words of which something holds before the others; gives where those begin.
@inline(__always)
private func partition(
  _ words: UnsafeMutablePointer<Int64>, _ start: Int, _ end: Int, _ isFirst: (Int64) -> Bool
) -> Int {
  var place = start
  for index in start..<end {
    let word = words[index]
    words[index] = words[place]
    words[place] = word
    place &+= isFirst(word) ? 1 : 0
  }
  return place
}
