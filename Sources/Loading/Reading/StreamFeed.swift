import Formats
import Synchronization

/// Chunks of a text that comes only in turn: compressed, decoded, or through a pipe.
///
/// Whoever asks reads the next part under a lock and cuts it behind its last whole record, so that
/// nothing is guessed; meanwhile the others parse.
final class StreamFeed: ChunkFeed {
  private let tuning: LoadTuning
  private let format: RecordFormat
  private let dataStart: Int
  private let state: Mutex<State>

  /// What the lock guards.
  private final class State: @unchecked Sendable {
    // @unchecked: only touched under the mutex.
    let stream: any ByteStream
    let scanner: any RecordBlock
    /// The beginning of the next chunk.
    var carry: [UInt8] = []
    var toSkip: Int
    var index = 0
    var origin: Int
    /// Whether the stream has no more bytes.
    var isAtEnd = false
    var isDone = false
    /// Where the chunks of the first pass ended: another pass cuts there again.
    var cuts: [Int] = []
    var isReplay = false

    init(stream: any ByteStream, scanner: any RecordBlock, toSkip: Int) {
      self.stream = stream
      self.scanner = scanner
      self.toSkip = toSkip
      origin = toSkip
    }
  }

  /// Takes a stream at its first byte; the records begin `dataStart` bytes into it.
  init(
    stream: sending any ByteStream, dataStart: Int, format: RecordFormat,
    fieldCount: Int, tuning: LoadTuning
  ) throws(ReadFailure) {
    self.tuning = tuning
    self.format = format
    self.dataStart = dataStart
    let scanner = try format.block(fieldCount: fieldCount, scanner: tuning.scanner)
    state = Mutex(State(stream: stream, scanner: scanner, toSkip: dataStart))
  }

  var chunkCount: Int? { nil }

  func limit(ofChunk index: Int) -> Int? { nil }

  /// What was wrong with the bytes, once all are read.
  var warning: String? { state.withLock { $0.stream.warning } }

  /// What is wrong around the records of a document, once all are read.
  var documentFaults: [(place: Int, reason: String)] {
    state.withLock { JSONShape.faults(of: $0.stream) }
  }

  func restart() throws(ReadFailure) {
    let dataStart = dataStart
    let isBack = state.withLock { state in
      state.carry = []
      state.toSkip = dataStart
      state.index = 0
      state.origin = dataStart
      state.isAtEnd = false
      state.isDone = false
      state.isReplay = true
      return state.stream.rewind()
    }
    if !isBack { throw ReadFailure(reason: "the input cannot be read twice") }
  }

  func chunk(
    _ index: Int, from start: Int, to end: Int, into buffer: ChunkBuffer
  ) -> ChunkSpan? { nil }

  /// Chunks of a stream are whole from the beginning.
  func fill(_ span: inout ChunkSpan, to count: Int, in buffer: ChunkBuffer) {}

  func extend(_ span: inout ChunkSpan, in buffer: ChunkBuffer) -> Bool { false }

  func next(into buffer: ChunkBuffer) throws(ReadFailure) -> ChunkSpan? {
    let result = state.withLock { state -> Result<ChunkSpan?, ReadFailure> in
      do throws(ReadFailure) { return .success(try nextChunk(state, buffer)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func nextChunk(
    _ state: State, _ buffer: ChunkBuffer
  ) throws(ReadFailure) -> ChunkSpan? {
    if state.isDone { return nil }
    var span = ChunkSpan(
      index: state.index, origin: state.origin, start: 0, limit: 0, count: 0, fullCount: 0,
      isFinal: false)
    var target = max(tuning.chunkSize, state.carry.count + 64)
    buffer.reserve(target, keeping: 0)
    state.carry.withUnsafeBufferPointer { carry in
      if let base = carry.baseAddress { buffer.base.update(from: base, count: carry.count) }
    }
    span.count = state.carry.count
    state.carry.removeAll(keepingCapacity: true)
    var whole = 0
    while true {
      try fill(state, &span, buffer, target)
      whole = try wholeRecords(state, &span, buffer, from: whole)
      if whole > 0 || state.isDone { break }
      target *= 2
    }
    if !span.isFinal {
      let rest = UnsafeBufferPointer(start: buffer.base + whole, count: span.count - whole)
      state.carry.append(contentsOf: rest)
      span.count = whole
    }
    span.limit = span.count
    span.fullCount = span.count
    // The chunk ends where a record does, whatever follows.
    span.isFinal = true
    state.index += 1
    state.origin += span.count
    if !state.isReplay { state.cuts.append(state.origin) }
    return span
  }

  /// Reads up to `target` bytes, and drops what is before the first record: the byte order mark and
  /// the header.
  private func fill(
    _ state: State, _ span: inout ChunkSpan, _ buffer: ChunkBuffer, _ target: Int
  ) throws(ReadFailure) {
    buffer.reserve(target + 64, keeping: span.count)
    repeat {
      if !state.isAtEnd {
        let space = UnsafeMutableRawBufferPointer(
          start: buffer.base + span.count, count: target + 4 - span.count)
        let (count, isAtEnd) = try state.stream.fill(space)
        span.count += count
        state.isAtEnd = isAtEnd
      }
      let skipped = min(state.toSkip, span.count)
      UnsafeMutableRawPointer(buffer.base).copyMemory(
        from: buffer.base + skipped, byteCount: span.count - skipped)
      span.count -= skipped
      state.toSkip -= skipped
    } while state.toSkip > 0 && !state.isAtEnd
  }

  /// The bytes of the chunk: where it was cut before, or all whole records in the buffer.
  ///
  /// Zero when more must be read.
  private func wholeRecords(
    _ state: State, _ span: inout ChunkSpan, _ buffer: ChunkBuffer, from start: Int
  ) throws(ReadFailure) -> Int {
    if state.isReplay, state.index + 1 < state.cuts.count {
      let count = state.cuts[state.index] - state.origin
      if span.count >= count { return count }
      if state.isAtEnd { throw ReadFailure(reason: "the input changed while it was read") }
      return 0
    }
    if state.isAtEnd {
      span.isFinal = true
      state.isDone = true
      endRecord(&span, in: buffer, recordEnd: format.recordEnd)
      return span.count
    }
    return state.isReplay ? 0 : scanRecords(state, span, buffer, from: start)
  }

  /// The bytes of whole records in the buffer.
  private func scanRecords(
    _ state: State, _ span: ChunkSpan, _ buffer: ChunkBuffer, from start: Int
  ) -> Int {
    var place = start
    var size = tuning.blockSize
    while place < span.count {
      let count = min(size, span.count - place)
      state.scanner.scan(buffer.base + place, count: count, isFinal: false)
      if state.scanner.consumed > 0 {
        place += state.scanner.consumed
        size = tuning.blockSize
      } else if place + count == span.count {
        break
      } else {
        size *= 2
      }
    }
    return place
  }
}
