import Columns
import Kernels

/// JSON arrays in a text segment as rows: one for each element.
struct ExplodedArrays {
  private let name: String
  private let segment: Segment

  init(_ name: String, _ segment: Segment) {
    self.name = name
    self.segment = segment
  }

  /// The rows of a chunk.
  func chunk(_ chunk: RowChunk) -> ExpandedChunk {
    let texts = TextPlaces(segment.values)
    let elements = JSONElements()
    let places = Store<RowPlace>(capacity: chunk.rows.count)
    let cells = ElementCells(rows: chunk.rows.count)
    var otherCount = 0
    for row in chunk.rows {
      let place = RowPlace(segment: chunk.segment, row: row)
      if segment.isNull(at: row) {
        places.append(place)
        cells.append(.none)
        continue
      }
      let text = texts.text(row)
      let isArray = elements.read(text)
      if !isArray { otherCount += 1 }
      if elements.count == 0 {
        places.append(place)
        cells.append(isArray ? .none : .text(text))
      }
      elements.forEach { element in
        places.append(place)
        cells.append(element)
      }
    }
    return ExpandedChunk(places: places, made: [name: cells.finish()], otherCount: otherCount)
  }
}

/// Collects elements as texts; what is null or not there is null.
private final class ElementCells {
  private let offsets: Store<UInt32>
  private let validity: Store<UInt64>
  private let bytes = GrowingMemory()
  private var count = 0

  init(rows: Int) {
    offsets = Store(capacity: rows + 1)
    validity = Store(capacity: rows / 64 + 1)
    offsets.append(0)
  }

  func append(_ value: JSONValue) {
    if count & 63 == 0 { validity.append(0) }
    var isPresent: UInt64 = 1
    switch value {
    case .none, .null: isPresent = 0
    case .text(let text), .string(let text):
      if let start = text.baseAddress {
        // Behind a text, and behind the memory, there is room for more.
        copyText(TextReference(bytes: start, count: text.count), to: bytes.extend(by: text.count))
      }
    case .escaped(let text):
      let place = bytes.extend(by: text.count).assumingMemoryBound(to: UInt8.self)
      bytes.shrink(by: text.count - unescapeJSON(text, into: place))
    }
    validity.pointer[count >> 6] |= isPresent << UInt64(count & 63)
    // All are parts of one segment, whose offsets have 32 bits, too.
    offsets.append(UInt32(truncatingIfNeeded: bytes.byteCount))
    count += 1
  }

  func finish() -> Segment {
    let vector = Vector(
      count: count, type: .string,
      storage: .text(offsets: offsets.pointer, bytes: bytes.elements(UInt8.self)),
      validity: validity.pointer)
    return withExtendedLifetime((offsets, validity, bytes)) { Segment(copying: vector) }
  }
}
