/// Letters that differ in case alone, as Unicode folds cases one scalar for one: `k`, `K` and the sign of
/// the kelvin.
///
/// Known for letters whose cases have not changed for long; others are left to RE2, whose tables may be of
/// another version of Unicode.
enum LetterCases {
  /// Latin letters of most languages, Greek and Cyrillic ones, and scripts without cases: Hebrew to Thaana,
  /// punctuation, signs, kana to Han, Hangul and emoji.
  static let known = ScalarSet(
    0...0x17F, 0x370...0x38F, 0x391...0x3AF, 0x3B1...0x52F, 0x590...0x7BF, 0x2010...0x206F,
    0x2600...0x27BF, 0x3000...0xA4CF, 0xAC00...0xD7A3, 0x1F300...0x1FAFF)

  /// A set with the other cases of its letters; nil where some are not known.
  static func closed(_ set: ScalarSet) -> ScalarSet? {
    var closed = set
    for range in set.ranges {
      guard
        known.ranges.contains(where: {
          $0.contains(range.lowerBound) && $0.contains(range.upperBound)
        })
      else { return nil }
      for value in range where value < lettersEnd {
        for other in others[value] ?? [] { closed.insert(other...other) }
      }
    }
    return closed
  }

  private static let lettersEnd: UInt32 = 0x530

  /// The other cases of each letter.
  private static let others: [UInt32: [UInt32]] = {
    var letters: [UInt32: [UInt32]] = [:]
    // Other cases of known letters are letterlike signs and old forms of Latin, Greek and Cyrillic ones.
    for range: ClosedRange<UInt32> in [
      0...0x52F, 0x1C80...0x1C88, 0x1E00...0x1FFF, 0x2100...0x214F, 0xA640...0xA66D,
    ] {
      for value in range {
        guard let scalar = Unicode.Scalar(value), let folded = folded(scalar) else { continue }
        letters[folded, default: []].append(value)
      }
    }
    var others: [UInt32: [UInt32]] = [:]
    for same in letters.values where same.count > 1 {
      for value in same { others[value] = same.filter { $0 != value } }
    }
    return others
  }()

  /// What stands for a letter in any case; nil for what has none.
  private static func folded(_ scalar: Unicode.Scalar) -> UInt32? {
    // The dotted capital and the dotless letter are cases of no letter.
    if scalar.value == 0x130 || scalar.value == 0x131 { return nil }
    func single(_ text: String) -> Unicode.Scalar? {
      text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }
    // The capital sharp s is one letter with the small one, which has no capital of one scalar.
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    return (single(upper.properties.lowercaseMapping) ?? upper).value
  }
}
