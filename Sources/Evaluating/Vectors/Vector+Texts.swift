import Columns
import Kernels

extension Vector {
  /// Where the texts of a string vector are: row i is bytes starts[i] ..< ends[i] after `base`.
  ///
  /// `starts` and `ends` are memory for `count` numbers that the vector may fill and give back, or
  /// it gives its own offsets. A constant gives `constant`, which must hold its bytes (see
  /// `constantText`). Under nulls the range is some valid one. Valid while the vector is.
  func textRows(
    starts: UnsafeMutablePointer<UInt32>, ends: UnsafeMutablePointer<UInt32>,
    constant: ConstantText? = nil
  ) -> TextRows {
    switch storage {
    case .text(let offsets, let bytes): return TextRows(base: bytes, offsets: offsets)
    case .codes8(let codes, let dictionary):
      return dictionary.textRows(codes, count, starts, ends)
    case .codes16(let codes, let dictionary):
      return dictionary.textRows(codes, count, starts, ends)
    case .constant:
      guard let constant else { preconditionFailure("no memory for the text of a constant") }
      starts.update(repeating: 0, count: count)
      ends.update(repeating: UInt32(truncatingIfNeeded: constant.count), count: count)
      return TextRows(base: constant.base, starts: starts, ends: ends)
    case .bits, .int8, .int16, .int32, .int64, .float64:
      preconditionFailure("no texts in \(type)")
    }
  }

  /// The bytes of a string constant (none for null), or nil when it is no constant.
  var constantText: ConstantText? {
    guard case .constant(let value) = storage else { return nil }
    if case .string(let text) = value { return ConstantText(text) }
    return ConstantText("")
  }
}

extension TextDictionary {
  /// The places of the texts of codes; a code that the dictionary lacks (under a null) is "".
  @inline(__always)
  fileprivate func textRows<Code: FixedWidthInteger>(
    _ codes: UnsafePointer<Code>, _ count: Int, _ starts: UnsafeMutablePointer<UInt32>,
    _ ends: UnsafeMutablePointer<UInt32>
  ) -> TextRows {
    let offsets = texts.offsets.pointer
    let limit = self.count
    for row in 0..<count {
      let code = Int(truncatingIfNeeded: codes[row])
      let isKnown = code < limit
      starts[row] = offsets[isKnown ? code : 0]
      ends[row] = offsets[isKnown ? code &+ 1 : 0]
    }
    return TextRows(base: texts.bytes.pointer, starts: starts, ends: ends)
  }
}

/// The bytes of one text at an address that stays, with 64 readable bytes before and behind.
final class ConstantText {
  private let buffer: UnsafeMutablePointer<UInt8>
  let base: UnsafePointer<UInt8>
  let count: Int

  init(_ text: String) {
    let bytes = Array(text.utf8)
    count = bytes.count
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 128)
    buffer.initialize(repeating: 0, count: bytes.count + 128)
    for (place, byte) in bytes.enumerated() { buffer[64 + place] = byte }
    base = UnsafePointer(buffer + 64)
    self.buffer = buffer
  }

  deinit { buffer.deallocate() }
}
