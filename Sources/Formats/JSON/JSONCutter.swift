import CKernels

/// The text of a JSON document with the records parted by `JSONCutter.separator`, and spaces for all
/// that is around them: an array of objects, a response, pages of them, values one after the other.
///
/// Each byte keeps its place. Some 1 ns a byte.
package final class JSONCutter: ByteStream {
  /// U+001E, which is no JSON, so that line breaks may stand inside objects.
  package static let separator: UInt8 = 0x1E
  /// The most keys of a path, and the most bytes of one.
  package static let longestPath = Int(DECOY_CUT_PATH)
  package static let longestKey = Int(DECOY_CUT_KEY) - 1

  private let source: any ByteStream
  private let cutter: UnsafeMutablePointer<decoy_json_cutter>
  private var isAtEnd = false

  /// Takes the text, and the keys that lead to its records; arrays on the way are gone into.
  package init(_ source: any ByteStream, path: [String]) {
    self.source = source
    cutter = .allocate(capacity: 1)
    cutter.initialize(to: decoy_json_cutter())
    precondition(path.count <= JSONCutter.longestPath, "too many keys")
    withUnsafeMutableBytes(of: &cutter.pointee.path) { bytes in
      for (index, key) in path.enumerated() {
        let place = index * Int(DECOY_CUT_KEY)
        for (offset, byte) in key.utf8.prefix(JSONCutter.longestKey).enumerated() {
          bytes[place + offset] = byte
        }
      }
    }
    cutter.pointee.path_length = UInt32(path.count)
    decoy_cut_begin(cutter)
  }

  deinit { cutter.deallocate() }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadFailure) -> Int {
    let count = try source.read(into: buffer)
    if count == 0, !isAtEnd {
      isAtEnd = true
      decoy_cut_end(cutter)
    }
    if cutter.pointee.offset == 0, buffer.prefix(count).starts(with: [0xEF, 0xBB, 0xBF]) {
      buffer.copyBytes(from: [0x20, 0x20, 0x20])
    }
    if let base = buffer.baseAddress {
      decoy_cut(cutter, base.assumingMemoryBound(to: UInt8.self), count)
    }
    return count
  }

  package func rewind() -> Bool {
    decoy_cut_begin(cutter)
    isAtEnd = false
    return source.rewind()
  }

  package var warning: String? { source.warning }

  /// The records so far, and the values at the top that they stood in.
  package var counts: (records: Int, values: Int) {
    (cutter.pointee.records, cutter.pointee.values)
  }

  /// What is wrong around the records: offsets in the text.
  package var faults: [(place: Int, reason: String)] {
    withUnsafeBytes(of: &cutter.pointee.faults) { bytes in
      bytes.bindMemory(to: decoy_cut_fault.self).prefix(cutter.pointee.fault_count).map {
        ($0.place, words($0.reason))
      }
    }
  }
}

private func words(_ reason: decoy_cut_reason) -> String {
  switch reason {
  case DECOY_CUT_NO_COMMA: "a comma is missing between values"
  case DECOY_CUT_NO_COLON: "a colon or a value is missing"
  case DECOY_CUT_NO_KEY: "a key in quotes is missing"
  case DECOY_CUT_EXTRA_COMMA: "a comma without a value"
  case DECOY_CUT_WRONG_CLOSE: "a closing bracket that nothing opened"
  case DECOY_CUT_TOO_DEEP: "arrays nested too deep around the objects"
  default: "the text ends before its brackets are closed"
  }
}
