import Checking
import Columns
import Parsing
import Plans
import Statistics

/// `spike` on a table of counts: differences of a total, or counts as they are.
struct SpikeSeries {
  let call: VerbCall
  let time: SpikeTime
  let column: Field
  let options: SpikeOptions
  /// The days to name beside events; nil where there are none.
  let calendar: Plan?

  /// nil with an error.
  func plan() -> Plan? {
    guard let at = time.expression ?? dateColumn() else {
      call.report(
        "'spike' needs the time of each count", hint: "write spike \(column.name) by date",
        at: call.stage.range)
      return nil
    }
    var columns = [
      NamedExpression("#account", account), NamedExpression("#at", at),
      NamedExpression("#value", ScalarExpression.column(column).asFloat),
    ]
    columns += .periods(of: at, time.period)
    return call.input.projected(to: columns, range: call.range).analysed(
      by: SeriesSpikeAnalysis(
        period: time.period, options: options, isCumulative: isCumulative, column: column.name),
      with: calendar.map { [$0] } ?? [], range: call.range)
  }

  private func dateColumn() -> ScalarExpression? {
    call.input.schema.field("date").flatMap { field in
      field.type == .date || field.type == .time
        ? call.convert(.column(field), to: .time) : nil
    }
  }

  private var isCumulative: Bool {
    if case .bool(let given)? = call.option("cumulative") { return given }
    return column.name == "followers"
  }

  private var account: ScalarExpression {
    let keys = call.named(call.items(of: .per)).map(\.expression)
    return call.accountName(of: call.input, per: keys)
  }
}
