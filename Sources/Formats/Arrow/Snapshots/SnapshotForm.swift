import Columns

/// How the segments of a column of a snapshot lie in the file: as they lie in memory.
struct SnapshotForm: Sendable {
  enum Store: Sendable { case bits, int8, int16, int32, int64, float64, text, codes8, codes16 }

  let type: DataType
  let store: Store
  let scale: Int64

  /// nil where values of the field must be converted.
  init?(_ field: ArrowField) {
    var scale: Int64 = 1
    switch field.type {
    case .bool: (type, store) = (.bool, .bits)
    case .float(64): (type, store) = (.float, .float64)
    case .days: (type, store) = (.date, .int32)
    case .integer(let bits, true):
      type = .int
      store = [8: .int8, 16: .int16, 32: .int32, 64: .int64][bits] ?? .int64
    case .timestamp(let unit, .some), .duration(let unit):
      if case .duration = field.type { type = .duration } else { type = .time }
      guard unit == .seconds || unit == .microseconds else { return nil }
      scale = 1_000_000 / unit.rawValue
      store = .int64
    case .text(false):
      type = .string
      switch field.dictionary?.indexType {
      case nil: store = .text
      case .integer(8, false): store = .codes8
      case .integer(16, false): store = .codes16
      default: return nil
      }
    default: return nil
    }
    if field.dictionary != nil, store != .codes8, store != .codes16 { return nil }
    self.scale = scale
  }

  /// The bytes of a value; 0 where it is not that simple.
  var width: Int {
    switch store {
    case .int8, .codes8: 1
    case .int16, .codes16: 2
    case .int32: 4
    case .int64, .float64: 8
    case .bits, .text: 0
    }
  }

  var isInteger: Bool {
    switch store {
    case .int8, .int16, .int32, .int64: true
    default: false
    }
  }
}
