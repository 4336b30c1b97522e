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

  /// Whether a scalar that the table lacks is without case: CJK, Hangul, private use, Arabic, the variation
  /// selectors of emoji, emoji.
  static func isCaseless(_ value: UInt32) -> Bool {
    switch value {
    case 0xA640..<0xA6A0, 0xA700..<0xA800, 0xAB30..<0xABC0, 0xFB00..<0xFB20, 0xFF00..<0xFF60,
      0x10000..<0x1F000:
      false
    // What stands for bytes that are no UTF-8.
    case 0xFFFD: false
    default: value >= limit
    }
  }

  /// Writes the mapped text of a row to memory for three times its bytes, and gives the length; `folded` has
  /// the ASCII of it mapped.
  func map(
    _ text: UnsafeBufferPointer<UInt8>, folded: UnsafePointer<UInt8>,
    into out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var written = 0
    var place = 0
    single.withUnsafeBufferPointer { single in
      while place < text.count {
        let wide = nextWide(text, from: place)
        (out + written).update(from: folded + place, count: wide - place)
        written += wide - place
        place = wide
        if place == text.count { break }
        let (value, length) = decode(text, at: place)
        if value < Self.limit, single[Int(value)] != 0 {
          written += encode(single[Int(value)], into: out + written)
        } else if Self.isCaseless(value) {
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

  /// Maps what is not ASCII where it stands, from a place up to the first scalar that needs other room; gives
  /// the place of that, or the count.
  func mapInPlace(
    _ bytes: UnsafeMutablePointer<UInt8>, from start: Int = 0, count: Int
  ) -> Int {
    let text = UnsafeBufferPointer(start: bytes, count: count)
    return single.withUnsafeBufferPointer { single in
      var place = nextWide(text, from: start)
      while place < count {
        let (value, length) = decode(text, at: place)
        if value < Self.limit {
          let mapped = single[Int(value)]
          guard encodedLength(mapped) == length else { return place }
          _ = encode(mapped, into: bytes + place)
        } else if !Self.isCaseless(value) {
          return place
        }
        place = nextWide(text, from: place &+ length)
      }
      return count
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
