import Columns
import Kernels

/// A part of a text, by scalars.
final class SubstringStep: TextFunctionStep {
  private let start: Int64
  private let length: Int64

  init(_ argument: Int, start: Int64, length: Int64) {
    self.start = start
    self.length = length
    super.init(argument, .string)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let rows = texts.rows
    memory.begin()
    if start > 0, length > 0, start <= 16, length <= 16 - (start - 1) {
      // Looking at all bytes of long texts would take longer than it spares.
      let isASCII =
        texts.byteCount <= 32 * texts.count
        && isASCII(texts.bytes + texts.start, count: texts.byteCount)
      memory.addRows(texts.count, room: texts.count * 4 * Int(length)) { offsets, bytes in
        isASCII
          ? writeBytes(rows, texts.count, offsets, bytes)
          : writeShort(rows, texts.count, offsets, bytes)
      }
    } else if start < 0, start >= -16, length > 0 {
      memory.addRows(texts.count, room: texts.count * 64) { offsets, bytes in
        writeEnds(rows, texts.count, offsets, bytes)
      }
    } else {
      for row in 0..<texts.count {
        memory.addPadded(substring(rows[row], start: start, length: length))
        memory.endRow()
      }
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
  }
}

extension SubstringStep {
  /// As `writeShort`, of texts whose scalars are bytes.
  private func writeBytes(
    _ rows: TextRows, _ count: Int, _ offsets: UnsafeMutablePointer<UInt32>,
    _ bytes: UnsafeMutableRawPointer
  ) -> Int {
    let (skipped, length) = (UInt32(start - 1), UInt32(length))
    var end: UInt32 = 0
    for row in 0..<count {
      let start = rows.starts[row]
      let size = rows.ends[row] &- start
      let from = min(skipped, size)
      let text = UnsafeRawPointer(rows.base + Int(start &+ from))
      (bytes + Int(end)).storeBytes(
        of: text.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
      end &+= min(length, size &- from)
      offsets[row] = end
    }
    return Int(end)
  }

  /// Texts that end among the first sixteen scalars: those bytes are looked at and moved in one piece.
  ///
  /// Returns where the last text ends.
  private func writeShort(
    _ rows: TextRows, _ count: Int, _ offsets: UnsafeMutablePointer<UInt32>,
    _ bytes: UnsafeMutableRawPointer
  ) -> Int {
    let (skipped, length) = (Int(start - 1), Int(length))
    var end = 0
    for row in 0..<count {
      end &+= writeShort(rows, row, skipped, length, to: bytes + end)
      offsets[row] = UInt32(truncatingIfNeeded: end)
    }
    return end
  }

  /// Writes the part of one text; gives its bytes.
  @inline(__always) private func writeShort(
    _ rows: TextRows, _ row: Int, _ skipped: Int, _ length: Int,
    to bytes: UnsafeMutableRawPointer
  ) -> Int {
    let text = UnsafeRawPointer(rows.base + Int(rows.starts[row]))
    let size = Int(rows.ends[row] &- rows.starts[row])
    let seen = min(size, skipped &+ length)
    let low = text.loadUnaligned(as: UInt64.self) & firstBytes(seen)
    let high = text.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & firstBytes(seen &- 8)
    if (low | high) & 0x8080_8080_8080_8080 != 0 { return writeWhole(rows[row], to: bytes) }
    let from = min(skipped, size)
    bytes.storeBytes(
      of: text.loadUnaligned(fromByteOffset: from, as: SIMD16<UInt8>.self),
      as: SIMD16<UInt8>.self)
    return min(length, size &- from)
  }

  /// Texts that begin among the last sixteen scalars, where those are bytes of ASCII in one piece.
  private func writeEnds(
    _ rows: TextRows, _ count: Int, _ offsets: UnsafeMutablePointer<UInt32>,
    _ bytes: UnsafeMutableRawPointer
  ) -> Int {
    let back = Int(-start)
    let length = Int(min(length, Int64(back)))
    var end = 0
    for row in 0..<count {
      let size = Int(rows.ends[row] &- rows.starts[row])
      let text = UnsafeRawPointer(rows.base + (Int(rows.ends[row]) &- back))
      if size >= back, areASCII(text, back) {
        (bytes + end).storeBytes(
          of: text.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        end &+= length
      } else if size > 0 {
        end &+= writeWhole(rows[row], to: bytes + end)
      }
      offsets[row] = UInt32(truncatingIfNeeded: end)
    }
    return end
  }

  /// Writes the part of a text of any scalars; gives its bytes.
  private func writeWhole(_ text: UnsafeBufferPointer<UInt8>, to bytes: UnsafeMutableRawPointer)
    -> Int
  {
    let part = UnsafeRawBufferPointer(substring(text, start: start, length: length))
    if let start = part.baseAddress { bytes.copyMemory(from: start, byteCount: part.count) }
    return part.count
  }

  /// Whether the first bytes, of sixteen that are readable, are ASCII.
  @inline(__always) private func areASCII(_ text: UnsafeRawPointer, _ count: Int) -> Bool {
    let low = text.loadUnaligned(as: UInt64.self) & firstBytes(count)
    let high = text.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & firstBytes(count &- 8)
    return (low | high) & 0x8080_8080_8080_8080 == 0
  }

  /// A mask of the first bytes of a word: none for 0 and below, all from 8 on.
  @inline(__always) private func firstBytes(_ count: Int) -> UInt64 {
    let bits = UInt64(truncatingIfNeeded: max(0, min(count, 8))) &* 8
    // Two shifts, for one by 64 would do nothing.
    return ~((~0 &<< (bits &>> 1)) &<< (bits &- bits &>> 1))
  }
}

/// `length` scalars from `start` (1 is the first, -1 the last, 0 counts as 1), cut to the text.
///
/// Int64.max is to the end.
func substring(
  _ text: UnsafeBufferPointer<UInt8>, start: Int64, length: Int64
) -> UnsafeBufferPointer<UInt8> {
  if length <= 0 { return UnsafeBufferPointer(rebasing: text[0..<0]) }
  // A start that is counted from the front needs no look at the rest.
  if start > 0 {
    let from = byteOffset(text, ofScalar: Int(start - 1), from: 0)
    return UnsafeBufferPointer(
      rebasing: text[from..<byteOffset(text, ofScalar: Int(length), from: from)])
  }
  if start == 0 { return substring(text, start: 1, length: length) }
  // One that is counted from the end needs a look at so many scalars.
  var from = text.count
  var left = start
  while left < 0 && from > 0 {
    from -= 1
    while from > 0 && text[from] & 0xC0 == 0x80 { from -= 1 }
    left += 1
  }
  // What would be before the first scalar counts as part of the length.
  let wanted = length == Int64.max ? Int64.max : max(0, length + left)
  return UnsafeBufferPointer(
    rebasing: text[from..<byteOffset(text, ofScalar: Int(wanted), from: from)])
}

/// The place of the scalar that comes `count` scalars after the one at `start`.
private func byteOffset(
  _ text: UnsafeBufferPointer<UInt8>, ofScalar count: Int, from start: Int
) -> Int {
  // All ASCII: a scalar a byte.
  if count <= 32, count <= text.count - start {
    var bits: UInt8 = 0
    for place in start..<start + count { bits |= text[place] }
    if bits < 0x80 { return start + count }
  }
  var place = start
  var left = count
  while left > 0 && place < text.count {
    place += 1
    while place < text.count && text[place] & 0xC0 == 0x80 { place += 1 }
    left -= 1
  }
  return place
}
