/// Whole columns as flat memory, for statistics that read them more than once.
extension Column {
  /// The values of an integer-stored or bool column (0 and 1), one after the other.
  ///
  /// `null` under a null. O(n), 8 bytes a row.
  package func integers(null: Int64 = .min) -> BufferSlice<Int64> {
    let all = BufferSlice<Int64>(capacity: rowCount)
    var start = 0
    for segment in segments {
      segment.writeIntegers(to: all.pointer + start, null: null)
      start += segment.rowCount
    }
    return all
  }

  /// The values of a numeric column as floats, one after the other.
  ///
  /// `null` under a null. O(n), 8 bytes a row.
  package func doubles(null: Double = .nan) -> BufferSlice<Double> {
    let all = BufferSlice<Double>(capacity: rowCount)
    var start = 0
    for segment in segments {
      segment.writeDoubles(to: all.pointer + start, null: null)
      start += segment.rowCount
    }
    return all
  }

  /// The texts of a column numbered in order of first appearance, and the number of each row.
  ///
  /// −1 under a null. O(n) with a dictionary, else one hashing a row.
  package func textNumbers() -> (texts: [String], numbers: BufferSlice<Int32>) {
    let all = BufferSlice<Int32>(capacity: rowCount)
    var numbering = TextNumbering()
    var start = 0
    for segment in segments {
      numbering.write(segment, to: all.pointer + start)
      start += segment.rowCount
    }
    return (numbering.texts, all)
  }
}

extension Segment {
  /// Writes `rowCount` values; see `Column.integers`.
  package func writeIntegers(to out: UnsafeMutablePointer<Int64>, null: Int64) {
    switch values {
    case .bits(let bits): for row in 0..<rowCount { out[row] = bits[row] ? 1 : 0 }
    case .int8(let slice): widen(slice, to: out)
    case .int16(let slice): widen(slice, to: out)
    case .int32(let slice): widen(slice, to: out)
    case .int64(let slice): widen(slice, to: out)
    case .float64, .text, .codes8, .codes16: preconditionFailure("no integers in this segment")
    }
    guard let validity else { return }
    for row in 0..<rowCount where !validity[row] { out[row] = null }
  }

  /// Writes `rowCount` values; see `Column.doubles`.
  package func writeDoubles(to out: UnsafeMutablePointer<Double>, null: Double) {
    switch values {
    case .bits(let bits): for row in 0..<rowCount { out[row] = bits[row] ? 1 : 0 }
    case .int8(let slice): convert(slice, to: out)
    case .int16(let slice): convert(slice, to: out)
    case .int32(let slice): convert(slice, to: out)
    case .int64(let slice): convert(slice, to: out)
    case .float64(let slice): out.update(from: slice.pointer, count: rowCount)
    case .text, .codes8, .codes16: preconditionFailure("no numbers in this segment")
    }
    guard let validity else { return }
    for row in 0..<rowCount where !validity[row] { out[row] = null }
  }

  private func widen<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, to out: UnsafeMutablePointer<Int64>
  ) {
    let (source, scale) = (slice.pointer, scale)
    for row in 0..<rowCount { out[row] = Int64(truncatingIfNeeded: source[row]) &* scale }
  }

  private func convert<Stored: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Stored>, to out: UnsafeMutablePointer<Double>
  ) {
    let (source, scale) = (slice.pointer, Double(scale))
    for row in 0..<rowCount { out[row] = Double(source[row]) * scale }
  }
}

/// Numbers for texts, in order of first appearance.
private struct TextNumbering {
  private(set) var texts: [String] = []
  private var numbers: [String: Int32] = [:]
  private var dictionary: (texts: TextDictionary, numbers: [Int32])?

  mutating func write(_ segment: Segment, to out: UnsafeMutablePointer<Int32>) {
    switch segment.values {
    case .codes8(let codes, let dictionary): write(segment, codes, dictionary, to: out)
    case .codes16(let codes, let dictionary): write(segment, codes, dictionary, to: out)
    case .text(let slice):
      for row in 0..<segment.rowCount {
        out[row] = segment.isNull(at: row) ? -1 : number(of: slice.string(at: row))
      }
    default: preconditionFailure("no texts in this segment")
    }
  }

  private mutating func write<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ segment: Segment, _ codes: BufferSlice<Code>, _ own: TextDictionary,
    to out: UnsafeMutablePointer<Int32>
  ) {
    if dictionary?.texts !== own {
      dictionary = (own, [Int32](repeating: -1, count: own.count))
    }
    guard var known = dictionary?.numbers else { return }
    for row in 0..<segment.rowCount {
      if segment.isNull(at: row) {
        out[row] = -1
        continue
      }
      let code = Int(codes.pointer[row])
      if known[code] < 0 { known[code] = number(of: own.string(code)) }
      out[row] = known[code]
    }
    dictionary = (own, known)
  }

  private mutating func number(of text: String) -> Int32 {
    if let known = numbers[text] { return known }
    let number = Int32(truncatingIfNeeded: texts.count)
    numbers[text] = number
    texts.append(text)
    return number
  }
}
