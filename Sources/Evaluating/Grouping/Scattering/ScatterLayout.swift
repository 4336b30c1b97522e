import Columns
import Plans

/// What the rows of an aggregation are kept as while they lie by part, and which part a row is of.
struct ScatterLayout: Sendable {
  /// The keys, and behind them the arguments.
  let columns: [ScatterColumn]
  let types: [DataType]
  let keyCount: Int
  /// Rows go to 2^`partBits` parts.
  let partBits: Int
  let ordinals: Ordinals

  /// What is kept of the order of rows.
  enum Ordinals {
    case none
    /// The ordinals that the rows came with.
    case places
    /// The number of each row among all, from 0 on.
    case numbers
  }

  /// At most so many; a part's number has two bytes.
  static let mostPartBits = 9

  /// Nil for what keeps all values, whose logs are not read by part.
  init?(
    _ layout: AggregationLayout, _ keys: [ScalarExpression], rows: Int, partRows: Int,
    _ facts: (ScalarExpression) -> ColumnFacts
  ) {
    var hasOrdinals = !layout.isOrderFree
    for specification in layout.specifications {
      switch specification.kind {
      case .rows, .nulls, .trues, .integerSum, .floatSum, .spread, .pairs, .extreme, .distinctBits,
        .distinctPairs, .distinctTexts:
        break
      case .pick, .top, .least: hasOrdinals = true
      case .histogram, .valueCounts, .distinctWords, .log: return nil
      }
    }
    self.init(
      keys + layout.arguments, keyCount: keys.count, ordinals: hasOrdinals ? .places : .none,
      partBits: ScatterLayout.partBits(rows: rows, partRows: partRows), facts)
  }

  /// Rows of these columns, the first of which are the keys.
  init(
    _ all: [ScalarExpression], keyCount: Int, ordinals: Ordinals, partBits: Int,
    _ facts: (ScalarExpression) -> ColumnFacts
  ) {
    columns = all.map { ScatterColumn($0.type, facts($0)) }
    types = all.map(\.type)
    self.keyCount = keyCount
    self.ordinals = ordinals
    self.partBits = partBits
  }

  /// Enough that a part has about `partRows` rows.
  static func partBits(rows: Int, partRows: Int) -> Int {
    var bits = 1
    while bits < ScatterLayout.mostPartBits && rows >> bits > partRows { bits += 1 }
    return bits
  }

  /// Whether a key is kept as codes.
  var hasCodedKeys: Bool { columns.prefix(keyCount).contains(where: \.isCoded) }

  var partCount: Int { 1 << partBits }
}

/// The hashes of the keys of a block's rows, equal for equal keys; one worker's.
final class KeyHashing {
  let hashes: Store<UInt64>
  private let words: Store<Int64>
  private let layout: ScatterLayout
  /// The hashes of each key's texts; nil for other keys.
  private(set) var textHashes: [Store<UInt64>?]

  init(_ layout: ScatterLayout, blockRows: Int) {
    self.layout = layout
    textHashes = (0..<layout.keyCount).map { key in
      layout.columns[key].isText ? Store(undefined: blockRows) : nil
    }
    hashes = Store(undefined: blockRows)
    words = Store(undefined: blockRows)
  }

  /// Writes the hash of each row.
  func hash(_ keys: [DenseColumn], _ rows: GroupedRows) {
    let (hashes, words) = (hashes.pointer, words.pointer)
    for (position, key) in keys.enumerated() {
      writeWords(key, rows, layout.columns[position].isCoded)
      if let own = textHashes[position] {
        own.pointer.update(
          from: UnsafeRawPointer(words).assumingMemoryBound(to: UInt64.self), count: rows.count)
      }
      if position == 0 {
        for row in 0..<rows.count { hashes[row] = mix(UInt64(bitPattern: words[row])) }
      } else {
        for row in 0..<rows.count {
          hashes[row] = mix(hashes[row] &* 5 &+ UInt64(bitPattern: words[row]))
        }
      }
    }
  }

  /// A word for each value, the same for equal ones: hashes for texts, 0 for nulls.
  private func writeWords(_ key: DenseColumn, _ rows: GroupedRows, _ isCoded: Bool) {
    let words = words.pointer
    switch (isCoded, key.values) {
    case (true, .codes8(let codes, _)):
      for row in 0..<rows.count { words[row] = Int64(codes[row]) }
    case (true, .codes16(let codes, _)):
      for row in 0..<rows.count { words[row] = Int64(codes[row]) }
    default:
      if !key.orderWords(into: words) {
        for row in 0..<rows.count { words[row] = Int64(bitPattern: key.text(row).hash) }
      }
    }
    guard let validity = key.validity else { return }
    rows.forEachNull(validity) { row in words[row] = 0 }
  }
}
