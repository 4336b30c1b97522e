import Columns
import Kernels

/// How several keys share one word: each has bits of its own, enough for all its values and null.
struct KeyPacking: Sendable {
  /// What the bits of a key say.
  enum Kind: Sendable {
    /// How many units a value lies above the base.
    case integers(base: Int64, unit: Int64)
    /// How many steps a value lies above the base.
    case multiples(base: Int64, step: Int64)
    /// Which multiple of the unit a float is, above the base.
    case floats(FloatUnit, base: Int64, count: Int)
    /// A code of the one dictionary.
    case codes(TextDictionary)
    /// The number of a text in an interner, from 1 on.
    case numbers
  }

  /// The bits of one key.
  struct Part: Sendable {
    let kind: Kind
    let shift: UInt64
    let mask: UInt64
    /// The greatest code of a value.
    let greatest: UInt64
    /// The code of null.
    let null: UInt64

    /// The code of this key in a word.
    @inline(__always) func code(in word: UInt64) -> UInt64 { word &>> shift & mask }
  }

  let parts: [Part]

  private static let wordBits: UInt64 = 64
  private static let numberBits: UInt64 = 32
  /// What `DenseColumn.steps` counts exactly.
  private static let mostSteps = 1 << 48

  /// Nil when the keys do not fit.
  init?(_ keys: [KeyLayout]) {
    var parts: [Part] = []
    var shift: UInt64 = 0
    for key in keys {
      guard let part = Self.part(key, shift) else { return nil }
      let bits = UInt64(part.mask.nonzeroBitCount)
      if shift + bits > KeyPacking.wordBits { return nil }
      parts.append(part)
      shift += bits
    }
    self.parts = parts
  }

  private static func part(_ key: KeyLayout, _ shift: UInt64) -> Part? {
    func part(_ kind: Kind, count: UInt64) -> Part {
      // Null has the code behind the last; without it no bit is given for it.
      let last = key.mayBeNull ? count : max(count, 1) - 1
      let bits = wordBits - UInt64(last.leadingZeroBitCount)
      let mask: UInt64 = bits == wordBits ? ~0 : 1 << bits - 1
      return Part(kind: kind, shift: shift, mask: mask, greatest: max(count, 1) - 1, null: count)
    }
    switch key.domain {
    case .codes(let dictionary): return part(.codes(dictionary), count: UInt64(dictionary.count))
    case .integers(let base, let count):
      let units = UInt64(count - 1) / UInt64(key.unit) + 1
      return part(.integers(base: base, unit: key.unit), count: units)
    case nil where key.type == .string:
      let mask = UInt64(1) << numberBits - 1
      return Part(kind: .numbers, shift: shift, mask: mask, greatest: mask, null: 0)
    case .multiples(let base, let step, let count) where count < KeyPacking.mostSteps:
      return part(.multiples(base: base, step: step), count: UInt64(count))
    case .floats(let unit, let base, let count):
      return part(.floats(unit, base: base, count: count), count: UInt64(count))
    case .multiples, nil: return nil
    }
  }
}
