import Checking
import Columns
import Plans

/// `ratio a / b by k`: for each key the median of the rows' ratios, and the ratio of the sums.
struct RatioTable {
  let call: VerbCall
  let quotient: Quotient

  /// The ratio of sums is doubtful under this many rows (methods: part 7).
  private static let fewRows: Int64 = 5000
  /// … and where one row holds more of the denominator than this.
  private static let largePart = 0.05

  func plan(by keys: [NamedExpression]) -> Plan {
    var taken = Set(keys.map(\.name))
    func name(_ wanted: String) -> String {
      let name = freeName(wanted, among: taken)
      taken.insert(name)
      return name
    }
    let names = ["n", "median", "low", "high", "ratio", "zero", "caution"].map(name)
    // Projected first, so that what the aggregates share is computed once.
    let (values, groups) = quotient.projected(call, keys)
    let value = Quotient.column("#value", .float)
    func aggregate(
      _ name: String, _ function: AggregateFunction, _ arguments: [ScalarExpression],
      _ type: DataType
    ) -> NamedAggregate {
      NamedAggregate(name, AggregateCall(function, arguments, type: type, range: call.range))
    }
    let below = Quotient.column("#below", quotient.below.type)
    let above = Quotient.column("#above", quotient.above.type)
    let sides = call.unified([above, below]) ?? [above, below]
    let aggregates = [
      aggregate(names[0], .count, [value], .int),
      aggregate(names[1], .median, [value], .float),
      aggregate(names[2], .medianLow, [value], .float),
      aggregate(names[3], .medianHigh, [value], .float),
      aggregate(names[4], .ratio, sides, .float),
      aggregate(names[5], .count, [Quotient(above: above, below: below).belowIsZero], .int),
      aggregate("#largest", .max, [below.asFloat], .float),
      aggregate("#sum", .sum, [below.asFloat], .float),
    ]
    let wide = values.aggregated(by: groups, aggregates, range: call.range)
    let kept = wide.schema.fields.prefix(keys.count + 6).map {
      NamedExpression($0.name, .column($0))
    }
    let plan = wide.projected(
      to: kept + [NamedExpression(names[6], caution(over: wide, n: names[0]))], range: call.range)
    addNotes()
    return sorted(plan, keys: keys, n: names[0])
  }

  /// Why the ratio of sums says little, or null.
  private func caution(over plan: Plan, n: String) -> ScalarExpression {
    func column(_ name: String) -> ScalarExpression {
      plan.schema.field(name).map { .column($0) } ?? .constant(.null)
    }
    func text(_ text: String) -> ScalarExpression { .constant(.string(text)) }
    let isFew = ScalarExpression.call(
      .less, [column(n), .constant(.int(Self.fewRows))], type: .bool)
    let part = ScalarExpression.call(
      .multiply, [column("#sum"), .constant(.float(Self.largePart))], type: .float)
    let isLarge = ScalarExpression.call(.greater, [column("#largest"), part], type: .bool)
    return .call(
      .caseOf,
      [
        .call(.and, [isFew, isLarge], type: .bool), text("n < 5000, one row > 5 %"),
        isFew, text("n < 5000"), isLarge, text("one row > 5 %"),
        .constant(.null, type: .string),
      ], type: .string)
  }

  private func addNotes() {
    let below = quotient.below.text
    call.note(
      "median is that of the rows' \(quotient.above.text) / max(1, \(below)), low to high its 95 % "
        + "interval; ratio is the ratio of sums; zero counts the rows where \(below) is 0")
    call.note(
      "read the median: the ratio of sums is doubtful where caution says so (under 5000 rows, or "
        + "one row with over 5 % of the sum of \(below))")
  }

  /// In order of time where the first key is one, else the largest first.
  private func sorted(_ plan: Plan, keys: [NamedExpression], n: String) -> Plan {
    guard let first = keys.first, let key = plan.schema.field(first.name),
      let count = plan.schema.field(n)
    else { return plan }
    let isTime = key.type == .date || key.type == .time
    return plan.sorted(
      by: [isTime ? SortKey(.column(key)) : SortKey(.column(count), isDescending: true)],
      range: call.range)
  }
}
