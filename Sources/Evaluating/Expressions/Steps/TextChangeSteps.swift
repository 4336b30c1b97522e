import Columns
import Kernels
import Plans

/// Lower or upper case: the whole block at once where all is ASCII.
final class CaseMappingStep: TextFunctionStep {
  private let toUpper: Bool
  private let folded = GrowingMemory()

  init(_ argument: Int, toUpper: Bool) {
    self.toUpper = toUpper
    super.init(argument, .string)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    folded.removeAll()
    let out = folded.extend(by: texts.byteCount).assumingMemoryBound(to: UInt8.self)
    let start = texts.bytes + texts.start
    if !foldCase(start, count: texts.byteCount, toUpper: toUpper, into: out) {
      return Vector(
        count: texts.count, type: .string,
        storage: .text(offsets: texts.offsets, bytes: UnsafePointer(out - texts.start)),
        validity: texts.validity)
    }
    let rows = texts.rows
    let mapping = toUpper ? CaseMapping.upper : CaseMapping.lower
    memory.begin()
    for row in 0..<texts.count {
      let text = rows[row]
      guard let bytes = text.baseAddress, !isASCII(bytes, count: text.count) else {
        let place = Int(texts.offsets[row]) - texts.start
        memory.append(UnsafeBufferPointer(start: out + place, count: text.count))
        continue
      }
      // A scalar becomes three of its length at most; unused room is given back.
      let room = text.count * 3 + 4
      let written = mapping.map(text, into: memory.extend(by: room))
      memory.giveBack(room - written)
      memory.endRow()
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
  }
}

/// Without the white space at both ends.
final class TrimStep: TextFunctionStep {
  init(_ argument: Int) { super.init(argument, .string) }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let rows = texts.rows
    memory.begin()
    for row in 0..<texts.count { memory.append(trimmed(rows[row])) }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
  }
}

/// A text without the white space at its ends (Unicode's property White_Space).
func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var start = 0
  var end = text.count
  while start < end {
    let length = whiteSpaceLength(text, at: start, end: end)
    if length == 0 { break }
    start += length
  }
  while end > start {
    var last = end - 1
    while last > start && text[last] & 0xC0 == 0x80 { last -= 1 }
    if whiteSpaceLength(text, at: last, end: end) != end - last { break }
    end = last
  }
  return UnsafeBufferPointer(rebasing: text[start..<end])
}

/// The bytes of the white space that begins here; 0 for anything else.
private func whiteSpaceLength(_ text: UnsafeBufferPointer<UInt8>, at place: Int, end: Int) -> Int {
  let byte = text[place]
  if byte < 0x80 { return byte == 0x20 || byte >= 0x09 && byte <= 0x0D ? 1 : 0 }
  var length = 1
  while place + length < end && text[place + length] & 0xC0 == 0x80 { length += 1 }
  let scalars = String(
    decoding: UnsafeBufferPointer(rebasing: text[place..<place + length]), as: UTF8.self
  ).unicodeScalars
  return scalars.first?.properties.isWhitespace == true && scalars.count == 1 ? length : 0
}

/// The number of Unicode scalars.
final class LengthStep: TextFunctionStep {
  init(_ argument: Int) { super.init(argument, .int) }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    let out = frame.output(Int64.self)
    texts.rows.lengths(count: texts.count, into: out)
    return Vector(
      count: texts.count, type: .int, storage: .int64(out), validity: texts.validity,
      range: 0...Int64(UInt32.max))
  }
}

/// With all occurrences of a constant replaced.
final class ReplaceStep: TextFunctionStep {
  private let needle: [UInt8]
  private let replacement: [UInt8]
  private var places = NeedlePlaces()

  init(
    _ argument: Int, _ needle: String, with replacement: String, _ expression: ScalarExpression
  ) {
    self.needle = Array(needle.utf8)
    self.replacement = Array(replacement.utf8)
    super.init(argument, .string, expression: expression)
  }

  override func apply(_ texts: PlainTexts, _ frame: Frame) -> Vector {
    // An empty needle occurs nowhere.
    let areFew =
      needle.isEmpty
      || places.find(needle, base: texts.bytes, offsets: texts.offsets, rows: texts.count)
    if needle.isEmpty || areFew && places.count == 0 {
      return Vector(
        count: texts.count, type: .string,
        storage: .text(offsets: texts.offsets, bytes: texts.bytes), validity: texts.validity)
    }
    memory.begin()
    if !areFew
      || !memory.addReplacing(places, of: needle.count, in: texts, with: replacement)
    {
      replaceRowByRow(texts)
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity,
      faults: memory.faults(frame, of: self, texts.validity))
  }

  private func replaceRowByRow(_ texts: PlainTexts) {
    let rows = texts.rows
    needle.withUnsafeBufferPointer { needle in
      replacement.withUnsafeBufferPointer { replacement in
        for row in 0..<texts.count {
          memory.addReplacing(needle, in: rows[row], with: replacement)
          memory.endMadeRow()
        }
      }
    }
  }
}

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
      memory.addRows(texts.count, mostBytes: 4 * Int(length)) { offsets, bytes in
        writeShort(rows, texts.count, offsets, bytes)
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
  /// Texts that end among the first sixteen scalars: those bytes are looked at and moved in one piece.
  ///
  /// Returns where the last text ends.
  private func writeShort(
    _ rows: TextRows, _ count: Int, _ offsets: UnsafeMutablePointer<UInt32>,
    _ bytes: UnsafeMutableRawPointer
  ) -> Int {
    let (skipped, length) = (Int(start - 1), Int(length))
    let reach = skipped &+ length
    var end = 0
    for row in 0..<count {
      let text = UnsafeRawPointer(rows.base + Int(rows.starts[row]))
      let size = Int(rows.ends[row] &- rows.starts[row])
      let seen = min(size, reach)
      let low = text.loadUnaligned(as: UInt64.self) & firstBytes(seen)
      let high = text.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & firstBytes(seen &- 8)
      if (low | high) & 0x8080_8080_8080_8080 == 0 {
        let from = min(skipped, size)
        (bytes + end).storeBytes(
          of: text.loadUnaligned(fromByteOffset: from, as: SIMD16<UInt8>.self),
          as: SIMD16<UInt8>.self)
        end &+= min(length, size &- from)
      } else {
        let part = UnsafeRawBufferPointer(
          substring(rows[row], start: start, length: self.length))
        if let start = part.baseAddress {
          (bytes + end).copyMemory(from: start, byteCount: part.count)
        }
        end &+= part.count
      }
      offsets[row] = UInt32(truncatingIfNeeded: end)
    }
    return end
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
  var scalars = 0
  for byte in text where byte & 0xC0 != 0x80 { scalars += 1 }
  let first = start == 0 ? 0 : Int64(scalars) &+ start
  let (last, overflow) = first.addingReportingOverflow(length)
  let low = Int(min(max(first, 0), Int64(scalars)))
  let high =
    overflow || length == Int64.max
    ? scalars : Int(min(max(last, Int64(low)), Int64(scalars)))
  let from = byteOffset(text, ofScalar: low, from: 0)
  return UnsafeBufferPointer(
    rebasing: text[from..<byteOffset(text, ofScalar: high - low, from: from)])
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

extension TextMemory {
  /// Adds a text with all occurrences of a needle replaced; an empty needle occurs nowhere.
  func addReplacing(
    _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>,
    with replacement: UnsafeBufferPointer<UInt8>
  ) {
    var done = 0
    while !isTooLong, let place = occurrence(of: needle, in: text, from: done) {
      add(UnsafeBufferPointer(rebasing: text[done..<place]))
      add(replacement)
      done = place + needle.count
    }
    add(UnsafeBufferPointer(rebasing: text[done...]))
  }
}
