import Checking
import Columns
import Plans

/// `ratio` of accounts themselves: how many follow each against how many it follows.
///
/// Its rows are accounts (`account followers friends ratio reading`); the reading is careful, since
/// a large ratio is what brands and public figures have.
struct AccountRatio {
  let call: VerbCall

  /// The rows of an accounts list.
  func plan(followers: Field, friends: Field) -> Plan {
    let name = ["account", "screen_name", "name"].compactMap { call.input.schema.field($0) }.first
    var columns = name.map { [NamedExpression("account", .column($0))] } ?? []
    let above = ScalarExpression.column(followers)
    let below = ScalarExpression.column(friends)
    let ratio = Quotient(above: above, below: below).value
    columns += [
      NamedExpression("followers", above), NamedExpression("friends", below),
      NamedExpression("ratio", ratio), NamedExpression("reading", reading(ratio)),
    ]
    call.note("ratio is followers / max(1, friends) of the account itself; " + Self.caution)
    return call.input.projected(to: columns, range: call.range)
  }

  /// What is said of one account's own figures, given as options.
  func note(followers: Int64, friends: Int64) {
    let ratio = Double(followers) / Double(max(1, friends))
    let shown =
      ratio >= 1
      ? "\(Self.short(ratio)):1" : "1:\(Self.short(Double(friends) / Double(max(1, followers))))"
    let reading = Self.readings.first { ratio >= $0.from }?.text ?? Self.few
    call.note(
      "the account: \(followers) followers, follows \(friends) (\(shown)): \(reading); "
        + Self.caution)
  }

  /// The part of followers that the account follows back, where a column says so.
  func addFollowedBack() {
    guard let field = call.input.schema.field("followed_back"), field.type == .bool else { return }
    let column = ScalarExpression.column(field)
    let known = ScalarExpression.call(.isNotNull, [column], type: .bool)
    let plan = call.input.aggregated(
      by: [],
      [
        NamedAggregate("n", AggregateCall(.count, [known], type: .int, range: call.range)),
        NamedAggregate("hits", AggregateCall(.count, [column], type: .int, range: call.range)),
      ], range: call.range)
    let shared = plan.extended(
      by: .share(
        ["share", "low", "high"], of: .column(Field(name: "hits", type: .int)),
        in: .column(Field(name: "n", type: .int))), range: call.range)
    call.remark(
      Remark(plan: shared) { table in
        let row = table.row(0)
        guard let n = row[0].integer, n > 0, let hits = row[1].integer, let share = row[2].number
        else { return [] }
        return ["followed back: \(hits) of \(n) (\(percent(share)))"]
      })
  }

  static let caution = "no evidence of buying by itself"
  private static let few = "follows far more than follow it"
  private static let readings: [(from: Double, text: String)] = [
    (50, "common for brands and public figures"), (10, "common for brands and public figures"),
    (2, "more followers than it follows"), (0.5, "about one to one"),
    (0.1, "follows more than follow it"),
  ]

  private func reading(_ ratio: ScalarExpression) -> ScalarExpression {
    var cases: [ScalarExpression] = []
    for reading in Self.readings {
      cases.append(.call(.greaterOrEqual, [ratio, .constant(.float(reading.from))], type: .bool))
      cases.append(.constant(.string(reading.text)))
    }
    let known = ScalarExpression.call(.isNotNull, [ratio], type: .bool)
    cases += [known, .constant(.string(Self.few)), .constant(.null, type: .string)]
    return .call(.caseOf, cases, type: .string)
  }

  private static func short(_ value: Double) -> String {
    value >= 10
      ? String(Int64(exactly: value.rounded()) ?? .max) : String((value * 10).rounded() / 10)
  }
}

/// As in `12.3 %`.
func percent(_ share: Double) -> String {
  let tenths = (share * 1000).rounded() / 10
  return "\(tenths) %"
}
