import Columns
import Plans

/// Values of a column as short texts, for a table in which all types share columns.
struct ValueText {
  let type: DataType
  /// From the first to the last of a column of times.
  var span: ScalarExpression?

  /// Texts are cut to so many characters.
  private static let longest = 12
  /// Times that span less are shown with their minutes: 4 days.
  private static let longSpan: Int64 = 4 * 86_400_000_000

  init(type: DataType) { self.type = type }

  /// The least or greatest value.
  func shown(_ value: ScalarExpression) -> ScalarExpression {
    type == .time ? time(value) : exact(value)
  }

  /// A quantile: of ints and floats a float, of dates and times a time, of durations a duration.
  func quantile(_ value: ScalarExpression) -> ScalarExpression {
    switch type {
    case .date: Self.text(.call(.date, [value], type: .date))
    case .time: time(value)
    case .int, .float: Self.float(value)
    case .duration, .bool, .string: Self.text(value)
    }
  }

  /// One of the values: texts cut, an empty one as `""`, times to the second.
  func exact(_ value: ScalarExpression) -> ScalarExpression {
    switch type {
    case .string: Self.cut(value)
    case .float: Self.float(value)
    case .time: Self.format(value, "%F %T")
    case .int, .bool, .date, .duration: Self.text(value)
    }
  }

  private func time(_ value: ScalarExpression) -> ScalarExpression {
    guard let span else { return Self.format(value, "%F %T") }
    let isLong = ScalarExpression.call(
      .greaterOrEqual, [span, .constant(.duration(Self.longSpan))], type: .bool)
    return .call(
      .ifElse, [isLong, Self.format(value, "%F"), Self.format(value, "%F %H:%M")], type: .string)
  }

  private static func text(_ value: ScalarExpression) -> ScalarExpression {
    .call(.toString, [value], type: .string)
  }

  private static func format(_ value: ScalarExpression, _ format: String) -> ScalarExpression {
    .call(.formatDate, [value, .constant(.string(format))], type: .string)
  }

  private static func cut(_ text: ScalarExpression) -> ScalarExpression {
    func int(_ value: Int) -> ScalarExpression { .constant(.int(Int64(value))) }
    let isEmpty = ScalarExpression.call(.equal, [text, .constant(.string(""))], type: .bool)
    let isLong = ScalarExpression.call(
      .greater, [.call(.length, [text], type: .int), int(longest)], type: .bool)
    let start = ScalarExpression.call(
      .substring, [text, int(1), int(longest - 1)], type: .string)
    return .call(
      .caseOf,
      [
        isEmpty, .constant(.string("\"\"")), isLong,
        .joined([start, .constant(.string("…"))]), text,
      ], type: .string)
  }

  /// A number to about four digits: 1234568, 123, 12.3, 1.23, 0.0123, 1.234e-05.
  private static func float(_ value: ScalarExpression) -> ScalarExpression {
    let size = ScalarExpression.call(.abs, [value], type: .float)
    var cases: [ScalarExpression] = []
    for (least, digits) in [(100.0, 0), (10, 1), (1, 2), (0.001, 4)] {
      cases.append(
        .call(.greaterOrEqual, [size, .constant(.float(least))], type: .bool))
      cases.append(
        .call(.round, [value, .constant(.int(Int64(digits)))], type: .float))
    }
    return short(.call(.caseOf, cases + [value], type: .float))
  }

  /// The text of a float without `.0`, and with three digits behind the point before an exponent.
  fileprivate static func short(_ value: ScalarExpression) -> ScalarExpression {
    func without(
      _ pattern: String, _ text: ScalarExpression, _ by: String
    ) -> ScalarExpression {
      .call(
        .replaceRegex, [text, .constant(.string(pattern)), .constant(.string(by))], type: .string)
    }
    return without("(\\.\\d{3})\\d*e", without("\\.0$", text(value), ""), "\\1e")
  }
}

extension ScalarExpression {
  /// Texts behind each other; null where one is.
  static func joined(_ texts: [ScalarExpression]) -> ScalarExpression {
    guard let first = texts.first else { return .constant(.string("")) }
    return texts.dropFirst().reduce(first) { .call(.add, [$0, $1], type: .string) }
  }

  /// `45%`; `<1%` for anything under a half, `>99%` for all but all.
  static func percentage(_ part: ScalarExpression, of whole: ScalarExpression) -> ScalarExpression {
    let share = ScalarExpression.quotient(part, whole)
    let percent = ScalarExpression.call(
      .multiply, [share, .constant(.float(100))], type: .float)
    func isAtLeast(_ least: Double) -> ScalarExpression {
      .call(.greaterOrEqual, [percent, .constant(.float(least))], type: .bool)
    }
    let rounded = ScalarExpression.call(
      .round, [percent, .constant(.int(0))], type: .float)
    return .call(
      .caseOf,
      [
        .call(.not, [isAtLeast(0.5)], type: .bool), .constant(.string("<1%")),
        .call(
          .and, [isAtLeast(99.5), .call(.notEqual, [part, whole], type: .bool)], type: .bool),
        .constant(.string(">99%")),
        .joined([ValueText.short(rounded), .constant(.string("%"))]),
      ], type: .string)
  }
}
