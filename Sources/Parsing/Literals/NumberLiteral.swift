/// What a number with its units says, without its sign.
enum NumberLiteral: Equatable {
  /// A whole number, at most 2⁶³ (which only a minus sign makes fit).
  case integer(UInt64)
  case float(Double)
  /// Microseconds, at most 2⁶³.
  case duration(UInt64)
  case fault(LiteralFault)

  /// Reads `1_000`, `2.5`, `1e-3`, `10k`, `2.5M`, `7d`, `1h30min`.
  init(_ bytes: ArraySlice<UInt8>) {
    var reader = NumberReader(bytes)
    self = reader.read()
  }

  static let largest = UInt64(1) << 63

  /// What `k`, `M` and `B` multiply by.
  static let multipliers: [String: UInt64] = ["k": 1_000, "M": 1_000_000, "B": 1_000_000_000]

  /// The units of durations in microseconds, longest first.
  static let units: [(name: String, microseconds: UInt64)] = [
    ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000),
    ("s", 1_000_000), ("ms", 1_000), ("us", 1),
  ]
}

/// Why a literal cannot be read, and what to write instead.
struct LiteralFault: Equatable {
  let message: String
  var hint: String?
}
