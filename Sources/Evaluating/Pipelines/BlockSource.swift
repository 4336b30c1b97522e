import Columns

/// Rows that can be read in blocks, in fixed portions that workers take in any order.
///
/// Portions do not depend on the number of workers. Ordinals ascend in the order of the rows.
protocol BlockSource: Sendable {
  var schema: Schema { get }
  /// The number of portions.
  var portionCount: Int { get }
  /// The most rows of a block.
  var blockRows: Int { get }
  /// At least the number of rows where it is known, else a guess.
  var rowBound: Int { get }
  /// What is known of a column.
  func facts(_ column: String) -> ColumnFacts
  /// The rows of the segment of a block; nil where blocks have none.
  func segmentRows(_ segment: Int) -> Int?
  /// The statistics of a column in the segment of a block; nil where blocks have none.
  func statistics(_ column: String, segment: Int) -> SegmentStatistics?
  /// A reader for one worker; blocks have vectors at these positions of the schema only.
  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader
  /// The pipelines whose rows it gives, which count for themselves what they drop.
  var inputs: [Pipeline] { get }
  /// The same over other inputs.
  func over(_ inputs: [Pipeline]) -> Self
  /// What its own work is to be told, after the pass.
  var note: String? { get }
}

/// What takes the blocks of a portion; the second argument is the ordinal of the block's row 0.
typealias BlockBody = (Block, Int64) throws(EvaluationFailure) -> Void

/// Reads portions for one worker.
protocol BlockReader: AnyObject {
  /// Calls `body` for each block of a portion, in order of rows.
  func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure)
}

extension BlockSource {
  var inputs: [Pipeline] { [] }
  func over(_ inputs: [Pipeline]) -> Self { self }
  var note: String? { nil }
}
