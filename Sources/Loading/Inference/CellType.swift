import Columns
import Formats

/// The type that a column's cells are read as.
enum CellType: UInt8, Sendable {
  /// All null so far.
  case nothing
  case bool, int, float, date, time, string

  /// The type of the column; nil when nothing is known.
  var dataType: DataType? {
    switch self {
    case .nothing: nil
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .date: .date
    case .time: .time
    case .string: .string
    }
  }
}

/// What a column's name says of its type.
struct ColumnTraits: Sendable, Hashable {
  /// Known to hold flags: `1` and `0` are truth values.
  var isFlag = false
  /// Known to hold ids: whole numbers, or text as soon as one cell is not.
  var isIdentifier = false
  /// Known to hold counts: `1.234` may be a thousand and more.
  var isCount = false
  /// The type that the canonical column has.
  var fixed: DataType?
}

extension CellType {
  /// The type that holds all values of these kinds.
  ///
  /// Text is the end of it, but for three sets that another value can still turn: see `isSettled`.
  init(of kinds: CellKinds, traits: ColumnTraits) {
    let values = kinds.subtracting([.softNull, .quotedEmpty])
    if traits.fixed == .string {
      self = .string
    } else if values.isEmpty {
      self = kinds.isEmpty || traits.fixed != nil ? .nothing : .string
    } else if traits.isFlag, values.isSubset(of: [.one, .zero, .truthWord, .truthLetter]) {
      self = .bool
    } else if values == .truthWord {
      self = .bool
    } else if values.isSubset(of: .integers) {
      self = .int
    } else if values.isSubset(of: .numbers) {
      self = CellType(ofNumbers: values, traits: traits)
    } else if values == .date {
      self = traits.fixed == .time ? .time : .date
    } else if values.isSubset(of: [.date, .time]) {
      self = .time
    } else {
      self = .string
    }
  }

  /// Numbers that are not all integers: a float must hold each exactly as written.
  private init(ofNumbers values: CellKinds, traits: ColumnTraits) {
    if traits.isCount, values.contains(.thousands), !values.contains(.fraction) {
      self = .string
      return
    }
    let isExact = values.isDisjoint(with: [.hugeInteger, .largeInteger])
    let hasFloats =
      !values.isDisjoint(with: .fractions)
      || values.contains(.notFinite) && !values.isDisjoint(with: .integers)
        && !values.contains(.shortened)
    self = isExact && hasFloats && !traits.isIdentifier ? .float : .string
  }

  /// Whether no other value can change the type: only then later chunks may be read as text without
  /// knowing what is in them.
  static func isSettled(_ kinds: CellKinds, traits: ColumnTraits) -> Bool {
    if traits.fixed == .string { return true }
    guard CellType(of: kinds, traits: traits) == .string else { return false }
    let open: CellKinds = [.one, .zero, .smallInteger, .thousands, .shortened, .notFinite]
    let values = kinds.subtracting([.softNull, .quotedEmpty])
    return traits.isIdentifier ? !values.isEmpty : !values.isSubset(of: open)
  }
}
