import Columns
import Kernels
import Plans

/// Lower or upper case: the whole block at once but for rows where a scalar becomes longer or shorter.
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
    let mapping = toUpper ? CaseMapping.upper : CaseMapping.lower
    let isWide = foldCase(start, count: texts.byteCount, toUpper: toUpper, into: out)
    let stop = isWide ? mapping.mapInPlace(out, count: texts.byteCount) : texts.byteCount
    if stop < texts.byteCount { return mapByRows(texts, folded: out, mapping, stop: stop) }
    return Vector(
      count: texts.count, type: .string,
      storage: .text(offsets: texts.offsets, bytes: UnsafePointer(out - texts.start)),
      validity: texts.validity)
  }

  /// The rows of a block of which some have other lengths afterwards; `stop` is the place of the first scalar
  /// that makes one so.
  private func mapByRows(
    _ texts: PlainTexts, folded out: UnsafeMutablePointer<UInt8>, _ mapping: CaseMapping, stop: Int
  ) -> Vector {
    let (rows, count) = (texts.rows, texts.byteCount)
    var stop = stop
    memory.begin()
    for row in 0..<texts.count {
      let text = rows[row]
      let first = Int(texts.offsets[row]) - texts.start
      if first + text.count <= stop {
        memory.append(UnsafeBufferPointer(start: out + first, count: text.count))
        continue
      }
      // A scalar becomes three of its length at most; unused room is given back.
      let room = text.count * 3 + 4
      let written = mapping.map(text, folded: out + first, into: memory.extend(by: room))
      memory.giveBack(room - written)
      memory.endRow()
      stop = mapping.mapInPlace(out, from: first + text.count, count: count)
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
    if !(0..<texts.count).contains(where: { isTrimmed(rows[$0]) }) {
      return Vector(
        count: texts.count, type: .string,
        storage: .text(offsets: texts.offsets, bytes: texts.bytes), validity: texts.validity)
    }
    memory.begin()
    for row in 0..<texts.count {
      memory.addPadded(trimmed(rows[row]))
      memory.endRow()
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
  }

  @inline(__always)
  private func isTrimmed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.isEmpty { return false }
    if isVisible(text[0]) && isVisible(text[text.count &- 1]) { return false }
    return trimmed(text).count < text.count
  }
}

/// Whether a byte is a visible character of ASCII.
@inline(__always)
private func isVisible(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E }

/// A text without the white space at its ends (Unicode's property White_Space).
func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  if !text.isEmpty && isVisible(text[0]) && isVisible(text[text.count &- 1]) { return text }
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
  // All white space has few first bytes: U+0085 and U+00A0, U+1680, U+2000 to U+205F, U+3000.
  if byte != 0xC2 && (byte < 0xE1 || byte > 0xE3) { return 0 }
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
    if needle.count == 1, let made = replaceByte(texts) { return made }
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

  /// nil where a text might become too long.
  private func replaceByte(_ texts: PlainTexts) -> Vector? {
    let count = texts.rows.occurrences(of: needle[0], count: texts.count)
    let room = texts.byteCount + count * replacement.count + 64
    if room > TextLimits.text { return nil }
    memory.begin()
    memory.addRows(texts.count, room: room) { ends, bytes in
      texts.rows.replace(
        needle[0], with: replacement, count: texts.count,
        into: bytes.assumingMemoryBound(to: UInt8.self), ends: ends)
    }
    return Vector(
      count: texts.count, type: .string, storage: memory.storage, validity: texts.validity)
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
