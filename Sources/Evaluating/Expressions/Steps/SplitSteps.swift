import Columns
import Glibc
import Kernels
import Plans

/// The parts of a text between constant separators: all as a JSON array, or one of them.
final class SplitStep: TextFunctionStep {
  private let separator: [UInt8]
  /// From 1, from the end when negative; nil for all parts.
  private let part: Int64?

  init(_ argument: Int, _ separator: String, part: Int64?, _ expression: ScalarExpression) {
    self.separator = Array(separator.utf8)
    self.part = part
    super.init(argument, .string, expression: expression)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let rows = texts.rows
    let found = frame.bits()
    found.update(repeating: 0, count: (texts.count + 63) / 64)
    memory.begin()
    if let part, part > 0, separator.count == 1, texts.byteCount <= TextLimits.text {
      addParts(Int(clamping: part), of: texts, found)
      let validity = frame.restrict(texts.validity, to: found)
      return Vector(
        count: texts.count, type: .string, storage: memory.storage, validity: validity)
    }
    if part == nil, separator.count == 1, 6 * texts.byteCount <= TextLimits.text {
      let room = 6 * texts.byteCount + 4 * texts.count + 8
      memory.addRows(texts.count, room: room) { ends, bytes in
        rows.splitJSON(
          by: separator[0], count: texts.count, into: bytes.assumingMemoryBound(to: UInt8.self),
          ends: ends)
      }
      return Vector(
        count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
    }
    separator.withUnsafeBufferPointer { separator in
      for row in 0..<texts.count {
        let isThere = memory.addSplit(rows[row], separator, part: part)
        memory.endMadeRow()
        found[row >> 6] |= (isThere ? 1 : 0) << UInt64(row & 63)
      }
    }
    let validity = frame.restrict(texts.validity, to: found)
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: validity,
      faults: memory.faults(frame, of: self, validity))
  }

  /// Adds a part from the front of each text, where the separator is a byte, and sets the bits of the
  /// rows that have it.
  private func addParts(_ part: Int, of texts: PlainTexts, _ found: UnsafeMutablePointer<UInt64>) {
    let rows = texts.rows
    let separator = separator[0]
    memory.addRows(texts.count, room: texts.byteCount) { ends, bytes in
      var size = 0
      for row in 0..<texts.count {
        let end = Int(rows.ends[row])
        var start = Int(rows.starts[row])
        var stop = place(of: separator, in: rows.base, from: start, to: end)
        var left = part &- 1
        while left > 0 && stop < end {
          start = stop &+ 1
          stop = place(of: separator, in: rows.base, from: start, to: end)
          left &-= 1
        }
        let count = left == 0 ? stop &- start : 0
        found[row &>> 6] |= (left == 0 ? 1 : 0) &<< UInt64(truncatingIfNeeded: row & 63)
        copyText(TextReference(bytes: rows.base + start, count: count), to: bytes + size)
        size &+= count
        ends[row] = UInt32(truncatingIfNeeded: size)
      }
      return size
    }
  }
}

/// The first place of a byte from one place to another, or the latter; seven bytes more are readable.
@inline(__always) func place(
  of byte: UInt8, in bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
) -> Int {
  let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
  var place = start
  while place < end {
    let word = UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self).littleEndian ^ pattern
    // The lowest bit that is set is that of the first byte that is 0.
    let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    if zeros != 0 { return min(end, place &+ zeros.trailingZeroBitCount / 8) }
    place &+= 8
  }
  return end
}

extension TextMemory {
  /// Adds a part of a text, or all of them as a JSON array; false where there is no such part.
  func addSplit(
    _ text: UnsafeBufferPointer<UInt8>, _ separator: UnsafeBufferPointer<UInt8>, part: Int64?
  ) -> Bool {
    if let part {
      guard let range = rangeOfPart(part, text, separator) else { return false }
      add(UnsafeBufferPointer(rebasing: text[range]))
      return true
    }
    var start = 0
    addByte(UInt8(ascii: "["))
    while !isTooLong {
      let end = occurrence(of: separator, in: text, from: start)
      if start > 0 { addByte(UInt8(ascii: ",")) }
      addQuoted(UnsafeBufferPointer(rebasing: text[start..<(end ?? text.count)]))
      guard let end else { break }
      start = end + separator.count
    }
    addByte(UInt8(ascii: "]"))
    return true
  }

  private func addByte(_ byte: UInt8) { extend(by: 1).pointee = byte }

  /// Adds a text as a JSON string.
  private func addQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    let room = text.count * 6 + 2
    giveBack(room - quoteJSON(text, into: extend(by: room)))
  }
}

/// Where the n-th part is, from 1, from the end when negative; nil when there are fewer.
private func rangeOfPart(
  _ part: Int64, _ text: UnsafeBufferPointer<UInt8>, _ separator: UnsafeBufferPointer<UInt8>
) -> Range<Int>? {
  var wanted = part
  if part < 0 {
    var count: Int64 = 1
    var start = 0
    while let end = occurrence(of: separator, in: text, from: start) {
      count += 1
      start = end + separator.count
    }
    wanted = count + part + 1
  }
  if wanted < 1 { return nil }
  var start = 0
  while wanted > 1 {
    guard let end = occurrence(of: separator, in: text, from: start) else { return nil }
    start = end + separator.count
    wanted -= 1
  }
  return start..<(occurrence(of: separator, in: text, from: start) ?? text.count)
}

/// The first place of a text in another from a place on; an empty one occurs nowhere.
func occurrence(
  of needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
) -> Int? {
  guard let base = text.baseAddress, let wanted = needle.baseAddress, !needle.isEmpty else {
    return nil
  }
  var place = start
  while place + needle.count <= text.count {
    let left = text.count - needle.count - place + 1
    guard let found = memchr(base + place, Int32(needle[0]), left) else { return nil }
    place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    if memcmp(base + place, wanted, needle.count) == 0 { return place }
    place += 1
  }
  return nil
}
