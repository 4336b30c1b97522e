/// The type of an Arrow field, as its schema says it.
indirect enum ArrowType: Hashable, Sendable {
  /// How many there are in a second.
  enum Unit: Int64, Sendable {
    case seconds = 1
    case milliseconds = 1000
    case microseconds = 1_000_000
    case nanoseconds = 1_000_000_000
  }

  enum Interval: Int16, Sendable { case months, daysAndMillis, monthsDaysNanos }

  case null
  case bool
  case integer(bits: Int, isSigned: Bool)
  case float(bits: Int)
  case decimal(scale: Int, bits: Int)
  case text(isLarge: Bool)
  case textView
  case binary(isLarge: Bool)
  case binaryView
  case fixedBinary(width: Int)
  /// Days in 32 bits.
  case days
  /// Milliseconds in 64 bits.
  case dayMillis
  case timeOfDay(Unit, bits: Int)
  case timestamp(Unit, zone: String?)
  case duration(Unit)
  case interval(Interval)
  case list(isLarge: Bool)
  case fixedList(count: Int)
  case map
  case structure
  /// One that is not read, by its name.
  case other(String)
}

extension ArrowType {
  /// The bytes of a value in the second buffer; nil where values have no fixed number of bytes.
  var width: Int? {
    switch self {
    case .integer(let bits, _), .float(let bits), .decimal(_, let bits), .timeOfDay(_, let bits):
      bits / 8
    case .fixedBinary(let width): width
    case .days: 4
    case .dayMillis, .timestamp, .duration: 8
    case .interval(let interval): [4, 8, 16][Int(interval.rawValue)]
    case .textView, .binaryView: 16
    default: nil
    }
  }

  /// The bytes of an offset; nil where values have none.
  var offsetWidth: Int? {
    switch self {
    case .text(let isLarge), .binary(let isLarge), .list(let isLarge): isLarge ? 8 : 4
    case .map: 4
    default: nil
    }
  }

  var isView: Bool { self == .textView || self == .binaryView }

  /// The buffers of a batch, but for those of a view's texts.
  var bufferCount: Int {
    switch self {
    case .null: 0
    case .structure, .fixedList: 1
    case .text, .binary: 3
    default: 2
    }
  }

  /// The least and greatest number of children.
  var childCounts: ClosedRange<Int> {
    switch self {
    case .list, .fixedList, .map: 1...1
    case .structure: 0...Int.max
    default: 0...0
    }
  }
}
