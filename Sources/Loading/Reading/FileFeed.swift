import Formats
import Glibc
import Synchronization

/// Chunks of a file that can be read anywhere; record starts inside it are guessed.
final class FileFeed: ChunkFeed {
  private let descriptor: Int32
  private let size: Int
  private let dataStart: Int
  private let tuning: LoadTuning
  private let format: RecordFormat
  private let fieldCount: Int
  private let nextIndex = Atomic<Int>(0)
  private let chunks: Int
  /// About as large as told, all alike: the last one must not leave other workers waiting.
  private let chunkSize: Int

  init(
    descriptor: Int32, size: Int, dataStart: Int, format: RecordFormat, fieldCount: Int,
    tuning: LoadTuning
  ) {
    self.descriptor = descriptor
    self.size = size
    self.dataStart = dataStart
    self.format = format
    self.fieldCount = fieldCount
    self.tuning = tuning
    let bytes = max(0, size - dataStart)
    chunks = (bytes + tuning.chunkSize - 1) / tuning.chunkSize
    chunkSize = chunks == 0 ? tuning.chunkSize : (bytes + chunks - 1) / chunks
  }

  var chunkCount: Int? { chunks }

  func limit(ofChunk index: Int) -> Int? {
    min(size, dataStart + (index + 1) * chunkSize)
  }

  func restart() { nextIndex.store(0, ordering: .relaxed) }

  func next(into buffer: ChunkBuffer) throws(ReadFailure) -> ChunkSpan? {
    let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
    guard index < chunks else { return nil }
    let start = dataStart + index * chunkSize
    let end = min(size, start + chunkSize)
    if index == 0 { return try chunk(0, from: start, to: end, into: buffer) }
    // One byte more in front tells whether a line ends right before.
    guard var span = try chunk(index, from: start - 1, to: end, into: buffer) else { return nil }
    // Without a guess nothing is read here: the check finds that, and reads it in turn.
    span.start = try guessedStart(&span, in: buffer) ?? span.limit
    return span
  }

  /// Where the first record seems to begin: by the first bytes as a rule, by all where those are few.
  private func guessedStart(
    _ span: inout ChunkSpan, in buffer: ChunkBuffer
  ) throws(ReadFailure) -> Int? {
    let guess = format.recordStart(buffer.base, count: span.count, from: 1, fieldCount: fieldCount)
    if let guess, guess + tuning.lookahead <= span.count { return guess }
    if span.count >= span.fullCount { return guess }
    try fill(&span, to: span.fullCount, in: buffer)
    return format.recordStart(buffer.base, count: span.count, from: 1, fieldCount: fieldCount)
  }

  func chunk(
    _ index: Int, from start: Int, to end: Int, into buffer: ChunkBuffer
  ) throws(ReadFailure) -> ChunkSpan? {
    var span = ChunkSpan(
      index: index, origin: start, start: 0, limit: end - start, count: 0,
      fullCount: max(0, min(size, end + tuning.lookahead) - start), isFinal: false)
    // Room for all at once: what grows is copied.
    buffer.reserve(span.fullCount + 1, keeping: 0)
    try fill(&span, to: tuning.blockSize + tuning.lookahead, in: buffer)
    return span
  }

  /// Reads little at a time, right before it is parsed: the second look finds it in the cache.
  func fill(_ span: inout ChunkSpan, to count: Int, in buffer: ChunkBuffer) throws(ReadFailure) {
    let wanted = min(count, span.fullCount)
    guard span.count < wanted, !span.isFinal else { return }
    try read(&span, upTo: span.origin + wanted, into: buffer)
  }

  func extend(_ span: inout ChunkSpan, in buffer: ChunkBuffer) throws(ReadFailure) -> Bool {
    if span.isFinal { return false }
    let wanted = span.origin + span.count + max(span.count, tuning.lookahead)
    try read(&span, upTo: min(size, wanted), into: buffer)
    span.fullCount = max(span.fullCount, span.count)
    return true
  }

  private func read(
    _ span: inout ChunkSpan, upTo end: Int, into buffer: ChunkBuffer
  ) throws(ReadFailure) {
    let wanted = max(0, end - span.origin)
    buffer.reserve(wanted + 1, keeping: span.count)
    while span.count < wanted {
      let offset = off_t(span.origin + span.count)
      let got = pread(descriptor, buffer.base + span.count, wanted - span.count, offset)
      if got < 0 {
        if errno == EINTR { continue }
        throw ReadFailure(reason: systemMessage(errno))
      }
      // The file has become shorter since it was opened.
      if got == 0 { break }
      span.count += got
    }
    if span.origin + span.count >= size || span.count < wanted {
      span.isFinal = true
      endRecord(&span, in: buffer, recordEnd: format.recordEnd)
    }
  }
}

/// Ends the text with the end of a record where it has none.
func endRecord(_ span: inout ChunkSpan, in buffer: ChunkBuffer, recordEnd: UInt8) {
  guard span.count > 0 else { return }
  let last = buffer.base[span.count - 1]
  if last == recordEnd { return }
  if last == CSVDialect.lineFeed || last == CSVDialect.carriageReturn,
    recordEnd != JSONCutter.separator
  {
    return
  }
  buffer.base[span.count] = recordEnd
  span.count += 1
  // A record that ends here begins before the end of the chunk.
  if span.limit == span.count - 1 { span.limit += 1 }
}
