import Columns
import Kernels

/// The rows of a block that passed, put one after the other where they are few: what is computed of them
/// is then computed of no others.
///
/// One worker's; reused from block to block.
final class PassedRows {
  /// The columns, by their positions in the block.
  private let columns: [Int]
  private let blockRows: Int
  /// One a column, made when first needed.
  private var gathers: [PairGather?]
  private let positions: Store<UInt32>
  private let ordinals: Store<Int64>

  /// Of a block so many times as long as what passed of it, the rest is not worth computing.
  private static let fewest = 6

  init(_ columns: [Int], blockRows: Int) {
    self.columns = columns
    self.blockRows = blockRows
    gathers = columns.map { _ in nil }
    positions = Store(undefined: blockRows + 64)
    ordinals = Store(undefined: blockRows)
  }

  /// Leaves the selected rows alone in the block, with the place of each in the order of all rows, until the
  /// next call; `ordinal` is that of the block's row 0.
  ///
  /// A block of which many rows passed stays as it is, and one with texts: those who read them may take
  /// it that they outlive it.
  func compact(_ block: inout Block, passed: Int, ordinal: Int64) {
    guard let selection = block.selection, passed * PassedRows.fewest <= block.rowCount,
      !columns.contains(where: { block.columns[$0]?.hasPlainTexts ?? true })
    else { return }
    let rows = UnsafePointer(positions.pointer)
    let count = selectedRows(selection, count: block.rowCount, into: positions.pointer)
    for (index, position) in columns.enumerated() {
      guard let vector = block.columns[position] else { continue }
      let gather = gathers[index] ?? PairGather(vector.type, pairs: blockRows)
      gathers[index] = gather
      block.columns[position] = gather.vector(vector, rows, count)
    }
    for index in 0..<count {
      let row = Int(rows[index])
      ordinals.pointer[index] = block.ordinals?[row] ?? ordinal &+ Int64(row)
    }
    block.rowCount = count
    block.selection = nil
    block.ordinals = UnsafePointer(ordinals.pointer)
  }
}

extension Vector {
  /// Whether it points at texts, rather than at their codes.
  fileprivate var hasPlainTexts: Bool {
    if case .text = storage { true } else { false }
  }
}
