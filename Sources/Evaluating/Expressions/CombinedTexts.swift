import Calendars
import Columns
import Plans

/// What a text is put together of, where that has few values.
enum TextPart: Sendable {
  case constant(String)
  case codes(TextDictionary)
  /// The texts of the integer-stored values from `low` on.
  case integers(low: Int64, count: Int, DataType)

  /// How many values it has.
  var count: Int {
    switch self {
    case .constant: 1
    case .codes(let dictionary): dictionary.count
    case .integers(_, let count, _): count
    }
  }

  /// What makes two parts the same while their dictionaries live; those of constants, which are small,
  /// are made time and again.
  enum Key: Hashable, Sendable {
    case constant([UInt8])
    case codes(ObjectIdentifier)
    case texts([[UInt8]])
    case integers(low: Int64, count: Int, DataType)
  }

  var key: Key {
    switch self {
    case .constant(let text): .constant(Array(text.utf8))
    case .codes(let dictionary) where dictionary.count <= 256:
      .texts((0..<dictionary.count).map { Array(dictionary.texts.utf8(at: $0)) })
    case .codes(let dictionary): .codes(ObjectIdentifier(dictionary))
    case .integers(let low, let count, let type): .integers(low: low, count: count, type)
    }
  }
}

/// All texts that parts of few values make when they are put together: codes of one dictionary, so that
/// no row's text is written.
///
/// Combinations are numbered with the first part going fastest. The texts are in order of those numbers,
/// each once, as combinations may share one.
final class CombinedTexts: Sendable {
  let parts: [TextPart]
  let dictionary: TextDictionary
  private let combinationCount: Int
  /// The code of each combination; nil where codes are the numbers.
  private let codes: Store<UInt16>?

  /// Takes parts that have values, whose combinations a dictionary has room for.
  init(_ parts: [TextPart], _ zone: TimeZoneRules) {
    self.parts = parts
    combinationCount = parts.reduce(1) { $0 * $1.count }
    let memory = TextMemory()
    let texts = CombinedTexts.write(parts, combinationCount, zone, into: memory)
    let interner = TextInterner()
    let numbers = Store<Int64>(undefined: combinationCount)
    interner.number(texts.pointer, combinationCount, copying: false, into: numbers.pointer)
    let own = Store<TextReference>(capacity: interner.count)
    for number in 1...interner.count { own.append(interner.texts.pointer[number]) }
    dictionary = TextDictionary(texts: TextSlice(copying: own))
    withExtendedLifetime(memory) {}
    if interner.count == combinationCount {
      codes = nil
      return
    }
    let codes = Store<UInt16>(undefined: combinationCount)
    for number in 0..<combinationCount {
      codes.pointer[number] = UInt16(truncatingIfNeeded: numbers.pointer[number] - 1)
    }
    self.codes = codes
  }

  /// The texts of all combinations, in a memory.
  private static func write(
    _ parts: [TextPart], _ count: Int, _ zone: TimeZoneRules, into memory: TextMemory
  ) -> Store<TextReference> {
    let values = parts.map { PartTexts($0, zone) }
    var indexes = [Int](repeating: 0, count: parts.count)
    memory.begin()
    for _ in 0..<count {
      for (part, value) in values.enumerated() {
        memory.addPadded(value.texts.pointer[indexes[part]].buffer)
      }
      memory.endRow()
      for part in indexes.indices {
        indexes[part] += 1
        if indexes[part] < parts[part].count { break }
        indexes[part] = 0
      }
    }
    return memory.references(count)
  }

  /// The codes of a block; nil where a value is not what was known of its part.
  func codes(of vectors: [Vector], _ frame: Frame) -> UnsafePointer<UInt16>? {
    let count = frame.count
    let numbers = frame.temporary(UInt32.self)
    numbers.update(repeating: 0, count: count)
    var stride: UInt32 = 1
    for (part, vector) in zip(parts, vectors) {
      switch (part, vector.storage) {
      case (.constant, _): break
      case (.codes(let dictionary), .codes8(let codes, let own)) where own.isSame(as: dictionary):
        for row in 0..<count { numbers[row] &+= UInt32(codes[row]) &* stride }
      case (.codes(let dictionary), .codes16(let codes, let own)) where own.isSame(as: dictionary):
        for row in 0..<count { numbers[row] &+= UInt32(codes[row]) &* stride }
      case (.integers(let low, let span, _), _) where vector.type != .string:
        if !add(vector, from: low, span, stride, frame, to: numbers) { return nil }
      default: return nil
      }
      stride &*= UInt32(part.count)
    }
    let out = frame.output(UInt16.self)
    // Under nulls, numbers are anything.
    let last = UInt32(combinationCount - 1)
    if let codes = codes?.pointer {
      for row in 0..<count { out[row] = codes[Int(min(numbers[row], last))] }
    } else {
      for row in 0..<count { out[row] = UInt16(truncatingIfNeeded: min(numbers[row], last)) }
    }
    return UnsafePointer(out)
  }

  /// Adds the numbers of integers; false where a row has another one.
  private func add(
    _ vector: Vector, from low: Int64, _ span: Int, _ stride: UInt32, _ frame: Frame,
    to numbers: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    let values = frame.integerBlock(vector)
    var greatest: UInt64 = 0
    for row in 0..<frame.count {
      let number = UInt64(bitPattern: values[row] &- low)
      greatest = max(greatest, number)
      numbers[row] &+= UInt32(truncatingIfNeeded: number) &* stride
    }
    if greatest < UInt64(span) { return true }
    guard let validity = vector.validity else { return false }
    return (0..<frame.count).allSatisfy { row in
      UInt64(bitPattern: values[row] &- low) < UInt64(span)
        || validity[row >> 6] >> UInt64(row & 63) & 1 == 0
    }
  }
}

/// The texts of the values of a part.
private final class PartTexts {
  let texts: Store<TextReference>
  private let owner: AnyObject

  init(_ part: TextPart, _ zone: TimeZoneRules) {
    switch part {
    case .constant(let text):
      let constant = ConstantText(text)
      texts = Store(repeating: TextReference(bytes: constant.base, count: constant.count), count: 1)
      owner = constant
    case .codes(let dictionary):
      texts = Store(capacity: dictionary.count)
      for code in 0..<dictionary.count { texts.append(TextReference(dictionary.texts, at: code)) }
      owner = dictionary
    case .integers(let low, let count, let type):
      let memory = TextMemory()
      memory.begin()
      for index in 0..<count {
        memory.add(low + Int64(index), type, zone)
        memory.endRow()
      }
      texts = memory.references(count)
      owner = memory
    }
  }
}
