import Columns
import Diagnostics
import Plans

/// The shape of a column of numbers or times: how many values each of 12 even steps holds.
struct Distribution {
  static let stepCount = 12
  /// Steps are logarithmic where the largest value is so many times the upper quartile.
  private static let farAbove = 20.0
  private static let microsecondsOfDay: Int64 = 86_400_000_000

  let field: Field
  /// The ends, over the row of figures.
  let low: ScalarExpression
  let high: ScalarExpression
  /// Over the same row; of ints and floats.
  let upperQuartile: ScalarExpression
  let range: SourceRange

  /// Whether the steps are even in ln(1 + x), over the row of figures; nil where they never are.
  var isLogarithmic: ScalarExpression? {
    guard field.type.isNumeric else { return nil }
    let limit = ScalarExpression.call(
      .multiply, [upperQuartile, .constant(.float(Self.farAbove))], type: .float)
    let known = ScalarExpression.call(
      .and,
      [
        .call(.greaterOrEqual, [low.asFloat, .constant(.float(0))], type: .bool),
        .call(.greater, [high.asFloat, limit], type: .bool),
      ], type: .bool)
    return .call(.coalesce, [known, .constant(.bool(false))], type: .bool)
  }

  /// A float where it is finite, else null.
  func finite(_ value: ScalarExpression) -> ScalarExpression {
    .call(.ifElse, [isFinite(value), value, .constant(.null, type: .float)], type: .float)
  }

  private func isFinite(_ value: ScalarExpression) -> ScalarExpression {
    let greatest = ScalarExpression.constant(.float(.greatestFiniteMagnitude))
    return .call(
      .lessOrEqual, [.call(.abs, [value], type: .float), greatest], type: .bool)
  }

  /// The bars; `row` is the row of figures.
  func spark(of rows: Plan, over row: Plan) -> ScalarExpression {
    func edge(_ expression: ScalarExpression) -> ScalarExpression {
      let plan = row.projected(to: [NamedExpression("value", expression)], range: range)
      return ScalarExpression(.scalarPlan(plan), type: expression.type, range: range)
    }
    let scale = Scale(
      type: field.type, low: edge(low), high: edge(high), isLogarithmic: isLogarithmic.map(edge))
    let value = ScalarExpression.column(field, range: range)
    var isCounted = ScalarExpression.call(.isNotNull, [value], type: .bool)
    if field.type == .float {
      isCounted = .call(.and, [isCounted, isFinite(value)], type: .bool)
    }
    let count = NamedAggregate("n", AggregateCall(.count, [], type: .int))
    let counts = rows.filtered(by: isCounted, range: range)
      .aggregated(by: [NamedExpression("step", scale.step(of: value))], [count], range: range)
    let line = Plan.union([counts, steps(upTo: scale.step(of: edge(high)))], range: range)
    return bars(line)
  }

  /// A row for each step up to that of the greatest value, so that none is left out.
  private func steps(upTo last: ScalarExpression) -> Plan {
    let table = Table(
      name: "steps",
      fields: [Field(name: "step", type: .float), Field(name: "n", type: .int)],
      rows: (0..<Self.stepCount).map { [.float(Double($0)), .int(0)] })
    let step = ScalarExpression(.column("step"), type: .float)
    let isUsed = ScalarExpression.call(
      .coalesce,
      [.call(.lessOrEqual, [step, last], type: .bool), .constant(.bool(false))], type: .bool)
    return Plan.table(table).filtered(by: isUsed, range: range)
  }

  private func bars(_ counts: Plan) -> ScalarExpression {
    let step = ScalarExpression(.column("step"), type: .float)
    let n = ScalarExpression(.column("n"), type: .int)
    let isKnown = ScalarExpression.call(.isNotNull, [step], type: .bool)
    let sum = NamedAggregate("n", AggregateCall(.sum, [n], type: .int))
    let line = NamedAggregate("spark", AggregateCall(.spark, [n], type: .string))
    let plan = counts.filtered(by: isKnown, range: range)
      .aggregated(by: [NamedExpression("step", step)], [sum], range: range)
      .sorted(by: [SortKey(step)], range: range)
      .aggregated(by: [], [line], range: range)
    return ScalarExpression(.scalarPlan(plan), type: .string, range: range)
  }

  /// From a value to its step.
  private struct Scale {
    let type: DataType
    let low: ScalarExpression
    let high: ScalarExpression
    let isLogarithmic: ScalarExpression?

    /// The step of a value, from 0, as a float; null where all values are one.
    func step(of value: ScalarExpression) -> ScalarExpression {
      let distance = ScalarExpression.call(
        .divide, [difference(value, low), width], type: .float)
      return .call(
        .clamp,
        [
          .call(.floor, [distance], type: .float), .constant(.float(0)),
          .constant(.float(Double(Distribution.stepCount - 1))),
        ], type: .float)
    }

    /// The width of a step: at least 1 of ints, a day of dates.
    private var width: ScalarExpression {
      let count = ScalarExpression.constant(.float(Double(Distribution.stepCount)))
      let span = difference(high, low)
      switch type {
      case .int:
        let even = ScalarExpression.call(
          .divide, [.call(.add, [span, .constant(.float(1))], type: .float), count], type: .float)
        let whole = ScalarExpression.call(
          .greatest, [even, .constant(.float(1))], type: .float)
        return choice(.call(.divide, [span, count], type: .float), whole)
      case .date:
        let day = ScalarExpression.constant(.duration(Distribution.microsecondsOfDay))
        let even = ScalarExpression.call(
          .divide, [.call(.add, [span, day], type: .duration), count], type: .duration)
        return .call(.greatest, [even, day], type: .duration)
      case .float, .time, .duration, .bool, .string:
        return .call(.divide, [span, count], type: span.type)
      }
    }

    private func choice(
      _ logarithmic: ScalarExpression, _ even: ScalarExpression
    ) -> ScalarExpression {
      guard let isLogarithmic else { return even }
      return .call(.ifElse, [isLogarithmic, logarithmic, even], type: even.type)
    }

    /// a - b, in the logarithms where those are even.
    private func difference(
      _ a: ScalarExpression, _ b: ScalarExpression
    ) -> ScalarExpression {
      guard type.isNumeric else { return .call(.subtract, [a, b], type: .duration) }
      return .call(.subtract, [position(a), position(b)], type: .float)
    }

    private func position(_ value: ScalarExpression) -> ScalarExpression {
      let plain = value.asFloat
      let raised = ScalarExpression.call(
        .add, [plain, .constant(.float(1))], type: .float)
      return choice(.call(.ln, [raised], type: .float), plain)
    }
  }
}
