import Columns
import Synchronization

/// A segment of a snapshot: its values stay in the file and are checked when they are first used.
final class MappedSegment: SegmentSource {
  typealias Contents = (values: Segment.Values, validity: Bitmap?)

  private let file: MappedFile
  private let column: MappedColumn
  private let part: ArrowPart
  private let firstRow: Int
  private let statistics: SegmentStatistics
  private let checksum: UInt64
  private let state = Mutex<(read: Contents?, standIn: Contents?)>((nil, nil))

  init(
    _ file: MappedFile, _ column: MappedColumn, _ part: ArrowPart, firstRow: Int,
    statistics: SegmentStatistics, checksum: UInt64
  ) {
    self.checksum = checksum
    self.file = file
    self.column = column
    self.part = part
    self.firstRow = firstRow
    self.statistics = statistics
  }

  var contents: Contents {
    let isDamaged = file.isDamaged
    if isDamaged { file.noteUse() }
    return state.withLock { state in
      if !isDamaged {
        if let read = state.read { return read }
        do throws(ArrowProblem) {
          let read = try checked()
          state.read = read
          return read
        } catch {
          let rows = "rows \(firstRow + 1) to \(firstRow + part.rowCount)"
          file.mark("column '\(column.name)', \(rows): \(error.reason)")
        }
      }
      let standIn = state.standIn ?? harmless()
      state.standIn = standIn
      return standIn
    }
  }

  private func checked() throws(ArrowProblem) -> Contents {
    guard SnapshotChecksum.of(part, in: file) == checksum else {
      throw .damaged("its bytes are not those that were saved")
    }
    let (values, validity) = (try checkedValues(), try checkedValidity())
    // Filters and groupings rely on the range.
    if column.form.isInteger {
      let found = SegmentStatistics(
        of: values, scale: column.form.scale, rowCount: part.rowCount, validity: validity)
      guard found == statistics else {
        throw .damaged("its values are not those of its statistics")
      }
    }
    return (values, validity)
  }

  /// A copy: a few bytes that all else relies on.
  private func checkedValidity() throws(ArrowProblem) -> Bitmap? {
    if statistics.nullCount == 0 { return nil }
    let rows = part.rowCount
    let words = BufferSlice<UInt64>(zeroed: (rows + 63) / 64)
    let bytes = file.bytes(part.buffers[0].lowerBound..<part.buffers[0].lowerBound + (rows + 7) / 8)
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: words.pointer, count: 8 * words.count).copyMemory(
        from: $0)
    }
    let bitmap = Bitmap(words: words, count: rows).prefix(rows)
    guard rows - bitmap.population == statistics.nullCount else {
      throw .damaged("it has not as many nulls as it says")
    }
    return bitmap
  }

  private func checkedValues() throws(ArrowProblem) -> Segment.Values {
    switch column.form.store {
    case .bits:
      let words: BufferSlice<UInt64> = try values((part.rowCount + 63) / 64)
      let spare = part.rowCount & 63
      guard spare == 0 || words.pointer[words.count - 1] >> UInt64(spare) == 0 else {
        throw .damaged("there are bits behind its last row")
      }
      return .bits(Bitmap(words: words, count: part.rowCount))
    case .int8: return .int8(try values(part.rowCount))
    case .int16: return .int16(try values(part.rowCount))
    case .int32: return .int32(try values(part.rowCount))
    case .int64: return .int64(try values(part.rowCount))
    case .float64: return .float64(try values(part.rowCount))
    case .text: return .text(try texts())
    case .codes8:
      let (codes, dictionary): (BufferSlice<UInt8>, TextDictionary) = try codes()
      return .codes8(codes, dictionary)
    case .codes16:
      let (codes, dictionary): (BufferSlice<UInt16>, TextDictionary) = try codes()
      return .codes16(codes, dictionary)
    }
  }

  private func values<Value: BitwiseCopyable & Sendable>(
    _ count: Int
  ) throws(ArrowProblem) -> BufferSlice<Value> {
    guard let slice = file.slice(at: part.buffers[1].lowerBound, count: count, of: Value.self)
    else {
      throw .damaged("its values are not aligned")
    }
    return slice
  }

  private func texts() throws(ArrowProblem) -> TextSlice {
    let offsets: BufferSlice<UInt32> = try values(part.rowCount + 1)
    let place = part.buffers[2]
    guard let bytes = file.slice(at: place.lowerBound, count: place.count, of: UInt8.self) else {
      throw .damaged("its texts are not there")
    }
    // The stand-in for lost offsets is the number of bytes.
    guard Int(offsets.pointer[part.rowCount]) == bytes.count else {
      throw .damaged("its texts are not as long as they say")
    }
    if let problem = textProblem(offsets.pointer, rows: part.rowCount, bytes.pointer, bytes.count) {
      throw .damaged(problem)
    }
    return TextSlice(offsets: offsets, bytes: bytes)
  }

  private func codes<Code: FixedWidthInteger & BitwiseCopyable & Sendable>()
    throws(ArrowProblem) -> (BufferSlice<Code>, TextDictionary)
  {
    guard let (dictionary, isDamaged) = column.dictionary?.texts, !isDamaged else {
      throw .damaged("its dictionary is damaged")
    }
    let codes: BufferSlice<Code> = try values(part.rowCount)
    var greatest: Code = 0
    for row in 0..<part.rowCount { greatest = max(greatest, codes.pointer[row]) }
    guard Int(greatest) < dictionary.count else {
      throw .damaged("a code is not in its dictionary")
    }
    return (codes, dictionary)
  }
}

extension MappedSegment {
  /// Values of the same form that agree with the statistics.
  private func harmless() -> Contents {
    (harmlessValues(), harmlessValidity())
  }

  private func harmlessValidity() -> Bitmap? {
    if statistics.nullCount == 0 { return nil }
    let bytes = (0..<part.rowCount).map { UInt8($0 < statistics.nullCount ? 0 : 1) }
    return bytes.withUnsafeBufferPointer { Bitmap(bytes: $0) }
  }

  private func harmlessValues() -> Segment.Values {
    let rows = part.rowCount
    let least = (statistics.integerRange?.lowerBound ?? 0) / column.form.scale
    func filled<Value: FixedWidthInteger & BitwiseCopyable & Sendable>() -> BufferSlice<Value> {
      let slice = BufferSlice<Value>(capacity: rows)
      slice.pointer.update(repeating: Value(truncatingIfNeeded: least), count: rows)
      return slice
    }
    switch column.form.store {
    case .bits: return .bits(Bitmap(repeating: false, count: rows))
    case .int8: return .int8(filled())
    case .int16: return .int16(filled())
    case .int32: return .int32(filled())
    case .int64: return .int64(filled())
    case .float64: return .float64(BufferSlice(zeroed: rows))
    case .text:
      return .text(
        TextSlice(offsets: BufferSlice(zeroed: rows + 1), bytes: BufferSlice(capacity: 0)))
    case .codes8: return .codes8(BufferSlice(zeroed: rows), standInDictionary)
    case .codes16: return .codes16(BufferSlice(zeroed: rows), standInDictionary)
    }
  }

  private var standInDictionary: TextDictionary {
    column.dictionary?.texts.dictionary ?? TextDictionary([""])
  }
}

/// What the segments of a column share.
final class MappedColumn: Sendable {
  let name: String
  let form: SnapshotForm
  let dictionary: MappedDictionary?

  init(name: String, form: SnapshotForm, dictionary: MappedDictionary?) {
    self.name = name
    self.form = form
    self.dictionary = dictionary
  }
}
