package import Diagnostics
import Parsing

/// What a saved script says of itself: its first comment and its parameters.
package struct ScriptDescription: Sendable, Hashable {
  /// A `param` of the script.
  package struct Parameter: Sendable, Hashable {
    package let name: String
    package let type: String
    /// As written; nil when a value must be given.
    package let defaultText: String?
    /// The comment behind it on its line; may be empty.
    package let comment: String
  }

  /// The comment at the top, a line each, without `#`.
  package let summary: [String]
  package let parameters: [Parameter]

  /// Reads a script without running it; what does not parse is left out.
  package init(_ source: Source) {
    let text = source.text(in: 0..<source.bytes.count)
    summary = Self.firstComment(of: text)
    parameters = parse(source).program.statements.compactMap { statement -> Parameter? in
      guard case .parameter(let parameter) = statement.kind else { return nil }
      return Parameter(
        name: parameter.name.text, type: parameter.type?.text ?? "",
        defaultText: parameter.defaultValue?.formatted,
        comment: Self.comment(behind: statement.range.end, in: text))
    }
  }

  /// The lines for a reader; parameters are aligned.
  package func lines(path: String) -> [String] {
    var lines = summary.isEmpty ? [path] : summary
    lines += ["", "usage: decoy run \(path) [FILE …]" + parameters.map(\.usage).joined()]
    guard !parameters.isEmpty else { return lines }
    let width = parameters.map(\.title.count).max() ?? 0
    lines += ["", "parameters:"]
    for parameter in parameters {
      let title = parameter.title + String(repeating: " ", count: width - parameter.title.count)
      let line = "  \(title)  \(parameter.state)"
      lines.append(parameter.comment.isEmpty ? line : line + "; \(parameter.comment)")
    }
    if parameters.contains(where: \.isOpenTable) {
      lines += ["", "With one FILE, its table is taken where a table is needed."]
    }
    return lines
  }

  private static func firstComment(of text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).drop { $0.hasPrefix("#!") }
    return lines.prefix { $0.hasPrefix("#") }.map { Self.withoutSign($0) }
  }

  private static func comment(behind offset: Int, in text: String) -> String {
    let rest = text.utf8.dropFirst(offset).prefix { $0 != UInt8(ascii: "\n") }
    guard let start = rest.firstIndex(of: UInt8(ascii: "#")) else { return "" }
    return withoutSign(text[start..<rest.endIndex])
  }

  private static func withoutSign(_ line: Substring) -> String {
    let body = line.drop { $0 == "#" || $0 == " " }
    return String(body.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension ScriptDescription.Parameter {
  fileprivate var title: String { "\(name): \(type)" }
  fileprivate var state: String { defaultText.map { "default \($0)" } ?? "needed" }
  fileprivate var isOpenTable: Bool { type == "table" && defaultText == nil }
  fileprivate var usage: String {
    if isOpenTable { return "" }
    return defaultText == nil ? " --param \(name)=…" : " [--param \(name)=…]"
  }
}
