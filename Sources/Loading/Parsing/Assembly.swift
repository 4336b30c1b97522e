import Columns
import Formats
import Tasks

/// Puts the chunks of all files together to the columns of one table.
struct Assembly {
  /// For each file, its chunks in order and the table's column of each field.
  let files: [(chunks: [ParsedChunk], columns: [Int])]
  /// The types of the table's columns.
  let types: [DataType]
  /// Columns in which only `1` occurs, so that empty means false.
  let emptyIsFalse: Set<Int>
  /// For each file, the field of each of the table's columns.
  private let fields: [[Int?]]

  init(
    files: [(chunks: [ParsedChunk], columns: [Int])], types: [DataType], emptyIsFalse: Set<Int>
  ) {
    self.files = files
    self.types = types
    self.emptyIsFalse = emptyIsFalse
    fields = files.map { fieldsByColumn($0.columns, count: types.count) }
  }

  /// The column at a position.
  func column(_ position: Int) -> Column {
    let type = types[position]
    let packed = segments(position)
    let dictionary = DictionaryMerge(packed.compactMap { $0.packed?.codes })
    let segments = packed.map { rows, packed in
      switch packed {
      case nil: nullSegment(of: type, rows: rows)
      case .finished(let segment): segment
      case .codes(let codes): dictionary.segment(codes)
      }
    }
    guard emptyIsFalse.contains(position) else { return Column(type: type, segments: segments) }
    return Column(type: type, segments: segments.map(withoutNulls))
  }

  /// The segments of a column in order; nil where the file has no such column, or no value.
  private func segments(_ position: Int) -> [(rows: Int, packed: PackedSegment?)] {
    var result: [(rows: Int, packed: PackedSegment?)] = []
    for (file, (chunks, _)) in files.enumerated() {
      let field = fields[file][position]
      for chunk in chunks {
        // A field that came up in a later chunk is not there yet.
        let column = field.flatMap { $0 < chunk.columns.count ? chunk.columns[$0] : nil }
        for (index, rows) in chunk.segmentRows.enumerated() {
          let isEmpty = column == nil || column?.type == .nothing
          result.append((rows, isEmpty ? nil : column?.segments[index]))
        }
      }
    }
    return result
  }

  /// The same bits with false where there was no value.
  private func withoutNulls(_ segment: Segment) -> Segment {
    Segment(rowCount: segment.rowCount, values: segment.values)
  }
}

/// The first field of each column of a table; nil for those that a file has not.
func fieldsByColumn(_ columns: [Int], count: Int) -> [Int?] {
  var fields = [Int?](repeating: nil, count: count)
  for (field, column) in columns.enumerated() where column >= 0 && fields[column] == nil {
    fields[column] = field
  }
  return fields
}

extension PackedSegment {
  var codes: PackedCodes? {
    if case .codes(let codes) = self { codes } else { nil }
  }
}

/// One dictionary from those of all workers, sorted, so that it does not depend on who met what.
struct DictionaryMerge {
  private let dictionary: TextDictionary?
  /// The code in the dictionary for each code of a worker's.
  private let maps: [ObjectIdentifier: [UInt16]]

  init(_ codes: [PackedCodes]) {
    var workers: [TextCodes] = []
    for code in codes where !workers.contains(where: { $0 === code.texts }) {
      workers.append(code.texts)
    }
    var texts: Set<[UInt8]> = []
    let own = workers.map { worker in
      let slice = worker.finished
      return (0..<slice.rowCount).map { Array(slice.utf8(at: $0)) }
    }
    for list in own { texts.formUnion(list) }
    let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
    guard !sorted.isEmpty, sorted.count <= TextDictionary.maximumCount else {
      dictionary = nil
      maps = [:]
      return
    }
    var places: [[UInt8]: UInt16] = [:]
    var builder = TextBuilder()
    for (place, text) in sorted.enumerated() {
      places[text] = UInt16(place)
      text.withUnsafeBufferPointer { builder.append(utf8: $0) }
    }
    dictionary = TextDictionary(texts: builder.finish())
    var maps: [ObjectIdentifier: [UInt16]] = [:]
    for (worker, list) in zip(workers, own) {
      maps[ObjectIdentifier(worker)] = list.map { places[$0] ?? 0 }
    }
    self.maps = maps
  }

  /// The finished segment of a worker's codes.
  func segment(_ packed: PackedCodes) -> Segment {
    let statistics = SegmentStatistics(nullCount: packed.nullCount)
    guard let dictionary, let own = maps[ObjectIdentifier(packed.texts)] else {
      return texts(packed, statistics)
    }
    // Rows without a value have code 0, which must exist.
    let map = own.isEmpty ? [0] : own
    let rows = packed.rowCount
    let values: Segment.Values
    if dictionary.count <= 256 {
      let codes = BufferSlice<UInt8>(capacity: rows)
      for row in 0..<rows {
        codes.pointer[row] = UInt8(truncatingIfNeeded: map[Int(packed.codes.pointer[row])])
      }
      clearNulls(of: packed, codes.pointer)
      values = .codes8(codes, dictionary)
    } else {
      for row in 0..<rows { packed.codes.pointer[row] = map[Int(packed.codes.pointer[row])] }
      clearNulls(of: packed, packed.codes.pointer)
      values = .codes16(packed.codes, dictionary)
    }
    return Segment(
      rowCount: rows, values: values, validity: packed.validity, statistics: statistics)
  }

  /// Under a null stands the first code, whatever text its worker met first: loads of the same file are the
  /// same, and so are the snapshots of them.
  private func clearNulls<Code: FixedWidthInteger>(
    of packed: PackedCodes, _ codes: UnsafeMutablePointer<Code>
  ) {
    guard let words = packed.validity?.words.pointer else { return }
    for row in 0..<packed.rowCount {
      let isPresent = words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
      codes[row] &*= Code(truncatingIfNeeded: isPresent)
    }
  }

  /// The texts themselves, when all dictionaries together are too large for one.
  private func texts(_ packed: PackedCodes, _ statistics: SegmentStatistics) -> Segment {
    let slice = packed.texts.finished
    var builder = TextBuilder()
    for row in 0..<packed.rowCount {
      let isPresent = packed.validity.map { $0[row] } ?? true
      let code = Int(packed.codes.pointer[row])
      if isPresent, code < slice.rowCount {
        builder.append(utf8: slice.utf8(at: code))
      } else {
        builder.append("")
      }
    }
    return Segment(
      rowCount: packed.rowCount, values: .text(builder.finish()), validity: packed.validity,
      statistics: statistics)
  }
}
