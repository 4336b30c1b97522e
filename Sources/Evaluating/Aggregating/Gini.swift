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
  return sum == 0 ? nil : Double(weighted) / (Double(words.count) * Double(sum))
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

/// Sorts words, by bytes where there are many: O(n) for each byte that differs.
func sortWords(_ words: UnsafeMutableBufferPointer<Int64>) {
  guard words.count > 512, let base = words.baseAddress else {
    var words = words
    words.sort()
    return
  }
  var different: UInt64 = 0
  for word in words { different |= UInt64(bitPattern: word ^ base[0]) }
  let scratch = Store<Int64>(undefined: words.count)
  let starts = Store<Int>(undefined: 256)
  var (from, into) = (base, scratch.pointer)
  for byte in 0..<8 where different >> UInt64(byte * 8) & 0xFF != 0 {
    let shift = UInt64(byte * 8)
    // The sign bit is turned round: negative words come first.
    let flip = byte == 7 ? 0x80 : 0
    starts.pointer.update(repeating: 0, count: 256)
    for row in 0..<words.count {
      starts.pointer[Int(UInt64(bitPattern: from[row]) &>> shift & 0xFF) ^ flip] &+= 1
    }
    var place = 0
    for digit in 0..<256 {
      let count = starts.pointer[digit]
      starts.pointer[digit] = place
      place += count
    }
    for row in 0..<words.count {
      let digit = Int(UInt64(bitPattern: from[row]) &>> shift & 0xFF) ^ flip
      into[starts.pointer[digit]] = from[row]
      starts.pointer[digit] &+= 1
    }
    swap(&from, &into)
  }
  if from != base { base.update(from: from, count: words.count) }
}
