import Columns
import Kernels

/// The values of one expression over the rows that passed, one after the other.
struct DenseColumn {
  enum Values {
    case int8(UnsafePointer<Int8>)
    case int16(UnsafePointer<Int16>)
    case int32(UnsafePointer<Int32>)
    case int64(UnsafePointer<Int64>)
    case float64(UnsafePointer<Double>)
    /// Bools, a byte each, 0 or 1.
    case bytes(UnsafePointer<UInt8>)
    case codes8(UnsafePointer<UInt8>, TextDictionary)
    case codes16(UnsafePointer<UInt16>, TextDictionary)
    /// Texts; `isStable` when they outlive the block.
    case texts(UnsafePointer<TextReference>, isStable: Bool)
  }

  var count: Int
  var values: Values
  /// An integer-stored value is `scale` times what is stored.
  var scale: Int64
  var range: ClosedRange<Int64>?
  /// Bits by position in the block, as in the vector; nil when no row is null.
  var validity: UnsafePointer<UInt64>?
  /// The rows' groups, with 0 where this value is null.
  var groups: UnsafePointer<UInt32>
  /// The hash of each text, where it is known already.
  var hashes: UnsafePointer<UInt64>?

  /// The span of the block, where the value's own groups are within it: a null's is 0.
  func span(in rows: GroupedRows) -> Range<Int>? {
    guard let span = rows.span, groups == rows.groups || span.contains(0) else { return nil }
    return span
  }

  /// The greatest magnitude of a value, nil when it is beyond 64 bits less two.
  var magnitude: Int64? {
    let stored: (Int64, Int64)
    if let range {
      stored = (range.lowerBound, range.upperBound)
    } else {
      switch values {
      case .int8: stored = (-128 &* scale, 127 &* scale)
      case .int16: stored = (-32768 &* scale, 32767 &* scale)
      case .int32: stored = (Int64(Int32.min) &* scale, Int64(Int32.max) &* scale)
      case .bytes: stored = (0, 1)
      default: return nil
      }
    }
    let limit = Int64(1) << 61
    if stored.0 < -limit || stored.1 > limit { return nil }
    return max(abs(stored.0), abs(stored.1))
  }
}

/// The word of a float in the order of floats: NaN above all, and 0 for both zeros.
@inline(__always) func orderWord(_ value: Double) -> Int64 {
  if value != value { return Int64.max }
  let bits = Int64(bitPattern: (value + 0.0).bitPattern)
  return bits ^ (bits &>> 63 & Int64.max)
}

/// The same with -0 just below 0, so that it comes back as it was.
@inline(__always) func signedOrderWord(_ value: Double) -> Int64 {
  if value != value { return Int64.max }
  let bits = Int64(bitPattern: value.bitPattern)
  return bits ^ (bits &>> 63 & Int64.max)
}

/// The float of a word made by `orderWord` or `signedOrderWord`.
@inline(__always) func orderedFloat(_ word: Int64) -> Double {
  if word == Int64.max { return .nan }
  return Double(bitPattern: UInt64(bitPattern: word ^ (word &>> 63 & Int64.max)))
}

extension DenseColumn {
  /// Writes a word for each value, equal for equal values, whose order is that of the values;
  /// false for texts, which have none.
  ///
  /// With `keepingSigns` the zeros of floats have words of their own: for values that are given back,
  /// not compared.
  func orderWords(into words: UnsafeMutablePointer<Int64>, keepingSigns: Bool = false) -> Bool {
    switch values {
    case .int8(let values): widen(.int8(values), into: words)
    case .int16(let values): widen(.int16(values), into: words)
    case .int32(let values): widen(.int32(values), into: words)
    case .int64(let values): widen(.int64(values), into: words)
    case .float64(let values):
      writeOrderWords(of: values, count: count, keepingSigns: keepingSigns, into: words)
    case .bytes(let values):
      for row in 0..<count { words[row] = Int64(values[row]) }
    case .codes8, .codes16, .texts: return false
    }
    return true
  }

  /// Writes how many steps each integer lies above a base, less than 0 where it lies below; false
  /// where there are no integers.
  ///
  /// A step is 2 at least. What is no whole number of steps is rounded.
  func steps(
    from base: Int64, of step: Int64, into words: UnsafeMutablePointer<Int64>
  ) -> Bool {
    guard orderWords(into: words) else { return false }
    countSteps(words, count: count, from: base, of: step)
    return true
  }

  /// Whether each value's order word is known to fit in 32 bits; what stands under a null need not.
  var hasNarrowWords: Bool {
    switch values {
    case .int8, .int16, .int32: if scale == 1 { return true }
    case .bytes: return true
    case .int64: break
    case .float64, .codes8, .codes16, .texts: return false
    }
    let narrow = Int64(Int32.min)...Int64(Int32.max)
    return range.map { narrow.contains($0.lowerBound) && narrow.contains($0.upperBound) } ?? false
  }

  /// The values, where they are integers of at most 32 bits, as they lie or widened into scratch memory.
  func narrowValues(scratch: UnsafeMutablePointer<Int32>) -> UnsafePointer<Int32>? {
    if scale != 1 { return nil }
    switch values {
    case .int8(let values): StoredIntegers.int8(values).widen(count: count, into: scratch)
    case .int16(let values): StoredIntegers.int16(values).widen(count: count, into: scratch)
    case .int32(let values): return values
    default: return nil
    }
    return UnsafePointer(scratch)
  }

  private func widen(_ values: StoredIntegers, into words: UnsafeMutablePointer<Int64>) {
    values.widen(scale: scale, count: count, into: words)
  }

  /// Writes the values as floats.
  func doubles(into doubles: UnsafeMutablePointer<Double>) {
    switch values {
    case .int8(let values): convert(.int8(values), into: doubles)
    case .int16(let values): convert(.int16(values), into: doubles)
    case .int32(let values): convert(.int32(values), into: doubles)
    case .int64(let values): convert(.int64(values), into: doubles)
    case .float64(let values): doubles.update(from: values, count: count)
    case .bytes(let values):
      for row in 0..<count { doubles[row] = Double(values[row]) }
    case .codes8, .codes16, .texts: doubles.update(repeating: 0, count: count)
    }
  }

  /// The values as floats, where they are or in scratch memory.
  func doubles(scratch: UnsafeMutablePointer<Double>) -> UnsafePointer<Double> {
    if case .float64(let values) = values { return values }
    doubles(into: scratch)
    return UnsafePointer(scratch)
  }

  private func convert(_ values: StoredIntegers, into doubles: UnsafeMutablePointer<Double>) {
    values.doubles(scale: scale, count: count, into: doubles)
  }

  /// Writes a reference for each text.
  func texts(into references: UnsafeMutablePointer<TextReference>) {
    switch values {
    case .codes8(let codes, let dictionary):
      let texts = dictionary.texts
      for row in 0..<count { references[row] = TextReference(texts, at: Int(codes[row])) }
    case .codes16(let codes, let dictionary):
      let texts = dictionary.texts
      for row in 0..<count { references[row] = TextReference(texts, at: Int(codes[row])) }
    case .texts(let texts, _): references.update(from: texts, count: count)
    default: references.update(repeating: .empty, count: count)
    }
  }

  /// The text of a row.
  func text(_ row: Int) -> TextReference {
    switch values {
    case .codes8(let codes, let dictionary):
      TextReference(dictionary.texts, at: Int(codes[row]))
    case .codes16(let codes, let dictionary):
      TextReference(dictionary.texts, at: Int(codes[row]))
    case .texts(let texts, _): texts[row]
    default: .empty
    }
  }

  /// Whether the texts outlive the block and the expression that made them.
  ///
  /// Those of a dictionary need not: a function of a column of codes makes a dictionary of its own.
  var isStable: Bool {
    switch values {
    case .texts(_, let isStable): isStable
    case .codes8, .codes16: false
    default: true
    }
  }
}
