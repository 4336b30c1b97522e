/// The distinct texts of a column whose rows are stored as codes: code i is text i.
///
/// Immutable; segments that share a dictionary share the object, so that `===` tells whether their
/// codes mean the same; small ones that are made of constants, time and again, are compared (`isSame`).
/// At most 65,536 texts, no text twice.
package final class TextDictionary: Sendable {
  package let texts: TextSlice

  package static let maximumCount = 1 << 16

  /// Takes distinct texts; code i is row i.
  package init(texts: TextSlice) {
    precondition(texts.rowCount <= TextDictionary.maximumCount, "a dictionary of too many texts")
    self.texts = texts
  }

  /// A dictionary of these strings.
  package convenience init(_ strings: [String]) {
    var builder = TextBuilder()
    for string in strings { builder.append(string) }
    self.init(texts: builder.finish())
  }

  package var count: Int { texts.rowCount }

  /// Whether codes mean the same in both, as far as that is told at once: large ones are not compared.
  package func isSame(as other: TextDictionary) -> Bool {
    if self === other { return true }
    if count != other.count || count > 256 { return false }
    return (0..<count).allSatisfy { texts.utf8(at: $0).elementsEqual(other.texts.utf8(at: $0)) }
  }

  /// The different texts of some constants, and the code of each constant; nil for null.
  ///
  /// Nil where there are more than 256.
  package static func ofConstants(
    _ constants: [Scalar]
  ) -> (dictionary: TextDictionary, codes: [UInt8?])? {
    // By bytes: strings that are equal by canonical equivalence alone are different texts.
    var known: [[UInt8]: UInt8] = [:]
    var texts: [String] = []
    var codes: [UInt8?] = []
    for constant in constants {
      guard case .string(let text) = constant else {
        codes.append(nil)
        continue
      }
      let bytes = Array(text.utf8)
      if known[bytes] == nil {
        if texts.count == 256 { return nil }
        known[bytes] = UInt8(texts.count)
        texts.append(text)
      }
      codes.append(known[bytes])
    }
    return (TextDictionary(texts), codes)
  }

  /// The text of a code.
  package func string(_ code: Int) -> String { texts.string(at: code) }

  /// The code of a text, or nil; O(count).
  package func code(of string: String) -> Int? {
    var string = string
    return string.withUTF8 { wanted in
      (0..<count).first { texts.utf8(at: $0).elementsEqual(wanted) }
    }
  }
}
