import Calendars
import Columns
import Kernels
import Plans

/// The texts of all arguments behind each other; integer-stored ones are made to texts.
final class ConcatenationStep: Step {
  private let memory = TextMemory()
  /// The texts of each integer argument.
  private var numbers: [Int: TextMemory] = [:]
  /// All texts that there can be, where these are few and have been made.
  private let combined: CombinedTexts?

  init(_ arguments: [Int], _ combined: CombinedTexts?, _ expression: ScalarExpression) {
    self.combined = combined
    super.init(arguments, .string, expression)
  }

  override func run(_ frame: Frame) -> Vector {
    let vectors = arguments.map { frame[$0] }
    if vectors.contains(where: \.isNullConstant) { return frame.null(.string) }
    let validity = frame.validity(vectors)
    if let combined, let codes = combined.codes(of: vectors, frame) {
      return Vector(
        count: frame.count, type: .string, storage: .codes16(codes, combined.dictionary),
        validity: validity, faults: frame.faults(vectors))
    }
    write(vectors, frame)
    return Vector(
      count: frame.count, type: .string, storage: memory.storage, validity: validity,
      faults: frame.unite(memory.faults(frame, of: self, validity), frame.faults(vectors)))
  }

  private func write(_ vectors: [Vector], _ frame: Frame) {
    var constants: [ConstantText] = []
    let parts = vectors.enumerated().map { index, vector in
      vector.type == .string
        ? frame.texts(vector, holding: &constants) : texts(ofNumbers: vector, index, frame)
    }
    memory.begin()
    withExtendedLifetime(constants) {
      if memory.add(parts, count: frame.count) { return }
      for row in 0..<frame.count {
        for part in parts { memory.add(part, row) }
        memory.endMadeRow()
      }
    }
  }

  private func texts(ofNumbers vector: Vector, _ index: Int, _ frame: Frame) -> TextRows {
    let memory = numbers[index] ?? TextMemory()
    numbers[index] = memory
    memory.begin()
    memory.addTexts(of: vector, frame)
    return memory.rows
  }
}

extension TextMemory {
  /// Adds the text of an integer-stored value to the row: ISO for dates and times.
  func add(_ value: Int64, _ type: DataType, _ zone: TimeZoneRules) {
    switch type {
    case .date: write { writeDate(days: Int(value), to: $0) }
    case .time: write { writeTime(micros: value, zone: zone, to: $0) }
    case .duration: add(formatDuration(micros: value))
    default: add(value)
    }
  }

  /// Adds the text of a date or time, which is short.
  @inline(__always)
  private func write(_ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    giveBack(timeTextCapacity - write(extend(by: timeTextCapacity)))
  }

  /// Adds a row for each value of an integer-stored vector.
  func addTexts(of vector: Vector, _ frame: Frame) {
    let values = frame.integerBlock(vector)
    for row in 0..<frame.count {
      add(values[row], vector.type, frame.context.zone)
      endRow()
    }
  }
}
