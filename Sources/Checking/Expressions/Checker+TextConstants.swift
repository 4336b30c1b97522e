import Calendars
import Columns
import Diagnostics
import Parsing
import Plans

// Constants with a grammar of their own: JSON paths, formats of dates, replacements of matches.
extension Checker {
  /// `json(x, "a.b[0]")`.
  func checkJSON(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    resolved(call, arguments, context) { path, range in
      do throws(JSONPath.Problem) {
        _ = try JSONPath(path)
      } catch {
        report("in this path: \(error.message)", hint: error.hint, at: range)
      }
    }
  }

  /// `format_date(t, "%d %b %Y")`.
  func checkFormatDate(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    resolved(call, arguments, context) { format, range in
      do throws(TimePattern.Problem) {
        _ = try TimePattern(format)
      } catch {
        report(error.message, at: range)
      }
    }
  }

  /// The call of an overload whose second argument is a constant text, which `test` looks at.
  private func resolved(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext,
    _ test: (String, SourceRange) -> Void
  ) -> ScalarExpression? {
    guard let values = checkedArguments(arguments, of: call.entry, context),
      let whole = resolve(call.entry, values, call)
    else { return nil }
    if case .string(let text)? = values[1].constantValue { test(text, call.range(of: 1)) }
    return whole
  }

  /// `replace(x, /pattern/, "<\1>")` and `replace_regex`.
  func checkReplaceRegex(
    _ call: Call, _ arguments: [Expression], _ context: ExpressionContext
  ) -> ScalarExpression? {
    let entry = Catalogue.entry(of: .replaceRegex)
    guard arguments.count == 3 else { return resolve(entry, [], call) }
    let value = check(arguments[0], context)
    let pattern = checkPattern(arguments[1], context)
    let replacement = check(arguments[2], context)
    guard let value, let pattern, let replacement else { return nil }
    if case .string(let text)? = replacement.constantValue,
      case .string(let regex)? = pattern.constantValue
    {
      checkReplacement(text, groups: countGroups(regex), at: arguments[2].range)
    }
    return resolve(entry, [value, pattern, replacement], call)
  }

  /// Backslashes stand before the number of a group or another backslash.
  private func checkReplacement(_ text: String, groups: Int, at range: SourceRange) {
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if !isEscaped {
        isEscaped = scalar == "\\"
        continue
      }
      isEscaped = false
      if scalar == "\\" { continue }
      guard ("0"..."9").contains(scalar), let number = Int(String(scalar)) else {
        report("'\\\(scalar)' in a replacement", hint: replacementHint, at: range)
        return
      }
      guard number <= groups else {
        report(
          "the pattern has no group \(number)",
          hint: groups == 0 ? "groups stand in brackets: /x([0-9]+)/" : "it has \(groups)",
          at: range)
        return
      }
    }
    if isEscaped { report("a backslash ends the replacement", hint: replacementHint, at: range) }
  }

  private var replacementHint: String {
    "\\1 is what the first group matched, \\0 all; a backslash is \\\\"
  }
}
