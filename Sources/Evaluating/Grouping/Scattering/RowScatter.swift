import Columns
import Kernels

/// The rows of one block in order of part.
struct ScatteredBlock: @unchecked Sendable {
  // @unchecked: written by one worker before others read it; the memory is the scatter's arena's.
  let portion: Int
  /// Where each part begins, and the number of rows.
  let starts: UnsafePointer<UInt32>
  /// A column each.
  let values: [UnsafeMutableRawPointer]
  /// A byte a row, 0 for null; nil where none is null.
  let present: [UnsafePointer<UInt8>?]
  /// The hashes of the texts of each key; nil for other keys.
  let hashes: [UnsafePointer<UInt64>?]
  /// The place of each row in the order of all rows, or its number in the block, where asked for.
  let ordinals: ScatteredOrdinals?
}

/// The places of a block's rows in the order of all rows.
enum ScatteredOrdinals {
  /// How far each lies behind the first, where the rows lay one behind the other.
  case near(UnsafePointer<UInt16>, first: Int64)
  case far(UnsafePointer<Int64>)

  /// Writes those of rows, each with `base` added.
  func copy(_ rows: Range<Int>, adding base: Int64, into out: UnsafeMutablePointer<Int64>) {
    switch self {
    case .near(let distances, let first):
      let own = distances + rows.lowerBound
      for row in 0..<rows.count { out[row] = Int64(own[row]) &+ first &+ base }
    case .far(let ordinals):
      let own = ordinals + rows.lowerBound
      for row in 0..<rows.count { out[row] = own[row] &+ base }
    }
  }
}

/// Puts the rows of blocks in order of their part, for one worker.
final class RowScatter: @unchecked Sendable {
  // @unchecked: used by one worker; what it made is read by others after its loop has ended.
  private let layout: ScatterLayout
  private let runner: PipelineRunner
  private let compactor: RowCompactor
  private let hashing: KeyHashing
  private let positions: Store<UInt32>
  private let places: Store<UInt32>
  private let words: Store<Int64>
  private let arena = Arena()
  private(set) var blocks: [ScatteredBlock] = []
  /// The range of each column of integers; nil where it is not known.
  private(set) var ranges: [ClosedRange<Int64>?]
  private var hasRows = false
  /// Whether a value was not what was known of its column.
  private(set) var isOutOfDomain = false

  /// `runner` gives the keys and then the arguments.
  init(_ layout: ScatterLayout, _ runner: PipelineRunner, blockRows: Int) {
    self.layout = layout
    self.runner = runner
    compactor = RowCompactor(blockRows: blockRows)
    hashing = KeyHashing(layout, blockRows: blockRows)
    positions = Store(undefined: blockRows + 64)
    places = Store(undefined: blockRows)
    words = Store(undefined: blockRows)
    ranges = layout.columns.map { _ in nil }
  }

  /// Takes in the rows of a portion.
  func run(_ portion: Int) throws(EvaluationFailure) {
    try runner.run(portion) { block in
      if !isOutOfDomain { take(block, portion) }
    }
  }

  private func take(_ block: PipelineBlock, _ portion: Int) {
    let rows = GroupedRows(block, positions)
    let columns = layout.columns.indices.map { index in
      compactor.dense(
        block.vectors[index], slot: index, rows, isStored: layout.columns[index].isStored)
    }
    hashing.hash(Array(columns.prefix(layout.keyCount)), rows)
    let starts = placeRows(rows.count)
    var values: [UnsafeMutableRawPointer] = []
    var present: [UnsafePointer<UInt8>?] = []
    for (column, kept) in zip(columns, layout.columns) {
      let memory = arena.allocate(rows.count * kept.width, alignment: 64)
      if !kept.place(column, at: places.pointer, into: memory, words, arena)
        || (column.validity != nil && !kept.mayBeNull)
      {
        isOutOfDomain = true
        return
      }
      values.append(memory)
      present.append(column.validity.map { placePresent($0, rows) })
    }
    widen(columns)
    blocks.append(
      ScatteredBlock(
        portion: portion, starts: starts, values: values, present: present,
        hashes: hashing.textHashes.map { $0.map { own in placed(rows.count) { own.pointer[$0] } } },
        ordinals: placeOrdinals(rows)))
  }

  private func placeOrdinals(_ rows: GroupedRows) -> ScatteredOrdinals? {
    switch layout.ordinals {
    case .none: return nil
    case .numbers where rows.count <= 1 << 16:
      return .near(placed(rows.count) { UInt16(truncatingIfNeeded: $0) }, first: 0)
    case .numbers: return .far(placed(rows.count) { Int64($0) })
    case .places: break
    }
    let last = rows.positions.map { Int($0[max(0, rows.count - 1)]) } ?? rows.count - 1
    if rows.ordinals != nil || last >= 1 << 16 {
      return .far(placed(rows.count) { rows.ordinal($0) })
    }
    guard let positions = rows.positions else {
      let distances = placed(rows.count) { UInt16(truncatingIfNeeded: $0) }
      return .near(distances, first: rows.firstOrdinal)
    }
    let distances = placed(rows.count) { UInt16(truncatingIfNeeded: positions[$0]) }
    return .near(distances, first: rows.firstOrdinal)
  }

  /// The value of each row at the row's place.
  @inline(__always) private func placed<Value: BitwiseCopyable>(
    _ count: Int, _ value: (_ row: Int) -> Value
  ) -> UnsafePointer<Value> {
    let memory = arena.allocate(count * MemoryLayout<Value>.stride, alignment: 64)
    let values = memory.assumingMemoryBound(to: Value.self)
    let places = places.pointer
    for row in 0..<count { values[Int(places[row])] = value(row) }
    return UnsafePointer(values)
  }

  /// Finds the place of each row among those of the block in order of part, rows of one part in
  /// their order; returns where parts begin.
  private func placeRows(_ count: Int) -> UnsafePointer<UInt32> {
    let parts = layout.partCount
    let starts = arena.allocate((parts + 1) * 4, alignment: 64).assumingMemoryBound(to: UInt32.self)
    starts.update(repeating: 0, count: parts + 1)
    let (hashes, places) = (hashing.hashes.pointer, places.pointer)
    let mask = UInt64(parts - 1)
    for row in 0..<count { starts[Int(truncatingIfNeeded: hashes[row] & mask)] &+= 1 }
    var next: UInt32 = 0
    for part in 0...parts {
      let size = starts[part]
      starts[part] = next
      next &+= size
    }
    for row in 0..<count {
      let part = Int(truncatingIfNeeded: hashes[row] & mask)
      places[row] = starts[part]
      starts[part] &+= 1
    }
    // Each now stands at the next one's start: move them up by one.
    for part in stride(from: parts - 1, to: 0, by: -1) { starts[part] = starts[part - 1] }
    starts[0] = 0
    return UnsafePointer(starts)
  }

  private func placePresent(
    _ validity: UnsafePointer<UInt64>, _ rows: GroupedRows
  ) -> UnsafePointer<UInt8> {
    placed(rows.count) { rows.isPresent(validity, $0) ? 1 : 0 }
  }

  private func widen(_ columns: [DenseColumn]) {
    for (index, column) in columns.enumerated() {
      guard let own = column.range, let known = hasRows ? ranges[index] : own else {
        ranges[index] = nil
        continue
      }
      ranges[index] =
        min(own.lowerBound, known.lowerBound)...max(own.upperBound, known.upperBound)
    }
    hasRows = true
  }
}

extension GroupedRows {
  /// The rows of a block that passed, of one group as yet; `memory` takes their positions.
  init(_ block: PipelineBlock, _ memory: Store<UInt32>) {
    self.init(
      count: block.passedCount, groups: UnsafePointer(memory.pointer), isSingleGroup: false,
      firstOrdinal: block.ordinal, positions: nil, ordinals: block.ordinals)
    guard let selection = block.selection else { return }
    _ = selectedRows(selection, count: block.rowCount, into: memory.pointer)
    positions = UnsafePointer(memory.pointer)
  }

  /// Whether a row's bit, which is that of its position in the block, is set.
  @inline(__always) func isPresent(_ validity: UnsafePointer<UInt64>, _ row: Int) -> Bool {
    let position = positions.map { Int($0[row]) } ?? row
    return validity[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63) & 1 != 0
  }
}
