import Columns
import Kernels

/// Texts that a step makes, in Arrow's layout; reused from block to block.
final class TextMemory {
  private let offsets = GrowingMemory()
  private let bytes = GrowingMemory()
  private var second: TextMemory?

  var byteCount: Int { bytes.byteCount }

  /// Begins the rows of a block.
  func begin() {
    offsets.removeAll()
    bytes.removeAll()
    offsets.extend(by: 4).storeBytes(of: 0, as: UInt32.self)
  }

  /// Adds a row of these bytes.
  func append(_ text: UnsafeBufferPointer<UInt8>) {
    add(text)
    endRow()
  }

  /// Adds bytes to the row.
  func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress, !text.isEmpty else { return }
    bytes.extend(by: text.count).copyMemory(from: start, byteCount: text.count)
  }

  /// Adds a text to the row.
  func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// Ends the row.
  func endRow() {
    offsets.extend(by: 4).storeBytes(of: UInt32(truncatingIfNeeded: byteCount), as: UInt32.self)
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

  /// The rows so far; valid until the next `begin`.
  var storage: Vector.Storage {
    .text(
      offsets: UnsafePointer(offsets.elements(UInt32.self)),
      bytes: UnsafePointer(bytes.elements(UInt8.self)))
  }
}

extension Frame {
  /// Texts row by row from one of two vectors: codes where both share a dictionary, else copies.
  func chooseTexts(
    _ bits: UnsafePointer<UInt64>, _ chosen: Vector, _ other: Vector, _ memory: TextMemory
  ) -> Vector {
    if let codes = chooseCodes(bits, chosen, other) { return codes }
    // The other may itself be in this memory: it is read before the new rows replace it.
    let target = memory.isIn(other) || memory.isIn(chosen) ? memory.spare : memory
    var constants: [ConstantText] = []
    let a = texts(chosen, holding: &constants)
    let b = texts(other, holding: &constants)
    target.begin()
    withExtendedLifetime(constants) {
      for row in 0..<count {
        let isChosen = bits[row >> 6] >> UInt64(row & 63) & 1 != 0
        target.append(isChosen ? a[row] : b[row])
      }
    }
    return Vector(count: count, type: .string, storage: target.storage)
  }

  private func chooseCodes(
    _ bits: UnsafePointer<UInt64>, _ chosen: Vector, _ other: Vector
  ) -> Vector? {
    switch (chosen.storage, other.storage) {
    case (.codes8(let a, let first), .codes8(let b, let second)) where first === second:
      let out = output(UInt8.self)
      select(bits, .block(a), .block(b), count: count, into: out)
      return Vector(count: count, type: .string, storage: .codes8(out, first))
    case (.codes16(let a, let first), .codes16(let b, let second)) where first === second:
      let out = output(UInt16.self)
      select(bits, .block(a), .block(b), count: count, into: out)
      return Vector(count: count, type: .string, storage: .codes16(out, first))
    case (.codes8(let a, let dictionary), .constant(.null)):
      return Vector(count: count, type: .string, storage: .codes8(a, dictionary))
    case (.constant(.null), .codes8(let b, let dictionary)):
      return Vector(count: count, type: .string, storage: .codes8(b, dictionary))
    case (.codes16(let a, let dictionary), .constant(.null)):
      return Vector(count: count, type: .string, storage: .codes16(a, dictionary))
    case (.constant(.null), .codes16(let b, let dictionary)):
      return Vector(count: count, type: .string, storage: .codes16(b, dictionary))
    default:
      return nil
    }
  }
}
