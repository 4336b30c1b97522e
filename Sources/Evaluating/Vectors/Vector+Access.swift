import Columns
import Kernels

// Generic access for operators that do not care how a vector is stored. All `into` memory has room
// for `count` elements, and bits for whole words.
extension Vector {
  /// The number of words of the bits of the rows.
  var wordCount: Int { (count &+ 63) / 64 }

  /// Whether it is one null for all rows.
  var isNullConstant: Bool {
    if case .constant(.null) = storage { true } else { false }
  }

  /// The stored integers, not yet scaled; nil when it is stored otherwise.
  var storedIntegers: StoredIntegers? {
    switch storage {
    case .int8(let values): .int8(values)
    case .int16(let values): .int16(values)
    case .int32(let values): .int32(values)
    case .int64(let values): .int64(values)
    case .bits, .float64, .text, .codes8, .codes16, .constant: nil
    }
  }

  /// The values of an integer-stored or bool vector; 0 where a constant is null.
  func widenToInt64(into out: UnsafeMutablePointer<Int64>) {
    switch storage {
    case .int8, .int16, .int32, .int64:
      storedIntegers?.widen(scale: scale, count: count, into: out)
    case .bits(let bits): integers(ofBits: bits, count: count, into: out)
    case .constant(let value):
      out.update(repeating: value == .bool(true) ? 1 : value.integer ?? 0, count: count)
    case .float64, .text, .codes8, .codes16: preconditionFailure("no integers in \(type)")
    }
  }

  /// The values of a numeric, time, duration or bool vector as doubles; 0 where a constant is null.
  func asDoubles(into out: UnsafeMutablePointer<Double>) {
    switch storage {
    case .int8, .int16, .int32, .int64:
      storedIntegers?.doubles(scale: scale, count: count, into: out)
    case .float64(let values): out.update(from: values, count: count)
    case .bits(let bits): doubles(ofBits: bits, count: count, into: out)
    case .constant(.bool(let value)): out.update(repeating: value ? 1 : 0, count: count)
    case .constant(let value):
      out.update(repeating: value.number ?? value.integer.map(Double.init) ?? 0, count: count)
    case .text, .codes8, .codes16: preconditionFailure("no numbers in \(type)")
    }
  }

  /// A bool vector as bytes 0 and 1.
  func boolBytes(into out: UnsafeMutablePointer<UInt8>) {
    switch storage {
    case .bits(let bits): bytes(ofBits: bits, count: count, into: out)
    case .constant(let value): out.update(repeating: value == .bool(true) ? 1 : 0, count: count)
    default: preconditionFailure("no bools in \(type)")
    }
  }

  /// A bool vector as bits, spare bits of the last word 0.
  func boolBits(into out: UnsafeMutablePointer<UInt64>) {
    switch storage {
    case .bits(let bits): out.update(from: bits, count: wordCount)
    case .constant(let value):
      out.update(repeating: value == .bool(true) ? ~0 : 0, count: wordCount)
    default: preconditionFailure("no bools in \(type)")
    }
    clearSpareBits(out)
  }

  /// The validity as bits, spare bits of the last word 0.
  func validityBits(into out: UnsafeMutablePointer<UInt64>) {
    if isNullConstant {
      out.update(repeating: 0, count: wordCount)
    } else if let validity {
      out.update(from: validity, count: wordCount)
    } else {
      out.update(repeating: ~0, count: wordCount)
    }
    clearSpareBits(out)
  }

  /// Clears the bits of the last word that belong to no row.
  func clearSpareBits(_ bits: UnsafeMutablePointer<UInt64>) {
    if count & 63 != 0 { bits[wordCount &- 1] &= (1 &<< UInt64(count & 63)) &- 1 }
  }

  /// Whether a row is null.
  func isNull(at row: Int) -> Bool {
    if isNullConstant { return true }
    guard let validity else { return false }
    return validity[row >> 6] >> UInt64(row & 63) & 1 == 0
  }

  /// The value of a row, for single cells.
  func scalar(at row: Int) -> Scalar {
    if isNull(at: row) { return .null }
    switch storage {
    case .bits(let bits): return .bool(bits[row >> 6] >> UInt64(row & 63) & 1 != 0)
    case .int8(let values): return .make(Int64(values[row]) &* scale, of: type)
    case .int16(let values): return .make(Int64(values[row]) &* scale, of: type)
    case .int32(let values): return .make(Int64(values[row]) &* scale, of: type)
    case .int64(let values): return .make(values[row] &* scale, of: type)
    case .float64(let values): return .float(values[row])
    case .text(let offsets, let bytes):
      return .string(
        String(decoding: TextRows(base: bytes, offsets: offsets)[row], as: UTF8.self))
    case .codes8(let codes, let dictionary): return .string(dictionary.string(Int(codes[row])))
    case .codes16(let codes, let dictionary): return .string(dictionary.string(Int(codes[row])))
    case .constant(let value): return value
    }
  }
}
