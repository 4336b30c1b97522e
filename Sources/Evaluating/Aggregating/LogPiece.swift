/// Values of a log, each with the number of its group; written by one worker.
struct LogPiece: Sendable {
  let groups: Store<UInt32>
  let words: LoggedWords
  /// The places of the rows, where asked for.
  let ordinals: Store<Int64>?
  let capacity: Int
  var count = 0
}

/// Consecutive values of a log, with 64 bits a word.
struct LogBlock {
  let groups: UnsafePointer<UInt32>
  let words: UnsafePointer<Int64>
  let ordinals: UnsafePointer<Int64>?
  let count: Int
}
