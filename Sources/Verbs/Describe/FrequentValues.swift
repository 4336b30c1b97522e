import Columns
import Diagnostics
import Plans

/// The most frequent values of a column, and how many different ones there are.
///
/// One grouping of the column's values; twelve rows of it are kept.
struct FrequentValues {
  private let kept: Plan
  private let type: DataType
  private let range: SourceRange

  /// As many as there are bars.
  private static let keptCount = Distribution.stepCount
  private static let shownCount = 3

  init(field: Field, rows: Plan, range: SourceRange) {
    type = field.type
    self.range = range
    let value = ScalarExpression.column(field, range: range)
    let key = ScalarExpression(.column("value"), type: field.type)
    let n = ScalarExpression(.column("n"), type: .int)
    let plan = rows.filtered(by: .call(.isNotNull, [value], type: .bool), range: range)
      .aggregated(
        by: [NamedExpression("value", value)],
        [NamedAggregate("n", AggregateCall(.count, [], type: .int))], range: range
      )
      .broadcasting(
        [
          NamedAggregate("distinct", AggregateCall(.count, [], type: .int)),
          NamedAggregate("total", AggregateCall(.sum, [n], type: .int)),
        ], per: [], range: range
      )
      .projected(
        to: [
          NamedExpression("value", key), NamedExpression("n", n),
          NamedExpression("distinct", ScalarExpression(.column("distinct"), type: .int)),
          NamedExpression("total", ScalarExpression(.column("total"), type: .int)),
        ], range: range
      )
      .sorted(by: [SortKey(n, isDescending: true)], range: range)
      .sliced(count: Self.keptCount, range: range)
    kept = .binding(Binding(name: "frequent values of \(field.name)", plan: plan), range: range)
  }

  private func column(_ name: String) -> ScalarExpression {
    ScalarExpression(.column(name), type: name == "value" ? type : .int)
  }

  /// The value of an expression over the value of a rank, from 0; null where there is none.
  private func value(_ rank: Int, _ expression: ScalarExpression) -> ScalarExpression {
    let plan = kept.sliced(offset: rank, count: 1, range: range)
      .projected(to: [NamedExpression("value", expression)], range: range)
    return ScalarExpression(.scalarPlan(plan), type: expression.type, range: range)
  }

  /// The number of different values.
  var distinct: ScalarExpression {
    .call(.coalesce, [value(0, column("distinct")), .constant(.int(0))], type: .int)
  }

  /// `en 45%, pt 12%`: those that occur more than once; null where none does.
  func text(as text: ValueText) -> ScalarExpression {
    let isRepeated = ScalarExpression.call(
      .greater, [column("n"), .constant(.int(1))], type: .bool)
    let part = ScalarExpression.joined([
      text.exact(column("value")), .constant(.string(" ")),
      .percentage(column("n"), of: column("total")),
    ])
    let shown = ScalarExpression.call(
      .ifElse, [isRepeated, part, .constant(.null, type: .string)], type: .string)
    // From the last to the first: what is null ends the list.
    var list = value(Self.shownCount - 1, shown)
    for rank in (0..<Self.shownCount - 1).reversed() {
      let rest = ScalarExpression.call(
        .coalesce,
        [.joined([.constant(.string(", ")), list]), .constant(.string(""))], type: .string)
      list = .joined([value(rank, shown), rest])
    }
    return list
  }

  /// How often they occur, as bars, the most frequent first; null where no value occurs twice.
  var spark: ScalarExpression {
    func aggregate(_ function: AggregateFunction, _ type: DataType) -> NamedAggregate {
      NamedAggregate(
        function.rawValue, AggregateCall(function, [column("n")], type: type, range: range))
    }
    let lines = kept.aggregated(
      by: [], [aggregate(.spark, .string), aggregate(.max, .int)], range: range)
    let isRepeated = ScalarExpression.call(
      .greater, [ScalarExpression(.column("max"), type: .int), .constant(.int(1))], type: .bool)
    let shown = ScalarExpression.call(
      .ifElse,
      [
        isRepeated, ScalarExpression(.column("spark"), type: .string),
        .constant(.null, type: .string),
      ], type: .string)
    let plan = lines.projected(to: [NamedExpression("spark", shown)], range: range)
    return ScalarExpression(.scalarPlan(plan), type: .string, range: range)
  }
}
