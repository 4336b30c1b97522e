import Columns
import Kernels

/// Collects texts: codes while all are of one dictionary, else bytes.
final class TextCollector: ValueCollector {
  /// The dictionary of all rows so far; nil when they are bytes.
  private var dictionary: TextDictionary?
  /// UInt16 codes.
  private let codes = GrowingMemory()
  /// UInt32 ends of the rows' bytes.
  private let ends = GrowingMemory()
  private let bytes = GrowingMemory()
  private let scratch = GrowingMemory(capacity: 64)
  /// The dictionary of the constant that came last.
  private var constant: (text: String, dictionary: TextDictionary)?

  func append(_ source: VectorRows, isAllNullSoFar: Bool, rowCount: Int) {
    if let own = ownDictionary(source.vector) {
      if isAllNullSoFar && own !== dictionary { restart(with: own, rowCount) }
      if own === dictionary { return appendCodes(source) }
    } else if isAllNullSoFar {
      restart(with: nil, rowCount)
    }
    if dictionary != nil { spell() }
    appendTexts(source)
  }

  private func ownDictionary(_ vector: Vector) -> TextDictionary? {
    switch vector.storage {
    case .codes8(_, let dictionary), .codes16(_, let dictionary): return dictionary
    case .constant(.string(let text)):
      // As bytes: Swift's strings are equal where their bytes are not.
      if let constant, constant.text.utf8.elementsEqual(text.utf8) { return constant.dictionary }
      let made = TextDictionary([text])
      constant = (text, made)
      return made
    default: return nil
    }
  }

  private func appendCodes(_ source: VectorRows) {
    let out = codes.extend(by: source.count * 2).assumingMemoryBound(to: UInt16.self)
    switch source.vector.storage {
    case .codes8(let values, _):
      if let rows = source.rows {
        for index in 0..<source.count { out[index] = UInt16(values[Int(rows[index])]) }
      } else {
        for index in 0..<source.count { out[index] = UInt16(values[index]) }
      }
    case .codes16(let values, _): source.copy(values, width: 2, into: out)
    default: out.update(repeating: 0, count: source.count)
    }
  }

  private func appendTexts(_ source: VectorRows) {
    let count = source.vector.count
    scratch.removeAll()
    let numbers = scratch.extend(by: count * 8 + 64).assumingMemoryBound(to: UInt32.self)
    let texts = source.vector.textRows(
      starts: numbers, ends: numbers + count, constant: source.vector.constantText)
    appendTexts(texts, source.rows, source.count)
  }

  private func appendTexts(_ texts: TextRows, _ rows: UnsafePointer<UInt32>?, _ count: Int) {
    let out = ends.extend(by: count * 4).assumingMemoryBound(to: UInt32.self)
    var total = 0
    for index in 0..<count {
      let row = rows.map { Int($0[index]) } ?? index
      total &+= Int(texts.ends[row]) &- Int(texts.starts[row])
    }
    var end = UInt32(truncatingIfNeeded: bytes.byteCount)
    // What is copied behind the last text has room, and is readable behind each.
    var place = bytes.extend(by: total)
    for index in 0..<count {
      let row = rows.map { Int($0[index]) } ?? index
      let start = texts.starts[row]
      let text = TextReference(
        bytes: texts.base + Int(start), count: Int(texts.ends[row] &- start))
      copyText(text, to: place)
      place += text.count
      end &+= UInt32(truncatingIfNeeded: text.count)
      out[index] = end
    }
  }

  func appendBlanks(_ count: Int) {
    if dictionary != nil {
      codes.extend(by: count * 2).initializeMemory(as: UInt16.self, repeating: 0, count: count)
    } else {
      let end = UInt32(truncatingIfNeeded: bytes.byteCount)
      ends.extend(by: count * 4).initializeMemory(as: UInt32.self, repeating: end, count: count)
    }
  }

  private func restart(with dictionary: TextDictionary?, _ rowCount: Int) {
    removeAll()
    self.dictionary = dictionary
    appendBlanks(rowCount)
  }

  /// Turns the codes so far into texts.
  private func spell() {
    guard let dictionary else { return }
    let count = codes.byteCount / 2
    let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * count + 1)
    defer { numbers.deallocate() }
    let vector = Vector(
      count: count, type: .string, storage: .codes16(codes.elements(UInt16.self), dictionary))
    appendTexts(vector.textRows(starts: numbers, ends: numbers + count), nil, count)
    self.dictionary = nil
    codes.removeAll()
  }

  private func removeAll() {
    dictionary = nil
    codes.removeAll()
    ends.removeAll()
    bytes.removeAll()
  }

  func finish(rowCount: Int, present: UnsafePointer<UInt8>?, nullCount: Int) -> CollectedValues {
    defer { removeAll() }
    let statistics = SegmentStatistics(nullCount: nullCount)
    if let dictionary {
      return CollectedValues(values: finishedCodes(dictionary, rowCount), statistics: statistics)
    }
    precondition(bytes.byteCount <= UInt32.max, "text of one segment exceeds 4 GiB")
    let offsets = BufferSlice<UInt32>(capacity: rowCount + 1)
    offsets.pointer[0] = 0
    (offsets.pointer + 1).update(from: ends.elements(UInt32.self), count: rowCount)
    let heap = BufferSlice<UInt8>(capacity: bytes.byteCount)
    heap.pointer.update(from: bytes.elements(UInt8.self), count: bytes.byteCount)
    return CollectedValues(
      values: .text(TextSlice(offsets: offsets, bytes: heap)), statistics: statistics)
  }

  private func finishedCodes(_ dictionary: TextDictionary, _ rowCount: Int) -> Segment.Values {
    let collected = codes.elements(UInt16.self)
    if dictionary.count > 256 {
      let slice = BufferSlice<UInt16>(capacity: rowCount)
      slice.pointer.update(from: collected, count: rowCount)
      return .codes16(slice, dictionary)
    }
    let slice = BufferSlice<UInt8>(capacity: rowCount)
    for row in 0..<rowCount { slice.pointer[row] = UInt8(truncatingIfNeeded: collected[row]) }
    return .codes8(slice, dictionary)
  }
}
