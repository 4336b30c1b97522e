import Columns
import Kernels
import Plans

/// How many of the digits 0 to 9 a text holds.
final class DigitsStep: TextFunctionStep {
  init(_ argument: Int) { super.init(argument, .int) }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let out = frame.output(Int64.self)
    let rows = texts.rows
    for row in 0..<texts.count {
      var count: Int64 = 0
      for byte in rows[row] { count &+= byte &- 0x30 < 10 ? 1 : 0 }
      out[row] = count
    }
    return Vector(
      count: texts.count, type: .int, storage: .int64(out), validity: texts.validity,
      range: 0...Int64(UInt32.max))
  }
}

/// Whether the number of a text's Unicode scalars compares so with another.
final class LengthComparisonStep: TextPredicateStep {
  private let comparison: Comparison
  private let length: UInt32

  init(_ argument: Int, _ comparison: Comparison, _ length: UInt32) {
    self.comparison = comparison
    self.length = length
    super.init(argument)
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    texts.rows.compareLengths(comparison, length, count: texts.count, into: bits)
  }
}

/// How alike a text and a constant are.
final class ConstantSimilarityStep: TextFunctionStep {
  let constant: [UInt8]
  let isFirst: Bool
  private let similarity = Similarity()

  /// `isFirst` says that the constant is the first argument.
  init(_ argument: Int, _ constant: String, isFirst: Bool) {
    self.constant = Array(constant.utf8)
    self.isFirst = isFirst
    super.init(argument, .float)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let out = frame.output(Double.self)
    let rows = texts.rows
    constant.withUnsafeBufferPointer { constant in
      if !isFirst {
        similarity.measure(rows, count: texts.count, constant, into: out)
        return
      }
      for row in 0..<texts.count { out[row] = similarity.measure(constant, rows[row]) }
    }
    return Vector(
      count: texts.count, type: .float, storage: .float64(out), validity: texts.validity)
  }
}

/// Whether the likeness of a text to a constant compares so with a number.
final class LikenessStep: TextPredicateStep {
  private let likeness: LikenessTest

  init(_ measure: ConstantSimilarityStep, _ comparison: Comparison, _ threshold: Double) {
    likeness = LikenessTest(measure.constant, comparison, threshold)
    super.init(measure.arguments[0])
  }

  override func test(_ texts: PlainTexts, into bits: UnsafeMutablePointer<UInt64>) {
    likeness.test(texts.rows, count: texts.count, into: bits)
  }
}

/// How alike two texts are that both vary from row to row; 0 where nobody asks.
final class SimilarityStep: Step {
  private let similarity = Similarity()

  init(_ arguments: [Int]) { super.init(arguments, .float) }

  override func run(_ frame: Frame) -> Vector {
    let left = frame[arguments[0]]
    let right = frame[arguments[1]]
    if left.isNullConstant || right.isNullConstant { return frame.null(.float) }
    var constants: [ConstantText] = []
    let first = frame.texts(left, holding: &constants)
    let second = frame.texts(right, holding: &constants)
    let validity = frame.validity(left, right)
    let wanted = frame.wanted
    let out = frame.output(Double.self)
    withExtendedLifetime(constants) {
      for row in 0..<frame.count {
        let bits = (validity?[row >> 6] ?? ~0) & (wanted?[row >> 6] ?? ~0)
        let isWanted = bits >> UInt64(row & 63) & 1 != 0
        out[row] = isWanted ? similarity.measure(first[row], second[row]) : 0
      }
    }
    return Vector(
      count: frame.count, type: .float, storage: .float64(out), validity: validity,
      faults: frame.faults(left, right))
  }
}

/// The value at a path of a JSON text; null where there is none.
final class JSONStep: TextFunctionStep {
  private let finder: JSONFinder

  init(_ argument: Int, _ path: JSONPath) {
    finder = JSONFinder(
      path.steps.map { step in
        switch step {
        case .key(let key): .key(key)
        case .index(let index): .index(index)
        }
      })
    super.init(argument, .string)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    finder.read(texts.rows, count: texts.count)
    let found = frame.bits()
    found.update(repeating: 0, count: (texts.count + 63) / 64)
    memory.begin()
    for row in 0..<texts.count {
      let isThere = memory.addJSON(finder[row])
      memory.endRow()
      found[row >> 6] |= (isThere ? 1 : 0) << UInt64(row & 63)
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage,
      validity: frame.restrict(texts.validity, to: found))
  }
}

extension TextMemory {
  /// Adds the text of a JSON value to the row: strings as they are, all else as written; false for
  /// null and for nothing.
  func addJSON(_ value: JSONValue) -> Bool {
    switch value {
    case .none, .null: return false
    case .text(let text), .string(let text): add(text)
    case .escaped(let text):
      giveBack(text.count - unescapeJSON(text, into: extend(by: text.count)))
    }
    return true
  }
}

/// With every match of a regular expression replaced.
final class ReplaceRegexStep: TextFunctionStep {
  private let replacement: RegexReplacement
  private let offsets = GrowingMemory()

  init(
    _ argument: Int, _ pattern: RegularExpression, with rewrite: String,
    _ expression: ScalarExpression
  ) {
    replacement = RegexReplacement(pattern, with: rewrite)
    super.init(argument, .string, expression: expression)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    offsets.removeAll()
    let starts = offsets.extend(by: (texts.count + 1) * 4).assumingMemoryBound(to: UInt32.self)
    let tooLong = frame.bits()
    let bytes = replacement.replace(
      texts.rows, count: texts.count, limit: TextLimits.text, blockLimit: TextLimits.block,
      offsets: starts, tooLong: tooLong)
    let faults = frame.faultsOfPresent(tooLong, texts.validity)
    hasFaulted = faults != nil
    // Without memory all texts are empty, and faults.
    return Vector(
      count: texts.count, type: .string,
      storage: .text(offsets: UnsafePointer(starts), bytes: bytes ?? texts.bytes),
      validity: texts.validity, faults: faults)
  }
}
