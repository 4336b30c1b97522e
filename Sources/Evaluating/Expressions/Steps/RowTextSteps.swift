import Columns
import Kernels
import Plans

/// A test of two texts that both vary from row to row.
final class TextPairStep: PairTestStep {
  enum Test {
    case contains, containsIgnoringCase, startsWith, endsWith
  }

  private let test: Test

  init(_ arguments: [Int], _ test: Test) {
    self.test = test
    super.init(arguments)
  }

  override func test(
    _ frame: Frame, _ left: Vector, _ right: Vector, into bits: UnsafeMutablePointer<UInt64>
  ) {
    var constants: [ConstantText] = []
    let texts = frame.texts(left, holding: &constants)
    let needles = frame.texts(right, holding: &constants)
    withExtendedLifetime(constants) {
      switch test {
      case .contains: texts.test(.contains, needles, count: frame.count, into: bits)
      case .startsWith: texts.test(.startsWith, needles, count: frame.count, into: bits)
      case .endsWith: texts.test(.endsWith, needles, count: frame.count, into: bits)
      case .containsIgnoringCase:
        bits.update(repeating: 0, count: frame.wordCount)
        for row in 0..<frame.count where containsInAnyCase(texts[row], needles[row]) {
          bits[row >> 6] |= 1 << UInt64(row & 63)
        }
      }
    }
  }

  private func containsInAnyCase(
    _ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    containsFolded(text, foldedBytes(String(decoding: needle, as: UTF8.self)))
  }
}

/// `replace`, `substring` and `split` whose parameters vary from row to row.
final class RowTextStep: Step {
  enum Function {
    case replace, substring, split
  }

  private let function: Function
  private let memory = TextMemory()

  init(_ arguments: [Int], _ function: Function, _ expression: ScalarExpression) {
    self.function = function
    super.init(arguments, .string, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    let vectors = arguments.map { frame[$0] }
    if vectors.contains(where: \.isNullConstant) { return frame.null(.string) }
    var constants: [ConstantText] = []
    let texts = frame.texts(vectors[0], holding: &constants)
    var validity = frame.validity(vectors)
    memory.begin()
    switch function {
    case .replace:
      let needles = frame.texts(vectors[1], holding: &constants)
      let replacements = frame.texts(vectors[2], holding: &constants)
      for row in 0..<frame.count {
        memory.addReplacing(needles[row], in: texts[row], with: replacements[row])
        memory.endMadeRow()
      }
    case .substring:
      let starts = frame.integerBlock(vectors[1])
      let lengths = frame.integerBlock(vectors[2])
      for row in 0..<frame.count {
        memory.append(substring(texts[row], start: starts[row], length: lengths[row]))
      }
    case .split:
      let separators = frame.texts(vectors[1], holding: &constants)
      validity = split(texts, separators, frame, validity)
    }
    withExtendedLifetime(constants) {}
    return Vector(
      count: frame.count, type: .string, storage: memory.storage, validity: validity,
      faults: frame.unite(memory.faults(frame, of: self, validity), frame.faults(vectors)))
  }

  /// Adds the parts; gives the rows that have them.
  private func split(
    _ texts: TextRows, _ separators: TextRows, _ frame: Frame,
    _ validity: UnsafePointer<UInt64>?
  ) -> UnsafePointer<UInt64>? {
    let parts = arguments.count > 2 ? frame.integerBlock(frame[arguments[2]]) : nil
    let found = frame.bits()
    found.update(repeating: 0, count: frame.wordCount)
    for row in 0..<frame.count {
      let isThere = memory.addSplit(texts[row], separators[row], part: parts?[row])
      memory.endMadeRow()
      found[row >> 6] |= (isThere ? 1 : 0) << UInt64(row & 63)
    }
    return frame.restrict(validity, to: found)
  }
}
