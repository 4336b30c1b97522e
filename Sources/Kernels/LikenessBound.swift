import CKernels

/// How alike texts can be to one text at most, as a quick look at their bytes tells.
///
/// The matches of Jaro's measure are no more than the scalars that both texts have, each as often as in
/// the one that has it less; with as many in their order, and the shared beginning, the measure would be
/// as high as it can. Most texts are not near one that has to be reached, which is told without finding
/// their matches.
struct LikenessBound {
  private var shared = ck_likeness()

  /// More than what rounding may add to a measure.
  private static let slack = 1e-9
  private static let limit = ShortSimilarity.limit

  /// Of texts that must be at least as alike as `threshold`; any may be to a text that is empty, beyond
  /// ASCII, or longer than 64 bytes.
  init(_ text: [UInt8], reaching threshold: Double) {
    let limit = LikenessBound.limit
    if text.isEmpty || text.count > limit || !text.allSatisfy({ $0 < 0x80 }) { return }
    shared.start = text.prefix(4).reversed().reduce(0) { $0 &<< 8 | UInt32($1) }
    let letters = Set(text).sorted()
    shared.letterCount = UInt32(letters.count)
    withUnsafeMutableBytes(of: &shared.letters) { $0.copyBytes(from: letters) }
    withUnsafeMutableBytes(of: &shared.most) { most in
      most.copyBytes(from: letters.map { letter in UInt8(text.count { $0 == letter }) })
    }
    withUnsafeMutableBytes(of: &shared.least) { least in
      for count in 0...limit {
        for beginning in 0...4 {
          least[count * 8 + beginning] = LikenessBound.matches(
            count, text.count, beginning: beginning, reaching: threshold)
        }
      }
    }
  }

  /// The matches that texts of so many scalars need; more than they can have where none are enough.
  private static func matches(
    _ left: Int, _ right: Int, beginning: Int, reaching threshold: Double
  ) -> UInt8 {
    let reach = (0...min(left, right)).first { matches in
      let jaro = jaroMeasure(matches: matches, moved: 0, left, right)
      return winkler(jaro, sharing: beginning) + slack >= threshold
    }
    return reach.map { UInt8($0) } ?? .max
  }

  /// The bits of up to 64 rows from one on that may be as alike; the others are less.
  func mayReach(_ rows: TextRows, from start: Int, count: Int) -> UInt64 {
    withUnsafePointer(to: shared) { shared in
      ck_may_be_alike(rows.base, rows.starts + start, rows.ends + start, count, shared)
    }
  }
}
