import CKernels

/// A type whose values can be chosen row by row: about 0.1 to 0.3 ns a row.
package protocol Selectable: BitwiseCopyable {
  static var selectRows: SelectRows<Self> { get }
}

package typealias SelectRows<Element> = (
  UnsafePointer<UInt64>, UnsafePointer<Element>, Int32, UnsafePointer<Element>, Int32,
  UnsafeMutablePointer<Element>, Int
) -> Void

extension UInt8: Selectable {
  package static var selectRows: SelectRows<UInt8> { ck_select_u8 }
}

extension UInt16: Selectable {
  package static var selectRows: SelectRows<UInt16> { ck_select_u16 }
}

extension Int32: Selectable {
  package static var selectRows: SelectRows<Int32> { ck_select_i32 }
}

extension Int64: Selectable {
  package static var selectRows: SelectRows<Int64> { ck_select_i64 }
}

extension Double: Selectable {
  package static var selectRows: SelectRows<Double> {
    { bits, chosen, chosenStep, other, otherStep, out, count in
      // The same 64 bits, whatever they mean.
      ck_select_i64(
        bits, UnsafeRawPointer(chosen).assumingMemoryBound(to: Int64.self), chosenStep,
        UnsafeRawPointer(other).assumingMemoryBound(to: Int64.self), otherStep,
        UnsafeMutableRawPointer(out).assumingMemoryBound(to: Int64.self), count)
    }
  }
}

/// Row by row `chosen` where the bit is set and `other` where not; `out` may be one of the blocks.
package func select<Element: Selectable>(
  _ bits: UnsafePointer<UInt64>, _ chosen: Operand<Element>, _ other: Operand<Element>, count: Int,
  into out: UnsafeMutablePointer<Element>
) {
  var constants: (Element, Element)
  switch (chosen, other) {
  case (.block(let chosen), .block(let other)):
    Element.selectRows(bits, chosen, 1, other, 1, out, count)
  case (.block(let chosen), .constant(var other)):
    Element.selectRows(bits, chosen, 1, &other, 0, out, count)
  case (.constant(var chosen), .block(let other)):
    Element.selectRows(bits, &chosen, 0, other, 1, out, count)
  case (.constant(let chosen), .constant(let other)):
    constants = (chosen, other)
    Element.selectRows(bits, &constants.0, 0, &constants.1, 0, out, count)
  }
}

/// Writes the words from `least` to `greatest` to `between`, in order, which has room for all of them.
///
/// Gives how many are less than `least`, and how many were written. About 0.2 ns a word where few are.
package func wordsBetween(
  _ words: UnsafePointer<Int64>, count: Int, _ least: Int64, _ greatest: Int64,
  into between: UnsafeMutablePointer<Int64>
) -> (below: Int, found: Int) {
  var below = 0
  let found = ck_words_between(words, count, least, greatest, between, &below)
  return (below, found)
}

/// Writes the words less than `pivot` to the front of `out`, and those greater to its back, each in any order.
///
/// Gives how many are less and how many are greater; `out` has room for `count` words. About 0.4 ns a word.
package func divideWords(
  _ words: UnsafePointer<Int64>, count: Int, by pivot: Int64,
  into out: UnsafeMutablePointer<Int64>
) -> (below: Int, above: Int) {
  var above = 0
  let below = ck_divide_words(words, count, pivot, out, &above)
  return (below, above)
}
