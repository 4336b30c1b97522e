/// Jaro's measure of texts of at most 64 bytes: the places of a scalar are the bits of a word.
///
/// The first free place in the window is then the lowest bit of a few words, as H. Hyyrö has it for
/// edit distances ("A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
/// 2003). The right text is set once where it is the same for many left ones.
struct ShortSimilarity: ~Copyable {
  static let limit = 64
  private static let asciiCount = 128

  private let left = UnsafeMutablePointer<UInt32>.allocate(capacity: limit)
  private let right = UnsafeMutablePointer<UInt32>.allocate(capacity: limit)
  private var rightCount = 0
  /// The places in `right` of each ASCII scalar.
  private let places = UnsafeMutablePointer<UInt64>.allocate(capacity: asciiCount)

  init() {
    left.initialize(repeating: 0, count: ShortSimilarity.limit)
    right.initialize(repeating: 0, count: ShortSimilarity.limit)
    places.initialize(repeating: 0, count: ShortSimilarity.asciiCount)
  }

  deinit {
    left.deallocate()
    right.deallocate()
    places.deallocate()
  }

  /// Sets the right text, of at most 64 bytes.
  mutating func setRight(_ text: UnsafeBufferPointer<UInt8>) {
    for place in 0..<rightCount where right[place] < 128 { places[Int(right[place])] = 0 }
    rightCount = decode(text, into: right)
    for place in 0..<rightCount where right[place] < 128 {
      places[Int(right[place])] |= 1 &<< UInt64(place)
    }
  }

  /// The likeness of a left text, of at most 64 bytes, and the right one.
  func measure(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    let count = decode(text, into: left)
    if count == 0 || rightCount == 0 { return 0 }
    let shared = sharedStart(count)
    if shared == count && shared == rightCount { return 1 }
    return winkler(jaro(count), sharing: shared)
  }

  /// The scalars of valid UTF-8; returns how many.
  private func decode(
    _ text: UnsafeBufferPointer<UInt8>, into scalars: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var all: UInt8 = 0
    for byte in text { all |= byte }
    if all < 0x80 {
      for place in 0..<text.count { scalars[place] = UInt32(text[place]) }
      return text.count
    }
    var count = 0
    for byte in text {
      if byte & 0xC0 != 0x80 {
        scalars[count] = leadBits(byte)
        count &+= 1
      } else if count > 0 {
        scalars[count &- 1] = continued(scalars[count &- 1], byte)
      }
    }
    return count
  }

  private func sharedStart(_ count: Int) -> Int {
    let limit = min(count, rightCount)
    var shared = 0
    while shared < limit && left[shared] == right[shared] { shared &+= 1 }
    return shared
  }

  private func jaro(_ count: Int) -> Double {
    let reach = max(0, max(count, rightCount) / 2 - 1)
    var window = (UInt64(1) &<< UInt64(reach &+ 1)) &- 1
    var matched: UInt64 = 0
    var taken: UInt64 = 0
    for place in 0..<count {
      let scalar = left[place]
      let all = scalar < 128 ? places[Int(scalar)] : widePlaces(scalar)
      let free = all & window & ~taken
      taken |= free & (0 &- free)
      matched |= (free != 0 ? 1 : 0) &<< UInt64(place)
      window = window &<< 1 | (place < reach ? 1 : 0)
    }
    return jaroMeasure(
      matches: taken.nonzeroBitCount, moved: moved(matched, taken), count, rightCount)
  }

  private func widePlaces(_ scalar: UInt32) -> UInt64 {
    var bits: UInt64 = 0
    for place in 0..<rightCount {
      bits |= (right[place] == scalar ? 1 : 0) &<< UInt64(place)
    }
    return bits
  }

  /// How many matches stand elsewhere in the order of the right text's.
  private func moved(_ matched: UInt64, _ taken: UInt64) -> Int {
    var (matched, taken) = (matched, taken)
    var moved = 0
    while taken != 0 {
      let own = left[matched.trailingZeroBitCount]
      moved &+= own == right[taken.trailingZeroBitCount] ? 0 : 1
      matched &= matched &- 1
      taken &= taken &- 1
    }
    return moved
  }
}

/// Jaro's measure of texts of so many scalars.
func jaroMeasure(matches: Int, moved: Int, _ left: Int, _ right: Int) -> Double {
  if matches == 0 { return 0 }
  let common = Double(matches)
  let inOrder = (common - Double(moved / 2)) / common
  return (common / Double(left) + common / Double(right) + inOrder) / 3
}

/// Winkler's addition for a shared beginning.
func winkler(_ jaro: Double, sharing shared: Int) -> Double {
  jaro > 0.7 ? min(1, jaro + Double(min(4, shared)) * 0.1 * (1 - jaro)) : jaro
}

/// What the first byte of a scalar holds of it.
@inline(__always) func leadBits(_ byte: UInt8) -> UInt32 {
  let mask: UInt8 = byte < 0x80 ? 0x7F : byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07
  return UInt32(byte & mask)
}

/// A scalar with six bits more.
@inline(__always) func continued(_ scalar: UInt32, _ byte: UInt8) -> UInt32 {
  (scalar &<< 6 | UInt32(byte & 0x3F)) & 0x1F_FFFF
}
