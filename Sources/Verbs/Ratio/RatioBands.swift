import Checking
import Columns
import Plans

/// `ratio a / b`: how many rows are how far off, in seven bands symmetric around one to one.
///
/// A row belongs to one band: the lower bands hold their upper edge, the upper bands their lower
/// one, and `about one to one` is strictly between ½ and 2.
struct RatioBands {
  let call: VerbCall
  let quotient: Quotient

  private struct Band {
    let name: String
    /// From and to; the side that belongs to the band is by the side of one to one it is on.
    let low: Double?
    let high: Double?
  }

  private static let bands = [
    Band(name: "1/50 or less", low: nil, high: 1.0 / 50),
    Band(name: "1/50 to 1/10", low: 1.0 / 50, high: 1.0 / 10),
    Band(name: "1/10 to 1/2", low: 1.0 / 10, high: 0.5),
    Band(name: "about one to one", low: 0.5, high: 2),
    Band(name: "2 to 10", low: 2, high: 10),
    Band(name: "10 to 50", low: 10, high: 50),
    Band(name: "50 or more", low: 50, high: nil),
  ]

  func plan(per partition: [NamedExpression]) -> Plan {
    let counted = counted(per: partition)
    let crossed = crossed(counted, partition)
    let plan = projected(crossed, partition)
    addNotes(partition)
    return plan
  }

  /// One row (of each group): the rows of every band, and of all.
  private func counted(per partition: [NamedExpression]) -> Plan {
    let (values, groups) = quotient.projected(call, partition)
    let column = Quotient.column("#value", .float)
    var aggregates = Self.bands.enumerated().map { position, band in
      count("#band\(position)", condition(band, column))
    }
    aggregates.append(count("#n", .call(.isNotNull, [column], type: .bool)))
    return values.aggregated(by: groups, aggregates, range: call.range)
  }

  private func count(_ name: String, _ condition: ScalarExpression) -> NamedAggregate {
    NamedAggregate(name, AggregateCall(.count, [condition], type: .int, range: call.range))
  }

  private func condition(_ band: Band, _ value: ScalarExpression) -> ScalarExpression {
    func test(_ function: ScalarFunction, _ edge: Double) -> ScalarExpression {
      .call(function, [value, .constant(.float(edge))], type: .bool)
    }
    // An edge belongs to the band that is further off.
    let low = band.low.map { test($0 < 1 ? .greater : .greaterOrEqual, $0) }
    let high = band.high.map { test($0 < 1 ? .lessOrEqual : .less, $0) }
    switch (low, high) {
    case (let low?, let high?): return .call(.and, [low, high], type: .bool)
    case (let only?, nil), (nil, let only?): return only
    case (nil, nil): return .constant(.bool(true))
    }
  }

  /// Every row of counts beside every band.
  private func crossed(_ counted: Plan, _ partition: [NamedExpression]) -> Plan {
    let one = ScalarExpression.constant(.int(1))
    let left = counted.extended(by: [NamedExpression("#one", one)], range: call.range)
    let bands = Table(
      name: "bands",
      fields: [
        Field(name: "#one", type: .int), Field(name: "#position", type: .int),
        Field(name: "#name", type: .string),
      ],
      rows: Self.bands.enumerated().map { position, band in
        [.int(1), .int(Int64(position)), .string(band.name)]
      })
    let key = ScalarExpression(.column("#one"), type: .int)
    return Plan.join(
      Join(
        left: left, right: .table(bands), kind: .inner, keys: [(left: key, right: key)],
        rightColumns: [(source: "#position", name: "#position"), (source: "#name", name: "#name")]),
      range: call.range)
  }

  private func projected(_ crossed: Plan, _ partition: [NamedExpression]) -> Plan {
    var taken = Set(partition.map(\.name))
    let names = ["band", "n", "share", "low", "high"].map { wanted in
      let name = freeName(wanted, among: taken)
      taken.insert(name)
      return name
    }
    func int(_ name: String) -> ScalarExpression { ScalarExpression(.column(name), type: .int) }
    var cases: [ScalarExpression] = []
    for position in Self.bands.indices {
      let isBand = ScalarExpression.call(
        .equal, [int("#position"), .constant(.int(Int64(position)))], type: .bool)
      cases += [isBand, int("#band\(position)")]
    }
    let n = ScalarExpression.call(
      .caseOf, cases + [.constant(.null, type: .int)], type: .int)
    let groups = partition.map {
      NamedExpression($0.name, ScalarExpression(.column($0.name), type: $0.expression.type))
    }
    // n first, then what is made of it, so that it is computed once.
    let total = NamedExpression("#n", int("#n"))
    let first =
      groups + [
        NamedExpression(names[0], ScalarExpression(.column("#name"), type: .string)),
        NamedExpression(names[1], n),
      ]
    let counted = crossed.projected(to: first + [total], range: call.range)
    let kept = first.map {
      NamedExpression($0.name, ScalarExpression(.column($0.name), type: $0.expression.type))
    }
    return counted.projected(
      to: kept + .share(Array(names[2...]), of: int(names[1]), in: int("#n")), range: call.range)
  }

  // MARK: What is said beside the table

  private func addNotes(_ partition: [NamedExpression]) {
    call.note(
      "bands of \(quotient.above.text) / max(1, \(quotient.below.text)), row by row; an edge belongs "
        + "to the band that is further off; low to high is the 95 % interval of share (Wilson)")
    guard partition.isEmpty else {
      call.note("the medians of the groups: ratio … by instead of per")
      return
    }
    call.remark(Remark(plan: overall, sentences: sentences))
  }

  /// One row: rows, median, its interval, rows whose denominator is 0.
  private var overall: Plan {
    let values = quotient.projected(call, []).values
    let value = Quotient.column("#value", .float)
    let below = Quotient.column("#below", quotient.below.type)
    func aggregate(
      _ name: String, _ function: AggregateFunction, _ argument: ScalarExpression, _ type: DataType
    ) -> NamedAggregate {
      NamedAggregate(name, AggregateCall(function, [argument], type: type, range: call.range))
    }
    return values.aggregated(
      by: [],
      [
        aggregate("n", .count, value, .int), aggregate("median", .median, value, .float),
        aggregate("low", .medianLow, value, .float), aggregate("high", .medianHigh, value, .float),
        aggregate("zero", .count, Quotient(above: value, below: below).belowIsZero, .int),
      ], range: call.range)
  }

  private var sentences: @Sendable (Table) -> [String] {
    let below = quotient.below.text
    return { table in
      guard table.rowCount == 1 else { return [] }
      let row = table.row(0)
      guard row.count == 5, let n = row[0].integer, let zero = row[4].integer else { return [] }
      guard let median = row[1].number else { return ["no row has both figures"] }
      var sentence = "median \(rounded(median))"
      if let low = row[2].number, let high = row[3].number {
        sentence += " (95 % interval \(rounded(low)) to \(rounded(high)))"
      } else {
        sentence += " (no interval under 6 rows)"
      }
      return [
        "\(sentence) of \(n) \(n == 1 ? "row" : "rows")",
        "\(below) is 0 in \(zero) \(zero == 1 ? "row" : "rows"), counted as 1",
      ]
    }
  }
}

/// Three significant digits, as far as a number of this size needs them.
private func rounded(_ value: Double) -> String {
  let size = abs(value)
  let scale = size >= 100 ? 1.0 : size >= 10 ? 10 : size >= 1 ? 100 : 1000
  let shown = (value * scale).rounded() / scale
  return size >= 100 && size < 1e15 ? String(Int(shown)) : shown.description
}
