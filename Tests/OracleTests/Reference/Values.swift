import Columns

/// Why the reference has no answer.
enum ReferenceEnd: Error {
  /// The program is to fail: overflow, several rows where one is wanted.
  case fault
  /// The answer hangs on the order of float additions.
  case unsure
}

let dayMicros: Int64 = 86_400_000_000

/// Largest integer at or below the quotient.
func floored(_ a: Int64, _ b: Int64) -> Int64 {
  let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
  return rest != 0 && (rest < 0) != (b < 0) ? quotient - 1 : quotient
}

extension Scalar {
  /// The value in a type that its own widens to.
  func widened(to type: DataType) -> Scalar {
    switch (self, type) {
    case (.int(let value), .float): .float(Double(value))
    case (.date(let day), .time): .time(day * dayMicros)
    default: self
    }
  }

  /// As a key: texts by their bytes, every NaN alike, one zero.
  var key: ValueKey {
    switch self {
    case .null: .null
    case .bool(let value): .integer(value ? 1 : 0)
    case .string(let text): .text(Array(text.utf8))
    case .float(let value): value.isNaN ? .notANumber : .float(value + 0.0)
    case .int(let value), .date(let value), .time(let value), .duration(let value):
      .integer(value)
    }
  }

  var isNotANumber: Bool {
    if case .float(let value) = self { return value.isNaN }
    return false
  }

  var text: String {
    if case .string(let text) = self { return text }
    return ""
  }
}

/// What makes values of one type the same.
enum ValueKey: Hashable {
  case null, notANumber
  case integer(Int64)
  case float(Double)
  case text([UInt8])
}

/// Values in the one type that all widen to.
func unified(_ values: [Scalar]) -> [Scalar] {
  let types = Set(values.compactMap(\.type))
  let type: DataType? =
    types == [.int, .float] ? .float : types == [.date, .time] ? .time : types.first
  return type.map { type in values.map { $0.widened(to: type) } } ?? values
}

/// Less than 0 where a goes before b, which are of one type and not null; NaN above all numbers.
func order(_ a: Scalar, _ b: Scalar) -> Int {
  switch (a, b) {
  case (.float(let a), .float(let b)):
    if a.isNaN || b.isNaN { return (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0) }
    return a < b ? -1 : a > b ? 1 : 0
  case (.string(let a), .string(let b)):
    if a.utf8.elementsEqual(b.utf8) { return 0 }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
  default:
    let (a, b) = (a.integer ?? 0, b.integer ?? 0)
    return a < b ? -1 : a > b ? 1 : 0
  }
}

/// Less than 0 where a row with these sort keys goes first: nulls last, NaN last among numbers, in
/// both directions.
func order(_ a: [Scalar], _ b: [Scalar], _ isDescending: [Bool]) -> Int {
  func rank(_ value: Scalar) -> Int { value == .null ? 2 : value.isNotANumber ? 1 : 0 }
  for (index, descends) in isDescending.enumerated() {
    if rank(a[index]) != rank(b[index]) { return rank(a[index]) - rank(b[index]) }
    if rank(a[index]) > 0 { continue }
    let order = order(a[index], b[index])
    if order != 0 { return descends ? -order : order }
  }
  return 0
}

/// Places from 0, stably sorted by these keys.
func sortedPlaces(_ keys: [[Scalar]], _ isDescending: [Bool]) -> [Int] {
  keys.indices.sorted { a, b in
    let order = order(keys[a], keys[b], isDescending)
    return order == 0 ? a < b : order < 0
  }
}
