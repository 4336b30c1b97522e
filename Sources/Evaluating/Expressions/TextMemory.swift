import Columns
import Kernels

/// How many bytes a text that an expression makes may have, and those of a block together, so that
/// a few nested calls cannot take all memory.
enum TextLimits {
  static let text = 16 << 20
  static let block = 1 << 30
}

/// Texts that a step makes, in Arrow's layout; reused from block to block.
final class TextMemory {
  private let offsets = GrowingMemory()
  private let bytes = GrowingMemory()
  private var second: TextMemory?
  /// Where the row at hand begins.
  private var rowStart = 0
  /// The rows of the block that were too long.
  private var tooLong: [Int] = []

  var byteCount: Int { bytes.byteCount }

  /// Begins the rows of a block.
  func begin() {
    rowStart = 0
    tooLong.removeAll(keepingCapacity: true)
    offsets.removeAll()
    bytes.removeAll()
    offsets.extend(by: 4).storeBytes(of: 0, as: UInt32.self)
  }

  /// Adds a row of these bytes.
  func append(_ text: UnsafeBufferPointer<UInt8>) {
    add(text)
    endRow()
  }

  /// Adds rows; behind each at least 15 bytes are readable.
  func append(_ rows: TextRows, count: Int) {
    var total = 0
    for row in 0..<count { total &+= Int(rows.ends[row] &- rows.starts[row]) }
    addRows(count, room: total) { ends, bytes in
      var size = 0
      for row in 0..<count {
        let start = rows.starts[row]
        let length = Int(rows.ends[row] &- start)
        copyText(TextReference(bytes: rows.base + Int(start), count: length), to: bytes + size)
        size &+= length
        ends[row] = UInt32(truncatingIfNeeded: size)
      }
      return size
    }
  }

  /// Adds bytes to the row.
  func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress, !text.isEmpty else { return }
    bytes.extend(by: text.count).copyMemory(from: start, byteCount: text.count)
  }

  /// Adds the text of a row.
  @inline(__always) func add(_ rows: TextRows, _ row: Int) {
    let start = rows.starts[row]
    addPadded(
      UnsafeBufferPointer(
        start: rows.base + Int(start), count: Int(truncatingIfNeeded: rows.ends[row] &- start)))
  }

  /// Adds bytes with at least 15 readable ones behind them: a short text goes in one piece, for there
  /// is room behind those here, too.
  @inline(__always) func addPadded(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = UnsafeRawPointer(text.baseAddress) else { return }
    let place = bytes.extend(by: text.count)
    if text.count <= 16 {
      place.storeBytes(of: start.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    } else {
      place.copyMemory(from: start, byteCount: text.count)
    }
  }

  /// Adds a text to the row.
  func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// Adds the digits of an integer to the row.
  func add(_ integer: Int64) {
    let room = integerTextCapacity
    let place = bytes.extend(by: room).assumingMemoryBound(to: UInt8.self)
    bytes.shrink(by: room - writeInteger(integer, to: place))
  }

  /// Adds the shortest digits of a float that read back, as Swift writes them.
  func add(_ float: Double) {
    // A sign of NaN says nothing.
    if !float.isFinite { return add(float.isNaN ? "nan" : "\(float)") }
    let place = bytes.extend(by: floatTextCapacity).assumingMemoryBound(to: UInt8.self)
    bytes.shrink(by: floatTextCapacity - writeFloat(float, to: place))
  }

  /// Ends the row.
  func endRow() {
    offsets.extend(by: 4).storeBytes(of: UInt32(truncatingIfNeeded: byteCount), as: UInt32.self)
  }

  /// Whether the row has become longer than a text that is made may be; it need not be added to.
  var isTooLong: Bool {
    byteCount &- rowStart > TextLimits.text || byteCount > TextLimits.block
  }

  /// Makes room for the ends of rows whose bytes are added by `addMade`.
  func extendOffsets(by count: Int) -> UnsafeMutablePointer<UInt32> {
    offsets.extend(by: 4 * count).assumingMemoryBound(to: UInt32.self)
  }

  /// Adds bytes of rows whose ends are written already.
  func addMade(_ text: UnsafeBufferPointer<UInt8>) {
    add(text)
    rowStart = byteCount
  }

  /// Adds rows that are the texts of several parts behind each other; false, nothing added, where
  /// one might be too long.
  ///
  /// At least 15 bytes behind every text are readable: a short one goes in one piece, for there is room
  /// behind those here, too.
  func add(_ parts: [TextRows], count: Int) -> Bool {
    var total = 0
    for part in parts {
      for row in 0..<count { total &+= Int(part.ends[row] &- part.starts[row]) }
    }
    if byteCount + total > TextLimits.text { return false }
    let ends = offsets.extend(by: 4 * count).assumingMemoryBound(to: UInt32.self)
    var size = byteCount
    var next = UnsafeMutableRawPointer(bytes.extend(by: total))
    parts.withUnsafeBufferPointer { parts in
      for row in 0..<count {
        for part in parts {
          let start = part.starts[row]
          let length = Int(part.ends[row] &- start)
          let text = UnsafeRawPointer(part.base + Int(start))
          if length <= 16 {
            next.storeBytes(of: text.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
          } else {
            next.copyMemory(from: text, byteCount: length)
          }
          next += length
          size &+= length
        }
        ends[row] = UInt32(truncatingIfNeeded: size)
      }
    }
    rowStart = byteCount
    return true
  }

  /// Ends a row whose text may have grown; one that is too long becomes empty, and a fault.
  func endMadeRow() {
    if isTooLong {
      tooLong.append(offsets.byteCount / 4 - 1)
      bytes.shrink(by: byteCount - rowStart)
    }
    endRow()
    rowStart = byteCount
  }

  /// The rows that were too long, as the faults of a step.
  func faults(_ frame: Frame, of step: Step, _ validity: UnsafePointer<UInt64>?)
    -> UnsafePointer<UInt64>?
  {
    if tooLong.isEmpty {
      step.hasFaulted = false
      return nil
    }
    let bits = frame.bits()
    bits.update(repeating: 0, count: frame.wordCount)
    for row in tooLong { bits[row >> 6] |= 1 << UInt64(row & 63) }
    let faults = frame.faultsOfPresent(bits, validity)
    step.hasFaulted = faults != nil
    return faults
  }

  /// Adds rows that `write` writes, their ends and their bytes, of which it returns the number: all
  /// together at most `room`, and 16 may be written behind the last.
  func addRows(
    _ count: Int, room: Int,
    _ write: (UnsafeMutablePointer<UInt32>, UnsafeMutableRawPointer) -> Int
  ) {
    let room = room + 16
    let place = bytes.extend(by: room)
    let ends = offsets.extend(by: count * 4).assumingMemoryBound(to: UInt32.self)
    bytes.shrink(by: room - write(ends, place))
  }

  /// Makes room for bytes that the caller writes, and gives their place.
  func extend(by count: Int) -> UnsafeMutablePointer<UInt8> {
    bytes.extend(by: count).assumingMemoryBound(to: UInt8.self)
  }

  /// Takes back bytes at the end.
  func giveBack(_ count: Int) { bytes.shrink(by: count) }

  /// Whether a vector's texts are these.
  func isIn(_ vector: Vector) -> Bool {
    guard case .text(let start, _) = vector.storage else { return false }
    return start == UnsafePointer(offsets.elements(UInt32.self))
  }

  /// A second memory, for a step that reads the first while it writes.
  var spare: TextMemory {
    if let second { return second }
    let made = TextMemory()
    second = made
    return made
  }

  /// The rows so far; valid until the next change.
  var rows: TextRows {
    TextRows(base: bytes.elements(UInt8.self), offsets: offsets.elements(UInt32.self))
  }

  /// The first rows; valid until the next change.
  func references(_ count: Int) -> Store<TextReference> {
    let references = Store<TextReference>(capacity: count)
    for row in 0..<count {
      let text = rows[row]
      references.append(
        text.baseAddress.map { TextReference(bytes: $0, count: text.count) } ?? .empty)
    }
    return references
  }

  /// The rows so far; valid until the next `begin`.
  var storage: Vector.Storage {
    .text(
      offsets: UnsafePointer(offsets.elements(UInt32.self)),
      bytes: UnsafePointer(bytes.elements(UInt8.self)))
  }
}
