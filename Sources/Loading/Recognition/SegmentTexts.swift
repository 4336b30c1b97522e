import Columns

extension Segment {
  /// The bytes of a row of a text segment, valid while the segment is; nil under a null.
  func utf8(at row: Int) -> UnsafeBufferPointer<UInt8>? {
    if isNull(at: row) { return nil }
    return switch values {
    case .text(let texts): texts.utf8(at: row)
    case .codes8(let codes, let dictionary): dictionary.texts.utf8(at: Int(codes.pointer[row]))
    case .codes16(let codes, let dictionary): dictionary.texts.utf8(at: Int(codes.pointer[row]))
    default: nil
    }
  }
}
