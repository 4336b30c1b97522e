import Columns

/// The rows of all workers by part.
struct ScatteredParts: Sendable {
  let layout: ScatterLayout
  /// In order of rows.
  fileprivate let blocks: [ScatteredBlock]
  /// The range of each column of integers; nil where it is not known.
  fileprivate let ranges: [ClosedRange<Int64>?]
  /// The number of each block's first row among all.
  fileprivate let firstNumbers: [Int64]
  /// The rows of all parts, of each, and of the one that has the most.
  let totalRows: Int
  private let sizes: Store<Int>
  let longestPart: Int
  /// Keeps the memory of the blocks alive.
  private let crew: [RowScatter]

  init(_ layout: ScatterLayout, _ crew: [RowScatter]) {
    self.layout = layout
    self.crew = crew
    let all = crew.flatMap(\.blocks).enumerated()
    // A portion is one worker's, whose blocks come in their order.
    let blocks = all.sorted { ($0.element.portion, $0.offset) < ($1.element.portion, $1.offset) }
      .map(\.element)
    self.blocks = blocks
    var number: Int64 = 0
    firstNumbers = blocks.map { block in
      defer { number += Int64(block.starts[layout.partCount]) }
      return number
    }
    totalRows = Int(number)
    let sizes = Store<Int>(repeating: 0, count: layout.partCount)
    for block in blocks {
      let starts = block.starts
      for part in 0..<layout.partCount {
        sizes.pointer[part] &+= Int(starts[part &+ 1] &- starts[part])
      }
    }
    self.sizes = sizes
    longestPart = sizes.elements.max() ?? 0
    let busy = crew.filter { !$0.blocks.isEmpty }
    ranges = layout.columns.indices.map { column in
      let own = busy.compactMap { $0.ranges[column] }
      guard own.count == busy.count, let low = own.map(\.lowerBound).min(),
        let high = own.map(\.upperBound).max()
      else { return nil }
      return low...high
    }
  }

  /// The number of rows of a part.
  func rowCount(_ part: Int) -> Int { sizes.pointer[part] }
}

/// Reads the rows of parts in blocks, for one worker.
final class PartReader {
  private let parts: ScatteredParts
  private let values: [Store<UInt64>]
  private let present: [Store<UInt8>]
  private let validity: [Store<UInt64>]
  private let hashes: [Store<UInt64>?]
  private let ordinals: Store<Int64>
  private let ones: Store<UInt32>
  private var hasNulls: [Bool]
  private let blockRows: Int
  private let runs = Store<Run>(capacity: 64)
  /// The addresses of the blocks' part starts and columns, which loops take without counting references.
  private let starts: Store<UnsafePointer<UInt32>>
  private let places: Store<UnsafeMutableRawPointer>

  /// Rows of a part that lie behind each other.
  private struct Run: BitwiseCopyable {
    let block: Int
    let first: Int
    let count: Int
  }

  /// Gives blocks of up to so many rows.
  init(_ parts: ScatteredParts, blockRows rows: Int) {
    self.parts = parts
    blockRows = rows
    starts = Store(capacity: parts.blocks.count)
    places = Store(capacity: parts.blocks.count * parts.layout.columns.count)
    for block in parts.blocks {
      starts.append(block.starts)
      for place in block.values { places.append(place) }
    }
    values = parts.layout.columns.map { Store(undefined: (rows * $0.width + 7) / 8) }
    present = parts.layout.columns.map { Store(undefined: $0.mayBeNull ? rows + 64 : 1) }
    validity = parts.layout.columns.map { Store(undefined: $0.mayBeNull ? rows / 64 + 1 : 1) }
    hashes = parts.layout.columns.prefix(parts.layout.keyCount).map { column in
      column.isText ? Store(undefined: rows) : nil
    }
    ordinals = Store(undefined: rows)
    ones = Store(repeating: 1, count: rows)
    hasNulls = parts.layout.columns.map { _ in false }
  }

  /// Calls `body` with the columns of each block of a part, in order of rows.
  func read(_ part: Int, _ body: (GroupedRows, [DenseColumn]) -> Void) {
    var filled = 0
    for index in 0..<parts.blocks.count {
      let starts = starts.pointer[index]
      var next = Int(starts[part])
      let end = Int(starts[part + 1])
      while next < end {
        let count = min(end - next, blockRows - filled)
        runs.append(Run(block: index, first: next, count: count))
        next += count
        filled += count
        if filled == blockRows {
          give(filled, body)
          filled = 0
        }
      }
    }
    if filled > 0 { give(filled, body) }
  }

  /// Gives the rows of the runs so far.
  private func give(_ count: Int, _ body: (GroupedRows, [DenseColumn]) -> Void) {
    for index in parts.layout.columns.indices {
      copy(index, parts.layout.columns[index].width)
      hasNulls[index] = parts.layout.columns[index].mayBeNull && copyPresent(index)
    }
    for (key, kept) in hashes.enumerated() {
      if let kept { copyHashes(key, into: kept.pointer) }
    }
    if parts.layout.ordinals != .none { copyOrdinals() }
    runs.removeAll()
    let rows = GroupedRows(
      count: count, groups: UnsafePointer(ones.pointer), isSingleGroup: false, firstOrdinal: 0,
      positions: nil,
      ordinals: parts.layout.ordinals == .none ? nil : UnsafePointer(ordinals.pointer))
    let columns = parts.layout.columns.indices.map { column($0, count) }
    body(rows, columns)
  }

  /// Puts the values of a column behind each other.
  private func copy(_ index: Int, _ width: Int) {
    var into = UnsafeMutableRawPointer(values[index].pointer)
    let (places, columnCount) = (places.pointer, values.count)
    for run in runs.elements {
      let from = places[run.block &* columnCount &+ index] + run.first &* width
      into.copyMemory(from: from, byteCount: run.count &* width)
      into += run.count &* width
    }
  }

  /// The same for which of its values are present; false when all are.
  private func copyPresent(_ index: Int) -> Bool {
    var into = present[index].pointer
    var hasNulls = false
    for run in runs.elements {
      if let own = parts.blocks[run.block].present[index] {
        into.update(from: own + run.first, count: run.count)
        hasNulls = true
      } else {
        into.update(repeating: 1, count: run.count)
      }
      into += run.count
    }
    return hasNulls
  }

  private func copyHashes(_ key: Int, into memory: UnsafeMutablePointer<UInt64>) {
    var into = memory
    for run in runs.elements {
      guard let own = parts.blocks[run.block].hashes[key] else { continue }
      into.update(from: own + run.first, count: run.count)
      into += run.count
    }
  }

  private func copyOrdinals() {
    var into = ordinals.pointer
    let isNumbered = parts.layout.ordinals == .numbers
    for run in runs.elements {
      guard let own = parts.blocks[run.block].ordinals else { continue }
      let base = isNumbered ? parts.firstNumbers[run.block] : 0
      own.copy(run.first..<run.first &+ run.count, adding: base, into: into)
      into += run.count
    }
  }

  private func column(_ index: Int, _ count: Int) -> DenseColumn {
    let memory = UnsafeRawPointer(values[index].pointer)
    func typed<Value>(_ type: Value.Type) -> UnsafePointer<Value> {
      memory.assumingMemoryBound(to: type)
    }
    let kept: DenseColumn.Values =
      switch parts.layout.columns[index].form {
      case .bytes: .bytes(typed(UInt8.self))
      case .int32: .int32(typed(Int32.self))
      case .int64: .int64(typed(Int64.self))
      case .float64: .float64(typed(Double.self))
      case .codes8(let dictionary): .codes8(typed(UInt8.self), dictionary)
      case .codes16(let dictionary): .codes16(typed(UInt16.self), dictionary)
      // Those that would not stay have been copied.
      case .texts: .texts(typed(TextReference.self), isStable: true)
      }
    return DenseColumn(
      count: count, values: kept, scale: parts.layout.columns[index].unit,
      range: parts.ranges[index],
      validity: hasNulls[index] ? bits(index, count) : nil, groups: UnsafePointer(ones.pointer),
      hashes: index < hashes.count ? hashes[index].map { UnsafePointer($0.pointer) } : nil)
  }

  private func bits(_ index: Int, _ count: Int) -> UnsafePointer<UInt64> {
    let (flags, words) = (present[index].pointer, validity[index].pointer)
    for start in stride(from: 0, to: count, by: 64) {
      var word: UInt64 = 0
      for row in start..<min(start &+ 64, count) {
        word |= UInt64(flags[row]) &<< UInt64(truncatingIfNeeded: row & 63)
      }
      words[start &>> 6] = word
    }
    return UnsafePointer(words)
  }
}
