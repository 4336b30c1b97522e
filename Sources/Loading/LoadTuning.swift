package import Formats

/// Sizes that the result does not depend on; tests make them tiny, to cut files everywhere.
package struct LoadTuning: Sendable {
  /// Bytes of a file that one worker takes at a time.
  package var chunkSize = 8 << 20
  /// Bytes of which the index is made at a time: text and index stay in the cache.
  package var blockSize = 192 << 10
  /// Rows whose columns are read one after the other, before the next rows.
  package var runRows = 512
  /// Bytes read behind a chunk for its last record.
  package var lookahead = 64 << 10
  /// Bytes looked at before anything is decided.
  package var sampleSize = 1 << 20
  /// Rows of a file looked at before anything is decided, besides a header.
  package var sampleRows = 1000
  /// The same of each file behind the first, of so many files.
  package var laterSampleRows = 250
  package var manyFiles = 8
  /// The most rows of a segment.
  package var segmentRows = 1 << 16
  /// The most rejected rows that are listed; more are only counted.
  package var rejectLimit = 10_000
  /// Bytes of a file from which it is converted part by part.
  package var partsFrom = 256 << 20
  package var scanner = CSVBlock.Scanner.best

  package init() {}

  /// That of one of several delimited files.
  ///
  /// Many files are mostly alike, and what all of their rows hold decides: samples only guess it. JSON files
  /// have columns that only show in the rows, and are looked at as one file is.
  func sampling(file index: Int, of count: Int) -> LoadTuning {
    guard index > 0, count >= manyFiles else { return self }
    var tuning = self
    tuning.sampleRows = min(sampleRows, laterSampleRows)
    return tuning
  }
}
