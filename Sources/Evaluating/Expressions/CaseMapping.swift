/// The lower or upper case of Unicode scalars, from tables for the scripts that have cases.
final class CaseMapping: Sendable {
  static let lower = CaseMapping { $0.properties.lowercaseMapping }
  static let upper = CaseMapping { $0.properties.uppercaseMapping }

  /// Below this every scalar is in the table: all alphabets with cases but for rare ones.
  private static let limit: UInt32 = 0x3000

  /// The scalar that a scalar becomes; 0 where it becomes several.
  private let single: [UInt32]
  private let mapping: @Sendable (Unicode.Scalar) -> String

  private init(_ mapping: @escaping @Sendable (Unicode.Scalar) -> String) {
    self.mapping = mapping
    single = (0..<Self.limit).map { value in
      guard let scalar = Unicode.Scalar(value) else { return value }
      let mapped = mapping(scalar).unicodeScalars
      return mapped.count == 1 ? mapped.first?.value ?? 0 : 0
    }
  }

  /// Whether scalars that the table lacks are without case: CJK, Hangul, private use, emoji.
  private static func isCaseless(_ value: UInt32) -> Bool {
    value < 0xA640 || value >= 0xAC00 && value < 0xFB00 || value >= 0x1F000
  }

  /// Writes the mapped text of a row to memory for three times its bytes, and gives the length.
  func map(
    _ text: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var written = 0
    var place = 0
    single.withUnsafeBufferPointer { single in
      while place < text.count {
        let (value, length) = decode(text, at: place)
        if value < Self.limit, single[Int(value)] != 0 || value == 0 {
          written += encode(single[Int(value)], into: out + written)
        } else if value >= Self.limit && Self.isCaseless(value) {
          for index in 0..<length { out[written + index] = text[place + index] }
          written += length
        } else if let scalar = Unicode.Scalar(value) {
          for byte in mapping(scalar).utf8 {
            out[written] = byte
            written += 1
          }
        }
        place += length
      }
    }
    return written
  }

  /// Maps what is not ASCII where it stands; false, some of it mapped, where a scalar needs other room.
  func mapInPlace(_ bytes: UnsafeMutablePointer<UInt8>, count: Int) -> Bool {
    let text = UnsafeBufferPointer(start: bytes, count: count)
    return single.withUnsafeBufferPointer { single in
      var place = nextWide(text, from: 0)
      while place < count {
        let (value, length) = decode(text, at: place)
        if value < Self.limit {
          let mapped = single[Int(value)]
          guard encodedLength(mapped) == length else { return false }
          _ = encode(mapped, into: bytes + place)
        } else if !Self.isCaseless(value) {
          return false
        }
        place = nextWide(text, from: place &+ length)
      }
      return true
    }
  }
}

/// The next byte of a scalar that is not ASCII; the count where there is none.
@inline(__always)
private func nextWide(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  let bytes = UnsafeRawBufferPointer(text)
  var place = start
  while place &+ 8 <= text.count {
    let marks =
      bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
      & 0x8080_8080_8080_8080
    if marks != 0 { return place &+ marks.trailingZeroBitCount / 8 }
    place &+= 8
  }
  while place < text.count, text[place] < 0x80 { place &+= 1 }
  return place
}

/// The bytes of a scalar below U+10000; 1 for 0, which also stands for several scalars.
@inline(__always)
private func encodedLength(_ value: UInt32) -> Int {
  value < 0x80 ? 1 : value < 0x800 ? 2 : 3
}

/// The scalar at a place of valid UTF-8, and its bytes; of anything else some scalar of one byte.
@inline(__always)
private func decode(
  _ text: UnsafeBufferPointer<UInt8>, at place: Int
) -> (value: UInt32, length: Int) {
  let lead = UInt32(text[place])
  if lead < 0x80 { return (lead, 1) }
  func part(_ index: Int) -> UInt32 { UInt32(text[place + index] & 0x3F) }
  let rest = text.count - place
  if lead < 0xE0 && rest >= 2 { return ((lead & 0x1F) << 6 | part(1), 2) }
  if lead < 0xF0 && rest >= 3 { return ((lead & 0x0F) << 12 | part(1) << 6 | part(2), 3) }
  if rest >= 4 {
    return ((lead & 0x07) << 18 | part(1) << 12 | part(2) << 6 | part(3), 4)
  }
  return (0xFFFD, 1)
}

/// Writes a scalar as UTF-8 and gives its bytes.
@inline(__always)
private func encode(_ value: UInt32, into out: UnsafeMutablePointer<UInt8>) -> Int {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift & 0x3F | 0x80) }
  if value < 0x80 {
    out[0] = UInt8(truncatingIfNeeded: value)
    return 1
  }
  if value < 0x800 {
    out[0] = UInt8(truncatingIfNeeded: value >> 6 | 0xC0)
    out[1] = tail(0)
    return 2
  }
  out[0] = UInt8(truncatingIfNeeded: value >> 12 | 0xE0)
  out[1] = tail(6)
  out[2] = tail(0)
  return 3
}
