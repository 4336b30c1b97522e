import Columns

/// How the keys of a join's right side are numbered so that one word is the keys themselves.
///
/// Texts go by the codes of their dictionary, integers by what they are above the least: a word is the
/// number of a combination among all that there may be. Nil facts of a key leave nothing to number.
struct JoinCoding: Sendable {
  struct Key: Sendable {
    let dictionary: TextDictionary?
    let low: Int64
    /// Numbers go from 0 to this.
    let span: UInt64
    /// What the number is multiplied with in a word.
    let factor: UInt64
  }

  let keys: [Key]
  /// Every word is below.
  let cellCount: UInt64

  /// Takes the type and facts of each key; nil where one has no numbers or their combinations do not
  /// fit a word.
  init?(_ facts: [(type: DataType, facts: ColumnFacts)]) {
    var keys: [Key] = []
    var cells: UInt64 = 1
    for (type, facts) in facts {
      var bounds: ClosedRange<Int64>?
      switch type {
      case .string: bounds = facts.dictionary.map { 0...Int64(max(1, $0.count) - 1) }
      case .bool: bounds = 0...1
      case .float: break
      case .int, .date, .time, .duration: bounds = facts.range
      }
      guard let bounds else { return nil }
      let (span, overflow) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
      let product = cells.multipliedReportingOverflow(by: UInt64(bitPattern: span) &+ 1)
      if overflow || product.overflow || product.partialValue >> 62 != 0 { return nil }
      keys.append(
        Key(
          dictionary: type == .string ? facts.dictionary : nil, low: bounds.lowerBound,
          span: UInt64(span), factor: cells))
      cells = product.partialValue
    }
    if keys.isEmpty { return nil }
    self.keys = keys
    cellCount = cells
  }

  /// Whether a table of so many rows may have a bucket for each word.
  func isDense(rows: Int) -> Bool { cellCount <= UInt64(max(1 << 12, 4 * rows)) }
}

/// Reads the keys of blocks as words of a coding, for one worker.
final class JoinCodeReader {
  private let coding: JoinCoding
  private let numbers: Store<Int64>
  /// The numbers of texts that are no codes of the right side's dictionary, by key.
  private var interners: [Int: TextInterner] = [:]
  private var codeNumbers: [Place: Store<Int64>] = [:]
  private var dictionaries: [TextDictionary] = []

  private struct Place: Hashable {
    let key: Int
    let dictionary: ObjectIdentifier
  }

  init(_ coding: JoinCoding, blockRows: Int) {
    self.coding = coding
    numbers = Store(undefined: blockRows)
  }

  /// Adds a key of some rows to their words, and clears the bits of those whose value has no number;
  /// returns how many these are.
  func add(
    _ column: DenseColumn, key index: Int, to words: UnsafeMutablePointer<UInt64>,
    present: UnsafeMutablePointer<UInt64>
  ) -> Int {
    let key = coding.keys[index]
    if let dictionary = key.dictionary {
      readTexts(column, index, dictionary)
    } else {
      _ = column.orderWords(into: numbers.pointer)
    }
    let (numbers, low, span, factor) = (numbers.pointer, key.low, key.span, key.factor)
    var misses = 0
    for word in 0..<(column.count + 63) / 64 {
      var known: UInt64 = 0
      for row in word &* 64..<min(word &* 64 &+ 64, column.count) {
        let number = UInt64(bitPattern: numbers[row] &- low)
        let isKnown = number <= span
        words[row] &+= isKnown ? number &* factor : 0
        known |= (isKnown ? 1 : 0) &<< UInt64(truncatingIfNeeded: row & 63)
      }
      misses += (present[word] & ~known).nonzeroBitCount
      present[word] &= known
    }
    return misses
  }

  /// Writes the codes of texts, -1 for those that the dictionary does not have.
  private func readTexts(_ column: DenseColumn, _ key: Int, _ dictionary: TextDictionary) {
    let numbers = numbers.pointer
    switch column.values {
    case .codes8(let codes, let own) where own === dictionary:
      for row in 0..<column.count { numbers[row] = Int64(codes[row]) }
    case .codes16(let codes, let own) where own === dictionary:
      for row in 0..<column.count { numbers[row] = Int64(codes[row]) }
    case .codes8(let codes, let own):
      let known = codeNumbers(of: own, key, dictionary)
      for row in 0..<column.count { numbers[row] = known[Int(codes[row])] }
    case .codes16(let codes, let own):
      let known = codeNumbers(of: own, key, dictionary)
      for row in 0..<column.count { numbers[row] = known[Int(codes[row])] }
    case .texts(let texts, _):
      let interner = interner(key, dictionary)
      for row in 0..<column.count { numbers[row] = Int64(interner.known(texts[row])) - 1 }
    default: preconditionFailure("a key that is no text")
    }
  }

  private func codeNumbers(
    of other: TextDictionary, _ key: Int, _ dictionary: TextDictionary
  ) -> UnsafePointer<Int64> {
    let place = Place(key: key, dictionary: ObjectIdentifier(other))
    if let known = codeNumbers[place] { return UnsafePointer(known.pointer) }
    let interner = interner(key, dictionary)
    let numbers = Store<Int64>(capacity: max(1, other.count))
    for code in 0..<other.count {
      numbers.append(Int64(interner.known(TextReference(other.texts, at: code))) - 1)
    }
    codeNumbers[place] = numbers
    dictionaries.append(other)
    return UnsafePointer(numbers.pointer)
  }

  /// The texts of a dictionary, numbered as its codes are, from 1.
  private func interner(_ key: Int, _ dictionary: TextDictionary) -> TextInterner {
    if let known = interners[key] { return known }
    let interner = TextInterner()
    _ = interner.numbers(of: dictionary)
    interners[key] = interner
    return interner
  }
}
