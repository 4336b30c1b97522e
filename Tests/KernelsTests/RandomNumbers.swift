/// A small generator of repeatable random numbers (Steele, Lea and Flood's SplitMix64, 2014).
struct RandomNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Edge values and random ones of a width.
func integers<Value: FixedWidthInteger>(_ count: Int, _ random: inout RandomNumbers) -> [Value] {
  let edges: [Value] = [.min, .max, 0, 1, .max - 1, .min + 1]
  return (0..<count).map { _ in
    let choice = Int.random(in: 0..<10, using: &random)
    if choice < edges.count { return edges[choice] }
    if choice < 8 { return Value(truncatingIfNeeded: Int.random(in: 0..<5, using: &random)) }
    return Value(truncatingIfNeeded: random.next())
  }
}

/// Edge values and random ones.
func doubles(_ count: Int, _ random: inout RandomNumbers) -> [Double] {
  let edges: [Double] = [
    0, -0.0, .nan, .infinity, -.infinity, 1, -1, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    0.5, 2.5, -2.5,
  ]
  return (0..<count).map { _ in
    Bool.random(using: &random)
      ? edges[Int.random(in: 0..<edges.count, using: &random)]
      : Double.random(in: -1e6...1e6, using: &random)
  }
}

/// Bits of rows as bools.
func bools(_ bits: [UInt64], _ count: Int) -> [Bool] {
  (0..<count).map { bits[$0 / 64] >> UInt64($0 % 64) & 1 != 0 }
}

/// Whether the bits behind the last row are 0.
func hasCleanEnd(_ bits: [UInt64], _ count: Int) -> Bool {
  count % 64 == 0 || bits[count / 64] >> UInt64(count % 64) == 0
}

/// The lengths that kernels are tried at: all short ones, and those around vectors and blocks.
let lengths = Array(0...130) + [191, 192, 255, 256, 257, 1000]
