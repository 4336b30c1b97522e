import Columns
import Kernels

/// How the values of one grouping key become numbers.
struct KeyLayout: Sendable {
  enum Domain: Sendable {
    /// Codes of one dictionary that all segments share.
    case codes(TextDictionary)
    /// Integers (or bools) from `base` on, fewer than `count`.
    case integers(base: Int64, count: Int)
    /// Integers that lie a multiple of `step` above `base`, fewer than `count` steps.
    case multiples(base: Int64, step: Int64, count: Int)
    /// Floats that are the multiples of a unit from `base` on, fewer than `count`.
    case floats(FloatUnit, base: Int64, count: Int)
  }

  let type: DataType
  /// What is known of the values; nil when any may come.
  let domain: Domain?
  /// What divides the distance of each integer from the domain's base.
  let unit: Int64
  /// Whether its texts lie in tables in memory.
  let isStored: Bool

  /// Whether null may be among the values.
  let mayBeNull: Bool
  /// Whether its dictionary has all texts that there can be, many of them perhaps of no row.
  var isCombined = false

  /// The number of different values, null among them; nil when it is not known.
  var cellCount: Int? {
    switch domain {
    case .codes(let dictionary): dictionary.count + (mayBeNull ? 1 : 0)
    case .integers(_, let count), .multiples(_, _, let count), .floats(_, _, let count):
      count + (mayBeNull ? 1 : 0)
    case nil: nil
    }
  }
}

/// How rows are numbered by their keys: through a dense table of all combinations, or by hashing.
struct GroupingLayout: Sendable {
  let keys: [KeyLayout]
  /// The combinations of a dense table; nil when keys are hashed.
  let denseCells: Int?
  /// How several hashed keys share a word; nil where each has one.
  let packing: KeyPacking?

  /// Dense when the combinations are few beside `rows`; what the domains say counts only with
  /// `trustsDomains`.
  init(keys: [KeyLayout], rows: Int, trustsDomains: Bool = true) {
    self.keys = keys
    let limit = trustsDomains ? min(1 << 22, max(1 << 12, rows / 2)) : 0
    var cells: Int? = 1
    for key in keys {
      guard let own = key.cellCount, let before = cells, own <= limit, before * own <= limit
      else {
        cells = nil
        break
      }
      cells = before * own
    }
    denseCells = keys.isEmpty ? 1 : cells
    packing = keys.count > 1 && trustsDomains && denseCells == nil ? KeyPacking(keys) : nil
  }

  var isDense: Bool { denseCells != nil }

  /// The words of a hashed key: one for all, or one a value and null bits behind them.
  var keyWidth: Int {
    keys.count == 1 || packing != nil ? 1 : keys.count + (keys.count + 63) / 64
  }

  /// Whether group 1 is that of null, whose word is none: so of a single hashed key.
  var reservesNull: Bool { keys.count == 1 }

  /// Whether the texts of a hashed key are numbered by an interner.
  func isInterned(_ position: Int) -> Bool {
    if keys[position].type != .string { return false }
    guard let part = packing?.parts[position] else { return true }
    if case .numbers = part.kind { return true }
    return false
  }
}
