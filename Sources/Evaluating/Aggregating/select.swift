/// Puts the words of two neighbouring ranks at their places in the order of all; gives both.
///
/// Quickselect with the median of three as pivot; after too many turns the rest is sorted.
func select(
  _ words: UnsafeMutablePointer<Int64>, _ count: Int, _ low: Int, _ high: Int
) -> (low: Int64, high: Int64) {
  var start = 0
  var end = count
  var turns = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8
  while end - start > 24 {
    turns -= 1
    if turns < 0 { break }
    let pivot = medianOfThree(words[start], words[(start + end) / 2], words[end - 1])
    let (less, greater) = partition(words, start, end, pivot)
    if low < less {
      end = less
    } else if low >= greater {
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

/// Less, equal and greater words behind each other; gives where the equal ones begin and end.
private func partition(
  _ words: UnsafeMutablePointer<Int64>, _ start: Int, _ end: Int, _ pivot: Int64
) -> (less: Int, greater: Int) {
  var less = start
  for index in start..<end {
    let word = words[index]
    words[index] = words[less]
    words[less] = word
    less &+= word < pivot ? 1 : 0
  }
  var equal = less
  for index in less..<end {
    let word = words[index]
    words[index] = words[equal]
    words[equal] = word
    equal &+= word == pivot ? 1 : 0
  }
  return (less, equal)
}
