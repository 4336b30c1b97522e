import CKernels
import CSimdjson

/// The records of one block of JSON text: where the value of each key begins and ends.
///
/// simdjson finds the tokens of the block, a walk over them finds the values; Swift sees whole
/// columns of a run only. Keys become columns as they come: the caller gives each a number that holds
/// for all workers (`bind`). Reused from block to block; one for each worker.
package final class JSONBlock: RecordBlock {
  /// The deepest nesting of a record: deeper ones are left out.
  package static let deepest = 1024
  /// Arrays of one object under this key are read as the object (Instagram's lists).
  private static let flattenedKey = "string_list_data"

  private let reader: OpaquePointer
  private let separator: UInt8
  private var text: UnsafePointer<UInt8>?
  private(set) package var consumed = 0
  private var isScanned = false
  private var runCount = 0
  /// The reader's column of each of the file's fields.
  private var columns: [Int?] = []
  private var boundCount = 0

  /// Takes the byte that ends a record: a line feed, or `JSONCutter.separator` in documents.
  ///
  /// - Throws: when memory is short.
  package init(separator: UInt8) throws(ReadFailure) {
    guard let made = decoy_json_new(separator, JSONBlock.deepest, JSONBlock.flattenedKey) else {
      throw ReadFailure(reason: "out of memory")
    }
    self.separator = separator
    reader = made
  }

  deinit { decoy_json_delete(reader) }

  package func beginChunk() {
    decoy_json_begin(reader)
    boundCount = 0
  }

  package func scan(_ text: UnsafePointer<UInt8>, count: Int, isFinal: Bool) {
    self.text = text
    isScanned = false
    consumed = count
    if isFinal { return }
    while consumed > 0, text[consumed - 1] != separator { consumed -= 1 }
  }

  package func clip(startingBefore limit: Int) {
    guard let text, limit < consumed else { return }
    var end = max(0, limit)
    if end > 0 {
      end -= 1
      while end < consumed, text[end] != separator { end += 1 }
      end += 1
    }
    consumed = min(end, consumed)
  }

  package func nextRun(limit: Int) throws(ReadFailure) -> Int {
    if !isScanned, let text {
      decoy_json_scan(reader, text, consumed)
      isScanned = true
    }
    let count = decoy_json_next(reader, limit)
    if count == .max { throw ReadFailure(reason: "out of memory") }
    runCount = count
    return count
  }

  package func cells(column: Int, trim: Bool) -> Cells {
    let own = column < columns.count ? columns[column] ?? .max : .max
    let found = decoy_json_column(reader, own, runCount)
    return Cells(
      base: decoy_json_base(reader), starts: found.starts, ends: found.ends, count: runCount,
      hasEmpty: found.has_empty, isTrimmed: true, isValidText: decoy_json_is_valid_text(reader),
      isPlain: true)
  }

  package func beginsQuoted(column: Int) -> Bool { false }

  package var faults: [RecordFault] {
    (0..<decoy_json_faults(reader)).map { index in
      let fault = decoy_json_fault_at(reader, index)
      return RecordFault(
        start: fault.start, end: fault.end, place: fault.place, reason: words(fault.reason))
    }
  }

  package var findings: BlockFindings {
    BlockFindings(
      repeatedKeys: decoy_json_repeated_keys(reader),
      loneSurrogates: decoy_json_lone_surrogates(reader))
  }
}

extension JSONBlock {
  /// The names of the columns that came up in this chunk since the last call, in the order in which
  /// their keys stand first, each with the reader's column.
  package func newColumns() -> [(name: String, column: Int)] {
    let count = decoy_json_seen(reader)
    defer { boundCount = count }
    return (min(boundCount, count)..<count).map { place in
      let found = decoy_json_seen_at(reader, place)
      let bytes = UnsafeBufferPointer(start: found.name, count: found.length)
      let name = String(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self)
      return (name.isEmpty ? "column" : name, found.column)
    }
  }

  /// Says which of the file's fields a column of the reader is.
  package func bind(_ column: Int, to field: Int) {
    while columns.count <= field { columns.append(nil) }
    if columns[field] == nil { columns[field] = column }
  }
}

private func words(_ reason: decoy_json_reason) -> String {
  switch reason {
  case DECOY_JSON_NO_KEY: "a key in quotes is missing"
  case DECOY_JSON_NO_COLON: "a colon is missing"
  case DECOY_JSON_NO_VALUE: "a value is missing"
  case DECOY_JSON_NO_COMMA: "a comma or the end of the object is missing"
  case DECOY_JSON_BAD_NUMBER: "not a number of JSON"
  case DECOY_JSON_BAD_WORD: "neither true, false, null, a number, a text nor an object"
  case DECOY_JSON_BAD_ESCAPE: "not an escape of JSON"
  case DECOY_JSON_OPEN_STRING: "a text without its closing quote"
  case DECOY_JSON_CONTROL: "a control character in a text"
  case DECOY_JSON_TOO_DEEP: "nested deeper than \(JSONBlock.deepest)"
  case DECOY_JSON_ENDS_EARLY: "the object is not complete"
  case DECOY_JSON_MORE_THAN_ONE: "something stands behind the object"
  default: "not a JSON object"
  }
}
