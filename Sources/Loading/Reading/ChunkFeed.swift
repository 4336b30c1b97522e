import Formats

/// Where the workers get the chunks of one file from; called by several threads at once.
protocol ChunkFeed: AnyObject, Sendable {
  /// Puts the beginning of the next chunk into the buffer; nil when there are no more.
  func next(into buffer: ChunkBuffer) throws(ReadFailure) -> ChunkSpan?

  /// Reads on within the chunk, until the buffer has `count` bytes or all of it.
  func fill(_ span: inout ChunkSpan, to count: Int, in buffer: ChunkBuffer) throws(ReadFailure)

  /// Reads on behind the chunk, to complete its last record; false at the end of the text.
  func extend(_ span: inout ChunkSpan, in buffer: ChunkBuffer) throws(ReadFailure) -> Bool

  /// Goes back to the first chunk, for another pass that gives the same chunks.
  func restart() throws(ReadFailure)

  /// Puts the beginning of the text from `start` into the buffer, where records begin before `end`; nil
  /// when chunks come only in turn.
  func chunk(
    _ index: Int, from start: Int, to end: Int, into buffer: ChunkBuffer
  ) throws(ReadFailure) -> ChunkSpan?

  /// The number of chunks, when it is known.
  var chunkCount: Int? { get }

  /// Where records begin that belong to the chunk behind, when that is known before reading.
  func limit(ofChunk index: Int) -> Int?
}
