import CKernels

/// A value in a JSON text, as bytes of that text; valid as long as they are.
package enum JSONValue {
  /// It is not there, or the text is no JSON.
  case none
  case null
  /// A number, bool, object or array as it is written: all digits of a number stay.
  case text(UnsafeBufferPointer<UInt8>)
  /// A string without its quotes, in which nothing is escaped.
  case string(UnsafeBufferPointer<UInt8>)
  /// A string without its quotes, whose text `unescapeJSON` makes.
  case escaped(UnsafeBufferPointer<UInt8>)

  fileprivate init(_ span: CKJSONSpan, in base: UnsafePointer<UInt8>) {
    let bytes = UnsafeBufferPointer(
      start: base + Int(span.start), count: Int(span.end) &- Int(span.start))
    switch Int(span.kind) {
    case CK_JSON_TEXT: self = .text(bytes)
    case CK_JSON_STRING: self = .string(bytes)
    case CK_JSON_ESCAPED: self = .escaped(bytes)
    case CK_JSON_NULL: self = .null
    default: self = .none
    }
  }
}

/// Finds the values at one path in blocks of JSON texts; belongs to one worker.
///
/// The whole of a text is checked: what is no JSON has no values. RFC 8259, with up to 1,024 open
/// brackets and without halves of surrogate pairs; of equal keys the first counts. Time is linear
/// in the text, memory is 12 bytes a row.
package final class JSONFinder {
  /// A step from a value to one inside of it.
  package enum Step: Hashable, Sendable {
    /// The member of an object.
    case key(String)
    /// The element of an array, from 0.
    case index(Int)
  }

  private let keys: UnsafeMutablePointer<UInt8>
  private let steps: UnsafeMutablePointer<CKJSONStep>
  private let stepCount: Int
  private var spans: [CKJSONSpan] = []
  private var base: UnsafePointer<UInt8>?

  /// Without steps it finds the whole value.
  package init(_ path: [Step]) {
    let bytes = path.map { step -> [UInt8]? in
      if case .key(let key) = step { Array(key.utf8) } else { nil }
    }
    keys = .allocate(capacity: max(1, bytes.reduce(0) { $0 + ($1?.count ?? 0) }))
    steps = .allocate(capacity: max(1, path.count))
    stepCount = path.count
    var place = keys
    for (position, key) in bytes.enumerated() {
      var made = CKJSONStep()
      if let key {
        place.initialize(from: key, count: key.count)
        made = CKJSONStep(key: place, length: key.count, index: 0)
        place += key.count
      } else if case .index(let index) = path[position] {
        made = CKJSONStep(key: nil, length: 0, index: max(0, index))
      }
      (steps + position).initialize(to: made)
    }
  }

  deinit {
    keys.deallocate()
    steps.deallocate()
  }

  /// Reads a block of rows, whose values are then given by subscript.
  package func read(_ rows: TextRows, count: Int) {
    if spans.count < count {
      spans = [CKJSONSpan](repeating: CKJSONSpan(start: 0, end: 0, kind: 0), count: count)
    }
    base = rows.base
    spans.withUnsafeMutableBufferPointer { spans in
      guard let found = spans.baseAddress else { return }
      ck_json_find(rows.base, rows.starts, rows.ends, count, steps, stepCount, found)
    }
  }

  /// The value of a row of the block that was read last.
  package subscript(row: Int) -> JSONValue {
    guard let base else { return .none }
    return JSONValue(spans[row], in: base)
  }
}

/// The elements of JSON arrays, one array at a time; belongs to one worker.
///
/// At least 15 bytes behind a text are readable.
package final class JSONElements {
  private var spans = [CKJSONSpan](repeating: CKJSONSpan(start: 0, end: 0, kind: 0), count: 64)
  private var base: UnsafePointer<UInt8>?
  /// The number of elements of the array that was read last.
  package private(set) var count = 0

  package init() {}

  /// Reads a text; false, and no elements, where it is no JSON array.
  package func read(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    count = 0
    base = text.baseAddress
    var found = elements(of: text)
    if found > spans.count {
      spans = [CKJSONSpan](repeating: spans[0], count: max(found, 2 * spans.count))
      found = elements(of: text)
    }
    count = max(0, found)
    return found >= 0
  }

  private func elements(of text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = text.baseAddress else { return -1 }
    return spans.withUnsafeMutableBufferPointer { spans in
      spans.baseAddress.map { ck_json_elements(start, text.count, $0, spans.count) } ?? -1
    }
  }

  /// Calls `body` with each element of the array that was read last.
  package func forEach(_ body: (JSONValue) -> Void) {
    guard let base else { return }
    spans.withUnsafeBufferPointer { spans in
      for index in 0..<count { body(JSONValue(spans[index], in: base)) }
    }
  }
}

/// Writes the text of an escaped string; gives the number of bytes, at most those of the string.
package func unescapeJSON(
  _ string: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>
) -> Int {
  string.baseAddress.map { ck_json_unescape($0, string.count, out) } ?? 0
}

/// Writes a text as a JSON string with its quotes; gives the number of bytes, at most six times
/// those of the text and two more.
package func quoteJSON(
  _ text: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>
) -> Int {
  guard let start = text.baseAddress else {
    out[0] = UInt8(ascii: "\"")
    out[1] = UInt8(ascii: "\"")
    return 2
  }
  return ck_json_quote(start, text.count, out)
}
