import Columns

/// One dictionary for a column whose segments may have several.
struct OutputDictionary {
  let texts: TextDictionary
  /// For each dictionary of a segment the new codes; empty where they are the same.
  private let codes: [ObjectIdentifier: [UInt16]]

  /// nil where a segment holds texts themselves, or there are too many different ones, or none.
  init?(_ column: Column) {
    if let shared = column.sharedDictionary {
      guard shared.count > 0 else { return nil }
      texts = shared
      codes = [ObjectIdentifier(shared): []]
      return
    }
    var numbers: [[UInt8]: UInt16] = [:]
    var builder = TextBuilder()
    var codes: [ObjectIdentifier: [UInt16]] = [:]
    for segment in column.segments {
      guard let dictionary = segment.dictionary else { return nil }
      if codes[ObjectIdentifier(dictionary)] != nil { continue }
      var own: [UInt16] = []
      for code in 0..<dictionary.count {
        let text = Array(dictionary.texts.utf8(at: code))
        let number = numbers[text] ?? UInt16(truncatingIfNeeded: numbers.count)
        if numbers[text] == nil {
          guard numbers.count < TextDictionary.maximumCount else { return nil }
          numbers[text] = number
          text.withUnsafeBufferPointer { builder.append(utf8: $0) }
        }
        own.append(number)
      }
      codes[ObjectIdentifier(dictionary)] = own
    }
    guard !numbers.isEmpty else { return nil }
    texts = TextDictionary(texts: builder.finish())
    self.codes = codes
  }

  /// The codes of a segment in this dictionary.
  func codes(of segment: Segment, _ isNarrow: Bool) -> BufferSlice<UInt8> {
    switch segment.values {
    case .codes8(let slice, let dictionary): recoded(slice, dictionary, segment.rowCount, isNarrow)
    case .codes16(let slice, let dictionary): recoded(slice, dictionary, segment.rowCount, isNarrow)
    default: preconditionFailure("no codes in this segment")
    }
  }

  private func recoded<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ slice: BufferSlice<Code>, _ dictionary: TextDictionary, _ rows: Int, _ isNarrow: Bool
  ) -> BufferSlice<UInt8> {
    let own = codes[ObjectIdentifier(dictionary)] ?? []
    if own.isEmpty, MemoryLayout<Code>.size == (isNarrow ? 1 : 2) {
      return slice.prefix(rows).asBytes
    }
    func code(_ row: Int) -> UInt16 {
      let code = Int(truncatingIfNeeded: slice.pointer[row])
      // An all-null segment may have no texts.
      return own.isEmpty ? UInt16(truncatingIfNeeded: code) : own[code]
    }
    if isNarrow {
      let narrow = BufferSlice<UInt8>(capacity: rows)
      for row in 0..<rows { narrow.pointer[row] = UInt8(truncatingIfNeeded: code(row)) }
      return narrow
    }
    let wide = BufferSlice<UInt16>(capacity: rows)
    for row in 0..<rows { wide.pointer[row] = code(row) }
    return wide.asBytes
  }
}

extension Segment {
  fileprivate var dictionary: TextDictionary? {
    switch values {
    case .codes8(_, let dictionary), .codes16(_, let dictionary): dictionary
    default: nil
    }
  }
}
