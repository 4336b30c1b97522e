import Columns
import Kernels
import Plans

/// A function of one string and constants.
///
/// Over a dictionary it runs once for each text, and the rows' results are looked up by code; what
/// was found for a dictionary is kept while the next block has the same one. Where few rows are wanted, it
/// runs for these only. Subclasses override `apply`, which sees plain texts only.
class TextFunctionStep: Step {
  let memory = TextMemory()
  /// What the values are converted to, for the note on those that could not be; nil for functions
  /// that are null for another reason.
  let lossLabel: String?
  private var table: CodeTable?
  private var few: FewTexts?

  init(
    _ argument: Int, _ type: DataType, lossLabel: String? = nil,
    expression: ScalarExpression? = nil
  ) {
    self.lossLabel = lossLabel
    super.init([argument], type, expression)
  }

  /// The vector of a block of plain texts; its validity must be within that of `texts`.
  func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    preconditionFailure("a text function without an operation")
  }

  override var borrows: [Int] { [0] }
  override final var countsLosses: Bool { lossLabel != nil }

  override func run(_ frame: Frame) -> Vector {
    let vector = frame[arguments[0]]
    var result: Vector
    switch vector.storage {
    case .constant(.null): return frame.null(type)
    case .constant:
      result = constant(vector, frame)
      if let lossLabel, result.isNullConstant {
        frame.context.conversions.add(1, label: lossLabel)
      }
    case .codes8(let codes, let dictionary):
      result = table(of: dictionary, false, frame).map(codes, vector.validity, type, frame)
    case .codes16(let codes, let dictionary):
      result = table(of: dictionary, true, frame).map(codes, vector.validity, type, frame)
    case .text(let offsets, let bytes):
      let texts = PlainTexts(
        offsets: offsets, bytes: bytes, count: vector.count, validity: vector.validity)
      if let selection = frame.fewWanted {
        let few = few ?? FewTexts(frame)
        self.few = few
        result = few.map(texts, selection, type, into: frame) { apply($0, $1) }
      } else {
        result = apply(texts, frame)
      }
    default: preconditionFailure("no texts in \(vector.type)")
    }
    if let lossLabel { frame.countLost(vector.validity, result.validity, label: lossLabel) }
    hasFaulted = result.faults != nil
    result.faults = frame.unite(result.faults, vector.faults)
    return result
  }

  private func table(
    of dictionary: TextDictionary, _ isWide: Bool, _ frame: Frame
  ) -> CodeTable {
    if let table, table.dictionary === dictionary, table.isWide == isWide { return table }
    let inner = Frame(capacity: max(64, dictionary.count), context: frame.context)
    inner.begin(count: dictionary.count, columns: [], selection: nil)
    let texts = PlainTexts(
      offsets: UnsafePointer(dictionary.texts.offsets.pointer),
      bytes: UnsafePointer(dictionary.texts.bytes.pointer), count: dictionary.count, validity: nil)
    let made = withExtendedLifetime(inner) {
      CodeTable(dictionary, apply(texts, inner), isWide: isWide)
    }
    table = made
    return made
  }

  /// The one result for all rows.
  private func constant(_ vector: Vector, _ frame: Frame) -> Vector {
    guard let text = vector.constantText else { return frame.null(type) }
    let inner = Frame(capacity: 64, context: frame.context)
    inner.begin(count: 1, columns: [], selection: nil)
    let offsets: [UInt32] = [0, UInt32(truncatingIfNeeded: text.count)]
    var isFaulty = false
    let value = offsets.withUnsafeBufferPointer { offsets in
      offsets.baseAddress.map { offsets in
        let result = apply(
          PlainTexts(offsets: offsets, bytes: text.base, count: 1, validity: nil), inner)
        isFaulty = result.faults.map { $0[0] & 1 != 0 } ?? false
        return result.scalar(at: 0)
      }
    }
    withExtendedLifetime(inner) {}
    var result = Vector(count: frame.count, type: type, storage: .constant(value ?? .null))
    if isFaulty {
      let bits = frame.bits()
      bits.update(repeating: ~0, count: frame.wordCount)
      result.faults = UnsafePointer(bits)
    }
    return result
  }
}

/// A block of texts in Arrow's layout.
struct PlainTexts {
  let offsets: UnsafePointer<UInt32>
  let bytes: UnsafePointer<UInt8>
  let count: Int
  let validity: UnsafePointer<UInt64>?

  var rows: TextRows { TextRows(base: bytes, offsets: offsets) }
  /// Where the bytes of the first row begin.
  var start: Int { Int(offsets[0]) }
  /// The bytes of all rows.
  var byteCount: Int { Int(offsets[count]) - Int(offsets[0]) }
}
