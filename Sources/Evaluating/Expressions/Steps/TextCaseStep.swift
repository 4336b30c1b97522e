import Columns
import Kernels

/// A case whose values are string constants: codes of a dictionary of its own.
final class TextCaseStep: Step {
  /// More different constants than this do not fit the codes: `CaseStep` takes them.
  static let maximum = 256

  private let dictionary: TextDictionary
  /// The code of each value, the last one's last; nil for null.
  private let codes: [UInt8?]

  /// `arguments` are condition, value, …, value; `values` what the values are.
  init(_ arguments: [Int], values: [Scalar]) {
    var texts: [String] = []
    codes = values.map { value in
      guard case .string(let text) = value else { return nil }
      let known = texts.firstIndex { $0.utf8.elementsEqual(text.utf8) }
      if known == nil { texts.append(text) }
      return UInt8(truncatingIfNeeded: known ?? texts.count - 1)
    }
    precondition(texts.count <= TextCaseStep.maximum, "a case of more texts than codes")
    dictionary = TextDictionary(texts)
    super.init(arguments, .string)
  }

  override func run(_ frame: Frame) -> Vector {
    let out = frame.output(UInt8.self)
    let otherwise = codes[codes.count - 1]
    out.update(repeating: otherwise ?? 0, count: frame.count)
    let hasNulls = codes.contains { $0 == nil }
    let validity = hasNulls ? frame.bits() : nil
    validity?.update(repeating: otherwise == nil ? 0 : ~0, count: frame.wordCount)
    var faults: UnsafePointer<UInt64>?
    for index in stride(from: codes.count - 2, through: 0, by: -1) {
      let condition = frame[arguments[index * 2]]
      faults = frame.unite(faults, condition.faults)
      if condition.isNullConstant { continue }
      let bits = frame.trueBits(condition)
      let code = codes[index]
      if let code {
        select(bits, .constant(code), .block(UnsafePointer(out)), count: frame.count, into: out)
      }
      guard let validity else { continue }
      for word in 0..<frame.wordCount {
        validity[word] = code == nil ? validity[word] & ~bits[word] : validity[word] | bits[word]
      }
    }
    return Vector(
      count: frame.count, type: .string, storage: .codes8(out, dictionary),
      validity: validity.map { UnsafePointer($0) }, faults: faults)
  }
}
