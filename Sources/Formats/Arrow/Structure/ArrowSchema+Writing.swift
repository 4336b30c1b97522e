extension ArrowSchema {
  /// As the metadata says it; for the types that Decoy writes.
  var flat: FlatValue {
    .table([
      (1, .tables(fields.map(\.flat))), (2, flatPairs(metadata)),
    ])
  }
}

/// A list of keys and values.
func flatPairs(_ pairs: [(key: String, value: String)]) -> FlatValue {
  .tables(pairs.map { .table([(0, .text($0.key)), (1, .text($0.value))]) })
}

extension ArrowField {
  fileprivate var flat: FlatValue {
    var fields: [(field: Int, value: FlatValue)] = [
      (0, .text(name)), (1, .flag(true)), (2, .integer(type.kind)), (3, type.flat),
    ]
    if let dictionary {
      fields.append(
        (4, .table([(0, .integer(dictionary.id)), (1, dictionary.indexType.flat)])))
    }
    fields.append((5, .tables([])))
    if !metadata.isEmpty { fields.append((6, flatPairs(metadata))) }
    return .table(fields)
  }
}

extension ArrowType {
  /// Its number in the format's union.
  fileprivate var kind: UInt8 {
    switch self {
    case .integer: 2
    case .float: 3
    case .bool: 6
    case .days: 8
    case .timestamp: 10
    case .duration: 18
    case .text(let isLarge): isLarge ? 20 : 5
    default: preconditionFailure("columns of \(self) are not written")
    }
  }

  fileprivate var flat: FlatValue {
    switch self {
    case .integer(let bits, let isSigned):
      .table([(0, .integer(Int32(bits))), (1, .flag(isSigned))])
    case .float: .table([(0, .integer(Int16(2)))])
    case .days: .table([(0, .integer(Int16(0)))])
    case .timestamp(let unit, let zone): .table([(0, unit.flat), (1, .text(zone ?? "UTC"))])
    case .duration(let unit): .table([(0, unit.flat)])
    default: .table([])
    }
  }
}

extension ArrowType.Unit {
  fileprivate var flat: FlatValue {
    switch self {
    case .seconds: .integer(Int16(0))
    case .milliseconds: .integer(Int16(1))
    case .microseconds: .integer(Int16(2))
    case .nanoseconds: .integer(Int16(3))
    }
  }
}
