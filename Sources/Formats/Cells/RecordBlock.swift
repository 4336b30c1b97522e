/// Reads the records of a text block by block, whatever the format: a block is scanned, and then
/// gives runs of rows whose cells are asked for by column.
package protocol RecordBlock: AnyObject {
  /// Begins a chunk of the file.
  func beginChunk()

  /// Scans `count` bytes that begin a record; 64 bytes before and behind them must be readable.
  ///
  /// `isFinal` says that the text ends here, with the end of a record; else the last record may be
  /// incomplete and stays for the next block.
  func scan(_ text: UnsafePointer<UInt8>, count: Int, isFinal: Bool)

  /// The bytes of complete records; 0 when there is none.
  var consumed: Int { get }

  /// Leaves out the records that begin at `limit` or later.
  func clip(startingBefore limit: Int)

  /// Makes the next rows ready, at most `limit`; 0 at the end of the block.
  func nextRun(limit: Int) throws(ReadFailure) -> Int

  /// The cells of a column in the run, valid until the next are asked for.
  func cells(column: Int, trim: Bool) -> Cells

  /// Whether a column's first cell in the run begins with a quote that `cells` can take off.
  func beginsQuoted(column: Int) -> Bool

  /// The records that could not be kept whole, in order; complete when the block has no more rows.
  var faults: [RecordFault] { get }

  /// What else was odd in the block.
  var findings: BlockFindings { get }
}

extension RecordBlock {
  package func beginChunk() {}
}

/// A record that could not be kept whole: bytes `start ..< end` of the block.
package struct RecordFault: Sendable, Hashable {
  package let start: Int
  package let end: Int
  /// Where it goes wrong, when that is one byte.
  package let place: Int?
  /// In words, without a full stop.
  package let reason: String

  package init(start: Int, end: Int, place: Int?, reason: String) {
    self.start = start
    self.end = end
    self.place = place
    self.reason = reason
  }
}

/// Counts of what was odd, but lost nothing.
package struct BlockFindings: Sendable, Hashable {
  /// Lines without a record.
  package var blankLines = 0
  /// Records that end with separators too many.
  package var trailingSeparators = 0
  /// Keys that stood twice in an object, of which the last value counts.
  package var repeatedKeys = 0
  /// Halves of surrogate pairs, which became U+FFFD.
  package var loneSurrogates = 0

  package init() {}

  init(blankLines: Int, trailingSeparators: Int) {
    self.blankLines = blankLines
    self.trailingSeparators = trailingSeparators
  }

  init(repeatedKeys: Int, loneSurrogates: Int) {
    self.repeatedKeys = repeatedKeys
    self.loneSurrogates = loneSurrogates
  }

  package mutating func add(_ other: BlockFindings) {
    blankLines += other.blankLines
    trailingSeparators += other.trailingSeparators
    repeatedKeys += other.repeatedKeys
    loneSurrogates += other.loneSurrogates
  }
}
