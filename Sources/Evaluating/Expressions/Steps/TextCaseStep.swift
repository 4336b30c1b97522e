import Columns
import Kernels

/// A case whose values are string constants: codes of a dictionary of its own.
final class TextCaseStep: Step {
  private let dictionary: TextDictionary
  /// The code of each value, the last one's last; nil for null.
  private let codes: [UInt8?]

  /// `arguments` are condition, value, …, value; nil where the values, which are constants, are too many
  /// for the codes: `CaseStep` takes them.
  init?(_ arguments: [Int], values: [Scalar]) {
    guard let (dictionary, codes) = TextDictionary.ofConstants(values) else { return nil }
    (self.dictionary, self.codes) = (dictionary, codes)
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
