/// Numbers for texts, in order of first appearance.
struct TextNumbering {
  private(set) var texts: [String] = []
  private var numbers: [ExactText: Int32] = [:]
  private var dictionary: (texts: TextDictionary, numbers: [Int32])?

  /// Writes the number of each row; −1 under a null.
  mutating func write(_ segment: Segment, to out: UnsafeMutablePointer<Int32>) {
    switch segment.values {
    case .codes8(_, let dictionary), .codes16(_, let dictionary):
      write(segment, dictionary, to: out)
    case .text(let slice):
      for row in 0..<segment.rowCount {
        out[row] = segment.isNull(at: row) ? -1 : number(of: slice.string(at: row))
      }
    default: preconditionFailure("no texts in this segment")
    }
  }

  private mutating func write(
    _ segment: Segment, _ own: TextDictionary, to out: UnsafeMutablePointer<Int32>
  ) {
    if dictionary?.texts !== own {
      dictionary = (own, [Int32](repeating: -1, count: own.count))
    }
    guard var known = dictionary?.numbers else { return }
    for code in segment.codesByAppearance where known[code] < 0 {
      known[code] = number(of: own.string(code))
    }
    segment.writeCodes(to: out, numbers: known)
    dictionary = (own, known)
  }

  private mutating func number(of text: String) -> Int32 {
    let key = ExactText(text)
    if let known = numbers[key] { return known }
    let number = Int32(truncatingIfNeeded: texts.count)
    numbers[key] = number
    texts.append(text)
    return number
  }
}
