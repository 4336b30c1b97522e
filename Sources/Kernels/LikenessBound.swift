/// How alike texts can be to one text at most, as a quick look at their bytes tells.
///
/// The matches of Jaro's measure are no more than the scalars of each text that the other has, too; with
/// as many in their order, and the shared beginning, the measure would be as high as it can. Most texts
/// are not near one that has to be reached, which is told without finding their matches.
struct LikenessBound: ~Copyable {
  /// The places in the text of each byte.
  private let places = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
  /// By the number of scalars and the shared beginning: the matches without which a text stays below.
  private let least = UnsafeMutablePointer<UInt8>.allocate(capacity: (limit + 1) * 8)
  /// The first four bytes.
  private let start: UInt32

  /// More than what rounding may add to a measure.
  private static let slack = 1e-9
  private static let limit = ShortSimilarity.limit

  /// Of texts that must be at least as alike as `threshold`; any may be to a text that is empty, beyond
  /// ASCII, or longer than 64 bytes.
  init(_ text: [UInt8], reaching threshold: Double) {
    let limit = LikenessBound.limit
    places.initialize(repeating: 0, count: 256)
    least.initialize(repeating: 0, count: (limit + 1) * 8)
    start = text.prefix(4).reversed().reduce(0) { $0 &<< 8 | UInt32($1) }
    if text.isEmpty || text.count > limit || !text.allSatisfy({ $0 < 0x80 }) { return }
    for (place, byte) in text.enumerated() { places[Int(byte)] |= 1 &<< UInt64(place) }
    for count in 0...limit {
      for shared in 0...4 {
        let reach = (0...min(count, text.count)).first { matches in
          let jaro = jaroMeasure(matches: matches, moved: 0, count, text.count)
          return winkler(jaro, sharing: shared) + LikenessBound.slack >= threshold
        }
        least[count * 8 + shared] = reach.map { UInt8($0) } ?? .max
      }
    }
  }

  deinit {
    places.deallocate()
    least.deallocate()
  }

  /// The bits of up to 64 rows that may be as alike; the others are less.
  func mayReach(_ rows: TextRows, _ chosen: Range<Int>) -> UInt64 {
    var likely: UInt64 = 0
    for row in chosen {
      let count = Int(rows.ends[row] &- rows.starts[row])
      let isLikely =
        count > LikenessBound.limit || mayReach(rows.base + Int(rows.starts[row]), count)
      likely |= (isLikely ? 1 : 0) &<< UInt64(truncatingIfNeeded: row &- chosen.lowerBound)
    }
    return likely
  }

  /// Whether a text of at most 64 bytes may be as alike.
  @inline(__always) private func mayReach(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var all: UInt64 = 0
    var matches = 0
    var continued = 0
    for place in 0..<count {
      let byte = bytes[place]
      let own = places[Int(byte)]
      all |= own
      matches &+= own != 0 ? 1 : 0
      continued &+= byte & 0xC0 == 0x80 ? 1 : 0
    }
    // Bytes behind the end of either may make it longer, which does no harm.
    let head = UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
    let shared = min(4, (head ^ start).trailingZeroBitCount / 8)
    let needed = least[(count &- continued) &* 8 &+ shared]
    return min(matches, all.nonzeroBitCount) >= Int(needed)
  }
}
