import Diagnostics
import Testing

@testable import Parsing

/// Parses a text that must be right and compares the outline of its statements.
func expectOutline(
  _ text: String, _ expected: String..., location: SourceLocation = #_sourceLocation
) {
  let (program, diagnostics) = parse(Source(name: "test", text: text))
  #expect(diagnostics.map(\.described) == [], sourceLocation: location)
  #expect(program.statements.map(\.outline) == expected, sourceLocation: location)
  expectRangesInside(text, program, diagnostics, location)
}

/// Compares the outline of an expression that stands alone.
func expectExpression(
  _ text: String, _ expected: String, location: SourceLocation = #_sourceLocation
) {
  expectOutline(text, "= " + expected, location: location)
}

/// Parses a text with the places of its errors between `«` and `»` and compares `message` or
/// `message: hint` of each, in order of place.
func expectErrors(
  _ marked: String, _ expected: String..., outline: [String]? = nil,
  location: SourceLocation = #_sourceLocation
) {
  let (text, places) = unmarked(marked)
  let (program, diagnostics) = parse(Source(name: "test", text: text))
  #expect(diagnostics.map(\.described) == expected, sourceLocation: location)
  #expect(diagnostics.compactMap(\.range) == places, sourceLocation: location)
  if let outline {
    #expect(program.statements.map(\.outline) == outline, sourceLocation: location)
  }
  expectRangesInside(text, program, diagnostics, location)
}

/// The text without its marks, and the places that they marked.
private func unmarked(_ marked: String) -> (String, [SourceRange]) {
  var text = ""
  var open: [Int] = []
  var places: [SourceRange] = []
  for character in marked {
    switch character {
    case "«": open.append(text.utf8.count)
    case "»": places.append(SourceRange(open.popLast() ?? 0, text.utf8.count))
    default: text.append(character)
    }
  }
  return (text, places.sorted { ($0.start, $0.end) < ($1.start, $1.end) })
}

/// Every range of tree and diagnostics lies inside the text.
func expectRangesInside(
  _ text: String, _ program: Program, _ diagnostics: [Diagnostic], _ location: SourceLocation
) {
  let ranges = program.ranges + diagnostics.compactMap(\.range)
  let length = text.utf8.count
  #expect(
    ranges.allSatisfy { $0.start >= 0 && $0.end <= length }, "\(text)", sourceLocation: location)
}

extension Diagnostic {
  var described: String { hint.map { "\(message): \($0)" } ?? message }
}

extension Program {
  /// All ranges in the tree, found by reflection so that none is forgotten.
  var ranges: [SourceRange] {
    var found: [SourceRange] = []
    var pending: [Any] = [self]
    while let value = pending.popLast() {
      if let range = value as? SourceRange {
        found.append(range)
      } else {
        pending += Mirror(reflecting: value).children.map(\.value)
      }
    }
    return found
  }
}
