import Glibc

/// How many values of a group occur how often.
struct FrequencyTally {
  /// How many values occur as often as the place says; most occur a few times.
  private var few = [Int](repeating: 0, count: 64)
  private var many: [Int64] = []
  private var total: Int64 = 0

  /// Adds a value that occurs so often, at least once.
  mutating func add(_ frequency: Int64) {
    total &+= frequency
    if frequency < few.count {
      few[Int(frequency)] &+= 1
    } else {
      many.append(frequency)
    }
  }

  /// The entropy in bits; nil for no values.
  ///
  /// C. E. Shannon, "A mathematical theory of communication", 1948: Σ p log₂(1/p). The terms are added
  /// in the order of the frequencies, so that the digits do not depend on where these come from.
  var entropy: Double? {
    if total == 0 { return nil }
    let total = Double(total)
    var sum = 0.0
    func add(_ frequency: Int64, _ values: Int) {
      let count = Double(frequency)
      sum += Double(values) * (count / total) * log2(total / count)
    }
    for (frequency, values) in few.enumerated() where values > 0 { add(Int64(frequency), values) }
    many.sorted().forEachRun(add)
    return sum
  }
}
