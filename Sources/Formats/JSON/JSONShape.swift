/// How the records of a JSON text are laid out.
package struct JSONShape: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    /// Each line is one object.
    case lines
    /// Objects inside arrays and other objects, or one after the other.
    case document
    /// Not JSON, but lines `Key: value` that can be read as such.
    case keyedText
  }

  package var form: Form
  /// The keys that lead from a value at the top to the records; arrays on the way are gone into.
  package var path: [String] = []
  /// Keys beside the records that hold objects too, which are left out.
  package var leftOut: [String] = []
  /// The column of records that are plain numbers or texts; nil where they are objects.
  package var valueKey: String?
  /// Whether a script assigns the value: what stands before it is left out.
  package var isAssigned = false

  /// The byte that ends a record in the text as the reader sees it.
  package var separator: UInt8 { form == .lines ? 0x0A : JSONCutter.separator }

  /// Finds the shape from the first bytes of a text.
  package init(head: [UInt8]) {
    form = JSONShape.hasObjectLines(head) ? .lines : .document
    if KeyedTextStream.isKeyed(head) {
      form = .keyedText
      return
    }
    let prefix = AssignedValueStream.prefixLength(head)
    isAssigned = prefix != nil
    guard let outline = JSONOutline(Array(head.dropFirst(prefix ?? 0))) else { return }
    if outline.isFollowed || isAssigned { form = .document }
    if let found = outline.records(isAssigned: isAssigned) {
      (path, leftOut, valueKey) = (found.path, found.leftOut, found.valueKey)
      if !path.isEmpty { form = .document }
    }
  }

  /// Whether a text begins as a script does that assigns a value.
  package static func beginsAssignment(_ head: [UInt8]) -> Bool {
    AssignedValueStream.prefixLength(head) != nil
  }

  /// Whether at least half of the first lines begin and end as objects do.
  private static func hasObjectLines(_ head: [UInt8]) -> Bool {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard head.first(where: { !isSpace($0) && $0 != 0x0A }) != UInt8(ascii: "[") else {
      return false
    }
    let lines = head.prefix(1 << 20).split(separator: 0x0A, maxSplits: 200).prefix(200)
    let filled = lines.filter { !$0.allSatisfy(isSpace) }
    let whole = filled.count { line in
      line.first { !isSpace($0) } == UInt8(ascii: "{")
        && line.last { !isSpace($0) } == UInt8(ascii: "}")
    }
    // The last line may be cut, but two lines in a row are not by chance.
    return whole > 0 && whole * 2 >= filled.count
  }
}
