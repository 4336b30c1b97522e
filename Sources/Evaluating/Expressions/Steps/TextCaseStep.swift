import Columns
import Kernels

/// A case whose values are string constants, or such cases themselves: codes of a dictionary of its own.
final class TextCaseStep: Step {
  /// What a row of a condition becomes.
  enum Value {
    case constant(Scalar)
    case choice(TextCaseStep)

    /// All constants it can be.
    var constants: [Scalar] {
      switch self {
      case .constant(let value): [value]
      case .choice(let step): step.constants
      }
    }
  }

  /// A value in codes of this step.
  private enum Coded {
    /// Nil for null.
    case code(UInt8?)
    /// The code of each code of another step.
    case codes([UInt8], mayBeNull: Bool)

    var mayBeNull: Bool {
      switch self {
      case .code(let code): code == nil
      case .codes(_, let mayBeNull): mayBeNull
      }
    }
  }

  /// The constants in the order of the values and those within them.
  let constants: [Scalar]
  private let dictionary: TextDictionary
  /// The code of each of the constants.
  private let codes: [UInt8?]
  /// The last one's last.
  private let values: [Coded]

  /// `arguments` are condition, value, …, value; nil where the constants are too many for the codes:
  /// `CaseStep` takes them.
  init?(_ arguments: [Int], values: [Value]) {
    constants = values.flatMap(\.constants)
    guard let (dictionary, codes) = TextDictionary.ofConstants(constants) else { return nil }
    (self.dictionary, self.codes) = (dictionary, codes)
    var first = 0
    self.values = values.map { value in
      defer { first += value.constants.count }
      guard case .choice(let step) = value else { return .code(codes[first]) }
      var own = [UInt8](repeating: 0, count: 256)
      for (index, code) in step.codes.enumerated() {
        if let code { own[Int(code)] = codes[first + index] ?? 0 }
      }
      return .codes(own, mayBeNull: step.codes.contains { $0 == nil })
    }
    super.init(arguments, .string)
  }

  override func run(_ frame: Frame) -> Vector {
    let out = frame.output(UInt8.self)
    let all = frame.bits()
    all.update(repeating: ~0, count: frame.wordCount)
    let validity = values.contains { $0.mayBeNull } ? frame.bits() : nil
    var faults: UnsafePointer<UInt64>?
    put(values.count - 1, where: all, frame, out, validity, &faults)
    for index in stride(from: values.count - 2, through: 0, by: -1) {
      let condition = frame[arguments[index * 2]]
      if condition.isNullConstant { continue }
      put(index, where: frame.trueBits(condition), frame, out, validity, &faults)
      faults = frame.unite(faults, condition.faults)
    }
    return Vector(
      count: frame.count, type: .string, storage: .codes8(out, dictionary),
      validity: validity.map { UnsafePointer($0) }, faults: faults)
  }

  /// Puts a value into the rows whose bit is set; the faults of what stood there vanish.
  private func put(
    _ index: Int, where bits: UnsafePointer<UInt64>, _ frame: Frame,
    _ out: UnsafeMutablePointer<UInt8>, _ validity: UnsafeMutablePointer<UInt64>?,
    _ faults: inout UnsafePointer<UInt64>?
  ) {
    var own: Vector?
    var isNull = false
    switch values[index] {
    case .code(let code):
      isNull = code == nil
      if let code {
        select(bits, .constant(code), .block(UnsafePointer(out)), count: frame.count, into: out)
      }
    case .codes(let table, _):
      let vector = frame[arguments[min(2 * index + 1, arguments.count - 1)]]
      guard case .codes8(let codes, _) = vector.storage else {
        preconditionFailure("a case of constants without codes")
      }
      let translated = frame.temporary(UInt8.self)
      // Without the checks of an array: there is a place for every code.
      table.withUnsafeBufferPointer { table in
        for row in 0..<frame.count { translated[row] = table[Int(codes[row])] }
      }
      select(
        bits, .block(UnsafePointer(translated)), .block(UnsafePointer(out)), count: frame.count,
        into: out)
      own = vector
    }
    if let validity {
      for word in 0..<frame.wordCount {
        let present = isNull ? 0 : own?.validity?[word] ?? ~0
        validity[word] = validity[word] & ~bits[word] | present & bits[word]
      }
    }
    if faults == nil && own?.faults == nil { return }
    let taken = frame.bits()
    for word in 0..<frame.wordCount {
      let chosen = own?.faults?[word] ?? 0
      taken[word] = (faults?[word] ?? 0) & ~bits[word] | chosen & bits[word]
    }
    faults = UnsafePointer(taken)
  }
}
