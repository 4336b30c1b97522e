import CKernels

/// A few neighbouring bytes of every match, each of a set: looked for in the bytes of all rows at once, which
/// is faster than any automaton where they are rare.
struct ByteWindowFilter: Sendable {
  private let window: ByteWindow
  /// Whether a text in which they stand always matches.
  let isEnough: Bool
  /// About how many places of a text are such a window's, of a million.
  let frequency: Double

  private static let longest = Int(LONGEST_BYTE_WINDOW)
  /// So many bytes from the ends of matches are thought about.
  private static let reach = 8
  /// More ranges of a set are joined.
  private static let mostRanges = 6

  /// nil for a pattern whose matches may be empty.
  init?(_ pattern: BytePattern) {
    let exact = pattern.shortest.plainBytes
    if let exact, 1...Self.longest ~= exact.count,
      exact.allSatisfy({ 1...Self.mostRanges ~= $0.ranges.count })
    {
      self.init(exact, isEnough: true)
      return
    }
    let front = pattern.firstBytes(upTo: Self.reach)
    let back = Array(pattern.reversed.firstBytes(upTo: Self.reach).reversed())
    let best = (Self.windows(of: front) + Self.windows(of: back)).min {
      Self.frequency($0) < Self.frequency($1)
    }
    guard let best else { return nil }
    self.init(Array(best), isEnough: false)
  }

  private init(_ sets: [ByteSet], isEnough: Bool) {
    var window = ByteWindow()
    window.length = sets.count
    withUnsafeMutableBytes(of: &window.sets) { memory in
      let ranges = memory.bindMemory(to: ByteRanges.self)
      for (place, set) in sets.enumerated() { ranges[place] = Self.byteRanges(set) }
    }
    self.window = window
    self.isEnough = isEnough
    frequency = Self.frequency(sets)
  }

  /// The rows in which such bytes stand; bits.
  func find(
    _ base: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, count: Int,
    into bits: UnsafeMutablePointer<UInt64>
  ) {
    bits.update(repeating: 0, count: (count + 63) / 64)
    var window = window
    ck_find_windows(base, offsets, count, &window, bits)
  }

  private static func windows(of sets: [ByteSet]) -> [ArraySlice<ByteSet>] {
    sets.indices.flatMap { start in
      (start + 1...sets.count).filter { $0 - start <= longest }.map { sets[start..<$0] }
    }
  }

  /// Seldom used bytes are rare; each byte more costs a little.
  private static func frequency(_ sets: some Collection<ByteSet>) -> Double {
    sets.reduce(1_000_000) { $0 * min(1, $1.commonness + 0.001) } + Double(sets.count)
  }

  /// At least what is in the set: one byte where there is none.
  private static func byteRanges(_ set: ByteSet) -> ByteRanges {
    var ranges = set.ranges.isEmpty ? [0...0] : set.ranges
    while ranges.count > mostRanges {
      let gaps = (1..<ranges.count).map { ranges[$0].lowerBound - ranges[$0 - 1].upperBound }
      let place = gaps.indices.min { gaps[$0] < gaps[$1] } ?? 0
      ranges[place] = ranges[place].lowerBound...ranges[place + 1].upperBound
      ranges.remove(at: place + 1)
    }
    var made = ByteRanges()
    made.count = UInt8(ranges.count)
    withUnsafeMutableBytes(of: &made.low) { low in
      for (place, range) in ranges.enumerated() { low[place] = range.lowerBound }
    }
    withUnsafeMutableBytes(of: &made.width) { width in
      for (place, range) in ranges.enumerated() {
        width[place] = range.upperBound - range.lowerBound
      }
    }
    return made
  }
}

extension ByteSet {
  /// Its bytes as ascending ranges.
  fileprivate var ranges: [ClosedRange<UInt8>] {
    var ranges: [ClosedRange<UInt8>] = []
    for byte in bytes {
      if let last = ranges.last, last.upperBound + 1 == byte {
        ranges[ranges.count - 1] = last.lowerBound...byte
      } else {
        ranges.append(byte...byte)
      }
    }
    return ranges
  }

  /// What share of a text's bytes are of the set, roughly, in names and descriptions.
  fileprivate var commonness: Double {
    bytes.reduce(0) { share, byte in
      switch byte {
      case UInt8(ascii: " "): share + 0.12
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        share + Self.letters[Int(byte - UInt8(ascii: "a"))]
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): share + 0.003
      case UInt8(ascii: "0")...UInt8(ascii: "9"): share + 0.006
      case 0x80...0xBF: share + 0.002
      case 0xC0...0xFF: share + 0.005
      default: share + 0.003
      }
    }
  }

  /// The shares of the letters from a to z.
  private static let letters = [
    0.06, 0.01, 0.025, 0.03, 0.08, 0.015, 0.015, 0.025, 0.055, 0.003, 0.008, 0.03, 0.02, 0.05,
    0.055, 0.015,
    0.001, 0.05, 0.05, 0.06, 0.02, 0.008, 0.012, 0.003, 0.012, 0.002,
  ]
}

extension BytePattern {
  /// What matches in the same texts, but takes no more than it must.
  fileprivate var shortest: BytePattern { reversed.shortestEnd.reversed.shortestEnd }

  private var shortestEnd: BytePattern {
    switch self {
    case .byte, .textStart, .textEnd, .wordEdge: self
    case .group(_, let inner): inner.shortestEnd
    case .either(let parts): .either(parts.map(\.shortestEnd))
    case .sequence(let parts):
      if let last = parts.last {
        switch last.shortestEnd {
        case .sequence(let none) where none.isEmpty:
          BytePattern.sequence(Array(parts.dropLast())).shortestEnd
        case let shorter: .sequence(parts.dropLast() + [shorter])
        }
      } else {
        self
      }
    case .repeated(let part, let least, _, _):
      switch least {
      case 0: .sequence([])
      default: .sequence([BytePattern](repeating: part, count: least - 1) + [part.shortestEnd])
      }
    }
  }

  /// The sets of the bytes of every match, where all sequences of such bytes match; nil for others.
  fileprivate var plainBytes: [ByteSet]? {
    switch self {
    case .byte(let set): return [set]
    case .textStart, .textEnd, .wordEdge, .either: return nil
    case .group(_, let inner): return inner.plainBytes
    case .sequence(let parts):
      let sets = parts.compactMap(\.plainBytes)
      return sets.count == parts.count ? sets.flatMap { $0 } : nil
    case .repeated(let part, let least, let most, _):
      guard least == most, let sets = part.plainBytes else { return nil }
      return (0..<least).flatMap { _ in sets }
    }
  }
}
