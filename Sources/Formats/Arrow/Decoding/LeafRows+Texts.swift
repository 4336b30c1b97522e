import Columns
import Tasks

extension LeafRows {
  /// A column of texts, and how many bytes were no UTF-8; `text` adds the bytes of a value.
  func texts(
    workers: Workers,
    _ text: @Sendable (ArrowArray, Int, inout [UInt8]) throws(ArrowProblem) -> Void
  ) throws -> (column: Column, repairs: Int) {
    let segments = try workers.map(cuts.count) { _, index in
      let rows = cuts[index]
      var bytes: [UInt8] = []
      let offsets = BufferSlice<UInt32>(zeroed: rows.count + 1)
      try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
        for row in own {
          if let (array, source) = try piece.place(row) { try text(array, source, &bytes) }
          guard bytes.count <= Int(UInt32.max) else {
            throw .unsupported("\(rows.count) rows have more than 4 GiB of text")
          }
          offsets.pointer[place + row - own.lowerBound + 1] = UInt32(bytes.count)
        }
      }
      let (slice, repairs) = whole(TextSlice(offsets: offsets, bytes: BufferSlice(bytes)))
      let validity = try nulls(of: rows)
      return (Segment(rowCount: rows.count, values: .text(slice), validity: validity), repairs)
    }
    return (
      Column(type: .string, segments: segments.map(\.0)), segments.reduce(0) { $0 + $1.1 }
    )
  }

  /// A column of codes; nil where the different texts are too many.
  func codes(workers: Workers) throws -> (column: Column, repairs: Int)? {
    var union = DictionaryUnion()
    for piece in pieces {
      for part in piece.array.codes?.dictionary ?? [] where !union.add(part) { return nil }
    }
    let known = union
    guard let dictionary = known.dictionary else { return nil }
    let segments = try workers.map(cuts.count) { _, index in
      let rows = cuts[index]
      let codes = BufferSlice<UInt16>(zeroed: rows.count)
      try forEachPart(of: rows) { (piece, own, place) throws(ArrowProblem) in
        for row in own {
          guard let (array, source) = try piece.place(row) else { continue }
          codes.pointer[place + row - own.lowerBound] = known.code(array, source)
        }
      }
      let values: Segment.Values =
        dictionary.count <= 256
        ? .codes8(BufferSlice(codes.map { UInt8(truncatingIfNeeded: $0) }), dictionary)
        : .codes16(codes, dictionary)
      return Segment(rowCount: rows.count, values: values, validity: try nulls(of: rows))
    }
    return (Column(type: .string, segments: segments), known.repairs)
  }
}

/// Texts that are UTF-8, bytes that are none replaced, and how many those were.
private func whole(_ slice: TextSlice) -> (TextSlice, repairs: Int) {
  withExtendedLifetime(slice) {
    let rows = slice.rowCount
    if textProblem(slice.offsets.pointer, rows: rows, slice.bytes.pointer, slice.bytes.count) == nil
    {
      return (slice, 0)
    }
    var repairs = 0
    var builder = TextBuilder()
    for row in 0..<rows {
      let (text, count) = repaired(slice.utf8(at: row))
      repairs += count
      text.withUnsafeBufferPointer { builder.append(utf8: $0) }
    }
    return (builder.finish(), repairs)
  }
}

/// The different texts of the dictionaries of several batches.
private struct DictionaryUnion: Sendable {
  private var numbers: [[UInt8]: UInt16] = [:]
  private var texts = TextBuilder()
  private var codes: [ObjectIdentifier: [UInt16]] = [:]
  private(set) var repairs = 0

  /// False where there are too many.
  mutating func add(_ part: ArrowArray) -> Bool {
    if codes[ObjectIdentifier(part)] != nil { return true }
    var own: [UInt16] = []
    for row in 0..<part.rowCount {
      if part.isNull(row) {
        own.append(0)
        continue
      }
      let (text, count) = repaired(part.bytes(row))
      repairs += count
      let number = numbers[text] ?? UInt16(truncatingIfNeeded: numbers.count)
      if numbers[text] == nil {
        if numbers.count == TextDictionary.maximumCount { return false }
        numbers[text] = number
        text.withUnsafeBufferPointer { texts.append(utf8: $0) }
      }
      own.append(number)
    }
    codes[ObjectIdentifier(part)] = own
    return true
  }

  /// nil where there is no text.
  var dictionary: TextDictionary? { numbers.isEmpty ? nil : TextDictionary(texts: texts.finish()) }

  func code(_ part: ArrowArray, _ row: Int) -> UInt16 { codes[ObjectIdentifier(part)]?[row] ?? 0 }
}
