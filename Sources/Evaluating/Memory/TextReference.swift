import Columns
import Glibc

/// UTF-8 bytes that live in a column, a dictionary or an arena, which the holder keeps alive.
///
/// At least seven bytes behind them are readable.
struct TextReference: BitwiseCopyable, @unchecked Sendable {
  // @unchecked: the bytes are never written after the reference is made.
  let bytes: UnsafePointer<UInt8>
  let count: Int

  /// The empty text.
  static let empty = TextReference(bytes: emptyBytes, count: 0)

  private nonisolated(unsafe) static let emptyBytes: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
    byte.initialize(repeating: 0, count: 64)
    return UnsafePointer(byte)
  }()

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }
  var string: String { String(decoding: buffer, as: UTF8.self) }
}

extension TextReference {
  /// The text of a row.
  init(_ texts: TextSlice, at row: Int) {
    let start = Int(texts.offsets.pointer[row])
    let end = Int(texts.offsets.pointer[row + 1])
    self.init(bytes: UnsafePointer(texts.bytes.pointer + start), count: end - start)
  }
}

extension TextReference {
  /// Whether the bytes are the same.
  @inline(__always) func equals(_ other: TextReference) -> Bool {
    if count != other.count { return false }
    if count < 8 { return shortWord == other.shortWord }
    if count <= 16 {
      let differences = (word(at: 0) ^ other.word(at: 0))
      return differences | (word(at: count &- 8) ^ other.word(at: count &- 8)) == 0
    }
    if count > 64 { return memcmp(bytes, other.bytes, count) == 0 }
    // The last word may overlap the one before.
    var place = 0
    while place < count &- 8 {
      if word(at: place) != other.word(at: place) { return false }
      place &+= 8
    }
    return word(at: count &- 8) == other.word(at: count &- 8)
  }

  /// Below 0, 0 or above 0 as the bytes sort before, equal or after the other's.
  func compare(_ other: TextReference) -> Int {
    let (own, others) = (prefixWord, other.prefixWord)
    if own != others { return own < others ? -1 : 1 }
    let order = Int(memcmp(bytes, other.bytes, min(count, other.count)))
    return order != 0 ? order : count - other.count
  }

  /// 64 well-mixed bits of the bytes; the same in every run.
  @inline(__always) var hash: UInt64 { hash(outline) }

  /// As `hash`, where the outline is known.
  @inline(__always) func hash(_ outline: TextOutline) -> UInt64 {
    if count <= TextOutline.length { return outline.hash }
    var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var place = 0
    while place &+ 16 < count {
      state = mix(word(at: place) ^ state, word(at: place &+ 8))
      place &+= 16
    }
    // The last sixteen bytes.
    state = mix(word(at: count &- 16) ^ state, word(at: count &- 8))
    return state ^ state &>> 32
  }

  /// What tells most texts from each other without a look at all bytes.
  @inline(__always) var outline: TextOutline {
    if count >= 8 {
      return TextOutline(head: word(at: 0), tail: word(at: count &- 8), count: count)
    }
    return TextOutline(head: shortWord, tail: shortWord, count: count)
  }

  /// The first eight bytes as a number that sorts as they do; missing ones are 0.
  @inline(__always) var prefixWord: UInt64 {
    UInt64(bigEndian: count < 8 ? shortWord : word(at: 0))
  }

  /// Seven bytes from a place in the text on, and how many there are, 8 for more: numbers that sort as
  /// what is left of texts does, as far as they tell.
  @inline(__always) func sortWord(at place: Int) -> UInt64 {
    let rest = TextReference(bytes: bytes + place, count: count &- place)
    return rest.prefixWord & ~0xFF | UInt64(truncatingIfNeeded: min(rest.count, 8))
  }

  @inline(__always) private func word(at place: Int) -> UInt64 {
    UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }

  /// The bytes of a text of at most seven, in the order of memory; missing ones are 0.
  ///
  /// What is behind them is read, too, as may be behind every text.
  @inline(__always) private var shortWord: UInt64 {
    word(at: 0) & (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1)
  }
}

/// The two halves of a 128-bit product, folded: each bit in moves about half of those out.
@inline(__always) func mix(_ word: UInt64) -> UInt64 {
  let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
  return product.high ^ product.low
}

/// As `mix`, of two words.
@inline(__always) func mix(_ word: UInt64, _ other: UInt64) -> UInt64 {
  let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(
    by: other ^ 0xA076_1D64_78BD_642F)
  return product.high ^ product.low
}
