/// A set of Unicode scalars: ascending ranges that do not touch.
struct ScalarSet: Sendable, Equatable {
  private(set) var ranges: [ClosedRange<UInt32>] = []

  static let last: UInt32 = 0x10FFFF
  private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF

  init() {}

  init(_ ranges: ClosedRange<UInt32>...) { for range in ranges { insert(range) } }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    var (low, high) = (range.lowerBound, range.upperBound)
    var kept: [ClosedRange<UInt32>] = []
    for other in ranges {
      if other.upperBound &+ 1 < low || other.lowerBound > high &+ 1 {
        kept.append(other)
      } else {
        low = min(low, other.lowerBound)
        high = max(high, other.upperBound)
      }
    }
    kept.append(low...high)
    ranges = kept.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Adds a range behind all others.
  mutating func append(_ range: ClosedRange<UInt32>) {
    if let last = ranges.last, last.upperBound >= range.lowerBound - min(1, range.lowerBound) {
      insert(range)
    } else {
      ranges.append(range)
    }
  }

  mutating func insert(_ other: ScalarSet) { for range in other.ranges { insert(range) } }

  /// All other scalars.
  var complement: ScalarSet {
    var rest = ScalarSet()
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { rest.insert(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { rest.insert(next...Self.last) }
    return rest
  }

  /// What matches one scalar of the set, as UTF-8.
  ///
  /// The bytes of a range are a few sequences of ranges of bytes (K. Thompson's way, as in R. Cox, Regular
  /// Expression Matching in the Wild, 2010); sequences that differ in one place are joined.
  var pattern: BytePattern {
    var sequences: [[ByteSet]] = []
    for range in ranges { Self.addSequences(range.lowerBound, range.upperBound, to: &sequences) }
    for place in 0..<4 { Self.join(&sequences, at: place) }
    let parts = sequences.map { sequence in
      sequence.count == 1 ? BytePattern.byte(sequence[0]) : .sequence(sequence.map { .byte($0) })
    }
    return parts.count == 1 ? parts[0] : .either(parts)
  }

  private static func addSequences(_ low: UInt32, _ high: UInt32, to sequences: inout [[ByteSet]]) {
    if low > high { return }
    // Of two halves around what divides them: the surrogates, and lengths.
    if low < surrogates.lowerBound && high > surrogates.upperBound
      || surrogates.contains(low) || surrogates.contains(high)
    {
      if low < surrogates.lowerBound {
        addSequences(low, surrogates.lowerBound - 1, to: &sequences)
      }
      return addSequences(max(low, surrogates.upperBound + 1), high, to: &sequences)
    }
    for longest: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= longest && longest < high {
      addSequences(low, longest, to: &sequences)
      return addSequences(longest + 1, high, to: &sequences)
    }
    // Then where only part of what can follow a byte does.
    if high > 0x7F {
      for bits: UInt32 in [6, 12, 18] {
        let mask: UInt32 = (1 << bits) - 1
        if low & ~mask == high & ~mask { break }
        if low & mask != 0 {
          addSequences(low, low | mask, to: &sequences)
          return addSequences((low | mask) + 1, high, to: &sequences)
        }
        if high & mask != mask {
          addSequences(low, (high & ~mask) - 1, to: &sequences)
          return addSequences(high & ~mask, high, to: &sequences)
        }
      }
    }
    let (first, last) = (utf8(low), utf8(high))
    sequences.append(first.indices.map { ByteSet(first[$0]...last[$0]) })
  }

  private static func utf8(_ value: UInt32) -> [UInt8] {
    Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
  }

  /// Joins sequences that are the same but for one place.
  private static func join(_ sequences: inout [[ByteSet]], at place: Int) {
    var joined: [[ByteSet]] = []
    var places: [[ByteSet]: Int] = [:]
    for sequence in sequences {
      guard place < sequence.count else {
        joined.append(sequence)
        continue
      }
      var others = sequence
      others[place] = ByteSet()
      if let known = places[others] {
        joined[known][place] = joined[known][place].union(sequence[place])
      } else {
        places[others] = joined.count
        joined.append(sequence)
      }
    }
    sequences = joined
  }
}

extension ScalarSet {
  static let digits = ScalarSet(0x30...0x39)
  static let spaces = ScalarSet(0x9...0xA, 0xC...0xD, 0x20...0x20)
  static let wordCharacters = ScalarSet(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
}
