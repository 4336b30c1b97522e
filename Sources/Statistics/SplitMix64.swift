import CKernels

/// A small seeded generator of random numbers: the same numbers on every machine.
///
/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// A generator of a seed; all seeds are good.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= SplitMix64.step
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// A number from 0 up to, not including, 1, of 53 random bits.
  package mutating func uniform() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// A whole number from 0 up to, not including, `limit`; 0 when that is not positive.
  ///
  /// By multiplication (D. Lemire, "Fast random integer generation in an interval", 2019) without its
  /// rejection: the bias is below limit / 2⁶⁴.
  package mutating func integer(below limit: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(0, limit))).high)
  }

  /// A whole number of the range, both ends included.
  package mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound &+ integer(below: range.upperBound &- range.lowerBound &+ 1)
  }

  /// True with a probability.
  package mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }

  /// Numbers of the generator of a seed from some place on, 0 being that of its first one: the same as by
  /// `next`, eight at a time.
  package static func write(
    _ seed: UInt64, from place: Int, to numbers: UnsafeMutableBufferPointer<UInt64>
  ) {
    // The state is the seed and so many times the step.
    guard let base = numbers.baseAddress else { return }
    ck_split_mix(seed &+ UInt64(place) &* step, step, base, numbers.count)
  }
}
