import Columns
import Kernels

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
