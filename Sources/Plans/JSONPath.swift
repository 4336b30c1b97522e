/// The way from a JSON value to one inside of it: `a.b[0]["odd key"]`.
///
/// Keys stand bare between dots or, quoted with double quotes, in brackets, where `\"` and `\\` are
/// a quote and a backslash; elements are counted from 0. A leading `$`, as other programs have it,
/// is the whole value.
package struct JSONPath: Sendable, Hashable {
  /// A step from a value to one inside of it.
  package enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
  }

  /// What is wrong with a path, in words for the user.
  package struct Problem: Error, Sendable, Hashable {
    package let message: String
    package let hint: String?
  }

  package let steps: [Step]

  /// Reads a path; throws what is wrong with it.
  package init(_ text: String) throws(Problem) {
    var reader = Reader(text)
    steps = try reader.path()
  }
}

private struct Reader {
  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  mutating func path() throws(JSONPath.Problem) -> [JSONPath.Step] {
    if scalars.isEmpty { throw problem("the path is empty", "write \"a.b[0]\", or \"$\" for all") }
    var steps: [JSONPath.Step] = []
    let isAll = scalars.count == 1 || scalars[1] == "." || scalars[1] == "["
    let isRooted = scalars[0] == "$" && isAll
    if isRooted { place = 1 } else if next != "[" { steps.append(try key()) }
    while next != nil {
      if take(".") {
        steps.append(try key())
      } else if take("[") {
        steps.append(try bracket())
      } else {
        throw problem("'\(shown(next))' behind a bracket", "write a dot before a key")
      }
    }
    return steps
  }

  private func shown(_ scalar: Unicode.Scalar?) -> String { scalar.map { String($0) } ?? "" }

  private func problem(_ message: String, _ hint: String? = nil) -> JSONPath.Problem {
    JSONPath.Problem(message: message, hint: hint)
  }

  private mutating func key() throws(JSONPath.Problem) -> JSONPath.Step {
    var name = String.UnicodeScalarView()
    while let scalar = next, scalar != ".", scalar != "[" {
      if scalar == "]" || scalar == "\"" {
        throw problem("'\(scalar)' in a key of the path", "quote the key: [\"odd key\"]")
      }
      name.append(scalar)
      place += 1
    }
    if name.isEmpty {
      throw problem("a key is missing in the path", "an empty key is written [\"\"]")
    }
    return .key(String(name))
  }

  private mutating func bracket() throws(JSONPath.Problem) -> JSONPath.Step {
    if take("\"") { return try quotedKey() }
    var digits = ""
    while let scalar = next, scalar != "]" {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    guard take("]") else { throw problem("a bracket of the path is not closed") }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(digits) else {
      throw problem(
        "'[\(digits)]' is no element", "elements are counted from 0: [0]; keys are quoted: [\"a\"]")
    }
    return .index(index)
  }

  private mutating func quotedKey() throws(JSONPath.Problem) -> JSONPath.Step {
    var name = String.UnicodeScalarView()
    while let scalar = next, scalar != "\"" {
      place += 1
      if scalar == "\\", let escaped = next, escaped == "\"" || escaped == "\\" {
        name.append(escaped)
        place += 1
      } else {
        name.append(scalar)
      }
    }
    guard take("\""), take("]") else {
      throw problem("a quoted key of the path is not closed", "write [\"odd key\"]")
    }
    return .key(String(name))
  }
}
