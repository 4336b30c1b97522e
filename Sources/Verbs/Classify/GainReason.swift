import Statistics

/// What a gain rests on, in four bytes a row: words are only made for those who are accused.
struct GainReason: BitwiseCopyable, Sendable {
  /// 0 for nothing; above it the number of a sentence, doubled, and whether the window of dates speaks;
  /// below it a neighbourhood.
  private let code: Int32

  /// Membership in the cohort of a sentence.
  init(sentence: Int, isInWindow: Bool) {
    code = Int32(truncatingIfNeeded: 2 * sentence + (isInWindow ? 1 : 0) + 1)
  }

  /// Neighbours in follow order.
  init(_ neighbourhood: Neighbourhood) {
    code = -Int32(
      truncatingIfNeeded: neighbourhood.near << 20 | neighbourhood.reach << 10
        | Int(neighbourhood.days))
  }

  func words(_ sentences: [String]) -> String? {
    if code == 0 { return nil }
    if code > 0 {
      let number = Int(code) - 1
      return sentences[number / 2]
        + (number % 2 == 1 ? " and were made in its window of dates" : "")
    }
    let bits = -Int(code)
    return
      "\(bits >> 20) of \(2 * (bits >> 10 & 0x3FF)) neighbours in follow order were made within "
      + "\(bits & 0x3FF) days of it"
  }
}
