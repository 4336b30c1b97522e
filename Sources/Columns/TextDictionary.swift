/// The distinct texts of a column whose rows are stored as codes: code i is text i.
///
/// Immutable; segments that share a dictionary share the object, so that `===` tells whether their
/// codes mean the same. At most 65,536 texts, no text twice.
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
