import Columns

/// Texts of a segment as rows: one for each part between separators.
struct ExplodedParts {
  private let name: String
  private let segment: Segment
  private let separator: [UInt8]

  init(_ name: String, _ segment: Segment, _ separator: String) {
    self.name = name
    self.segment = segment
    self.separator = Array(separator.utf8)
  }

  /// The rows of a chunk; a null is one.
  func chunk(_ chunk: RowChunk, withPlaces: Bool) -> ExpandedChunk {
    let texts = TextPlaces(segment.values)
    let validity = segment.validity?.words.pointer
    func text(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
      let isPresent = validity.map { $0[row >> 6] >> UInt64(row & 63) & 1 != 0 } ?? true
      return isPresent ? texts.text(row) : nil
    }
    let room = chunk.rows.reduce(0) { $0 + (text($1)?.count ?? 0) }
    var parts = TextParts(texts: chunk.rows.count, byteCount: room)
    let places = Store<RowPlace>(capacity: withPlaces ? chunk.rows.count : 1)
    for row in chunk.rows {
      let before = parts.count
      if let text = text(row) {
        parts.add(text, separator)
      } else {
        parts.addNull()
      }
      if !withPlaces { continue }
      let place = RowPlace(segment: chunk.segment, row: row)
      places.resize(to: places.count + parts.count - before, filling: place)
    }
    return ExpandedChunk(places: places, made: [name: parts.finish()])
  }
}

/// Collects parts of texts.
private struct TextParts {
  private let bytes: BufferSlice<UInt8>
  private var byteCount = 0
  /// One more than parts.
  private let offsets: Store<UInt32>
  /// The numbers of parts that are null.
  private let nulls = Store<Int>()

  /// For so many texts, of so many bytes together.
  init(texts: Int, byteCount: Int) {
    bytes = BufferSlice(capacity: byteCount)
    offsets = Store(capacity: 8 * texts + 1)
    offsets.append(0)
  }

  /// The number of parts.
  var count: Int { offsets.count - 1 }

  mutating func addNull() {
    nulls.append(count)
    offsets.append(UInt32(truncatingIfNeeded: byteCount))
  }

  /// Adds the parts of a text.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ separator: [UInt8]) {
    offsets.reserve(offsets.count + text.count + 1)
    guard let base = text.baseAddress else {
      offsets.append(UInt32(truncatingIfNeeded: byteCount))
      return
    }
    if separator.count == 1 {
      addParts(base, text.count, separator[0])
      return
    }
    var start = 0
    separator.withUnsafeBufferPointer { separator in
      while let end = occurrence(of: separator, in: text, from: start) {
        addPart(base + start, end - start)
        start = end + separator.count
      }
    }
    addPart(base + start, text.count - start)
  }

  private mutating func addParts(_ text: UnsafePointer<UInt8>, _ size: Int, _ separator: UInt8) {
    var start = 0
    while true {
      let end = place(of: separator, in: text, from: start, to: size)
      addPart(text + start, end &- start)
      if end == size { return }
      start = end &+ 1
    }
  }

  /// Adds a part, for whose offset there is room.
  @inline(__always) private mutating func addPart(_ part: UnsafePointer<UInt8>, _ size: Int) {
    copyText(TextReference(bytes: part, count: size), to: bytes.pointer + byteCount)
    byteCount &+= size
    offsets.pointer[offsets.count] = UInt32(truncatingIfNeeded: byteCount)
    offsets.setCount(offsets.count &+ 1)
  }

  func finish() -> Segment {
    let ends = BufferSlice<UInt32>(capacity: offsets.count)
    ends.write(UnsafeBufferPointer(offsets.elements), at: 0)
    var validity: Bitmap?
    if nulls.count > 0 {
      let present = Bitmap(repeating: true, count: count)
      for null in nulls.elements { present.words.pointer[null >> 6] &= ~(1 << UInt64(null & 63)) }
      validity = present
    }
    return Segment(
      rowCount: count, values: .text(TextSlice(offsets: ends, bytes: bytes.prefix(byteCount))),
      validity: validity, statistics: SegmentStatistics(nullCount: nulls.count))
  }
}
