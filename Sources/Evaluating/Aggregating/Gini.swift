/// Gini's coefficient of ascending ints; nil for none, below 0 and where all are 0.
///
/// C. Gini, "Variabilità e mutabilità", 1912: Σ (2i − n − 1)·xᵢ over n·Σx, both sums exact.
func giniOfIntegers(_ words: UnsafeMutableBufferPointer<Int64>) -> Double? {
  guard let first = words.first, first >= 0 else { return nil }
  var sum: Int128 = 0
  var weighted: Int128 = 0
  var weight = 1 - Int128(words.count)
  for word in words {
    sum &+= Int128(word)
    weighted &+= weight &* Int128(word)
    weight &+= 2
  }
  return sum == 0 ? nil : Double(nearest: weighted) / (Double(words.count) * Double(nearest: sum))
}

/// The same of order words of floats; NaN where one is not finite.
///
/// Values are scaled by a power of two, so that no sum overflows; sums carry what rounding takes.
func giniOfFloats(_ words: UnsafeMutableBufferPointer<Int64>) -> Double? {
  guard let first = words.first, let last = words.last else { return nil }
  let (least, greatest) = (orderedFloat(first), orderedFloat(last))
  if least < 0 { return nil }
  if !greatest.isFinite { return .nan }
  if greatest == 0 { return nil }
  if first == last { return 0 }
  let exponent = -greatest.exponent
  // Of the smallest numbers the scale itself would overflow.
  let scale = Double(sign: .plus, exponent: min(1000, Int(exponent)), significand: 1)
  var sum = CarefulSum()
  var weighted = CarefulSum()
  var weight = 1 - Double(words.count)
  for word in words {
    let value = orderedFloat(word) * scale
    sum.add(value)
    let product = weight * value
    weighted.add(product)
    weighted.add((-product).addingProduct(weight, value))
    weight += 2
  }
  return max(0, weighted.total / (Double(words.count) * sum.total))
}

/// A sum that carries what rounding takes.
///
/// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
struct CarefulSum {
  private var sum = 0.0
  private var rest = 0.0

  var total: Double { sum + rest }

  mutating func add(_ value: Double) {
    let next = sum + value
    rest += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
    sum = next
  }
}

/// Sorts words, by digits where there are many: O(n) for each digit that differs.
func sortWords(_ words: UnsafeMutableBufferPointer<Int64>) {
  guard words.count > fewestForDigits, let base = words.baseAddress else {
    var words = words
    words.sort()
    return
  }
  var (least, greatest) = (base[0], base[0])
  for word in words {
    least = word < least ? word : least
    greatest = word > greatest ? word : greatest
  }
  // Counts of eleven bits cost more than a few words do.
  let digitBits = words.count > 1 << 11 ? 11 : 8
  // As distances from the least they ascend without signs, in the fewest digits.
  let most = UInt64(bitPattern: greatest &- least)
  let scratch = Store<Int64>(undefined: words.count)
  let starts = Store<Int>(undefined: 1 << digitBits)
  var (from, into) = (base, scratch.pointer)
  var shift = 0
  while shift < 64 && most &>> UInt64(shift) != 0 {
    scatterWords(from, into, words.count, above: least, shift, starts)
    swap(&from, &into)
    shift += digitBits
  }
  if from != base { base.update(from: from, count: words.count) }
}

private let fewestForDigits = 1 << 6

/// Puts words in order of one digit of their distance from the least, stably; `starts` has a place for each
/// value of a digit.
private func scatterWords(
  _ from: UnsafePointer<Int64>, _ into: UnsafeMutablePointer<Int64>, _ count: Int,
  above least: Int64, _ shift: Int, _ starts: Store<Int>
) {
  let mask = starts.count &- 1
  @inline(__always) func digit(_ word: Int64) -> Int {
    let distance = UInt64(bitPattern: word &- least)
    return Int(truncatingIfNeeded: distance &>> UInt64(truncatingIfNeeded: shift)) & mask
  }
  let starts = starts.pointer
  starts.update(repeating: 0, count: mask &+ 1)
  for row in 0..<count { starts[digit(from[row])] &+= 1 }
  var place = 0
  for value in 0...mask {
    let size = starts[value]
    starts[value] = place
    place &+= size
  }
  for row in 0..<count {
    let value = digit(from[row])
    into[starts[value]] = from[row]
    starts[value] &+= 1
  }
}
