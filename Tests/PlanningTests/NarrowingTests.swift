import Columns
import Planning
import Plans
import Testing

private let table = Plan.table(
  Table(
    name: "t",
    fields: [
      Field(name: "a", type: .int), Field(name: "c", type: .string), Field(name: "x", type: .float),
    ], rows: [[.int(1), .string("x"), .float(1)]]))

private func column(_ name: String, of plan: Plan = table) -> ScalarExpression {
  planColumn(name, of: plan)
}

private func compare(
  _ function: ScalarFunction, _ left: ScalarExpression, _ right: Scalar
) -> ScalarExpression {
  .call(function, [left, .constant(right)], type: .bool)
}

private func counted(by key: String) -> Plan {
  table.aggregated(
    by: [NamedExpression("k", column(key))],
    [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
}

private func joined(_ kind: Join.Kind) -> Plan {
  .join(
    Join(
      left: table, right: table, kind: kind, keys: [(column("c"), column("c"))],
      rightColumns: [("a", "a_2")]))
}

/// Whether a line filters rows by a condition, all but those for which it is null.
private func narrows(_ lines: [String], _ condition: String) -> Bool {
  lines.contains { $0.hasSuffix("| filter (\(condition)) ?? true") }
}

/// Rows of other groups are not grouped; those for which the condition is null are, to be counted above.
@Test func aFilterOfGroupsIsMadeOfTheirRowsToo() {
  let groups = counted(by: "c")
  let wanted = compare(.equal, column("k", of: groups), .string("x"))
  let lines = [
    "t: 1 rows, 3 columns", "| select c", "| filter (c == \"x\") ?? true",
    "| aggregate n = count() by k = c",
  ]
  #expect(optimised(groups.filtered(by: wanted)).lines == lines + ["| filter k == \"x\""])
  // Of a conjunction, the part that reads the key only.
  let many = compare(.greater, column("n", of: groups), .int(2))
  let both = ScalarExpression.call(.and, [wanted, many], type: .bool)
  #expect(
    optimised(groups.filtered(by: both)).lines == lines + ["| filter k == \"x\" and n > 2"])
}

/// The plan is computed once, for both.
@Test func aLookAmongTheValuesOfAPlanNarrowsToo() throws {
  let groups = counted(by: "c")
  let few = table.filtered(by: compare(.equal, column("a"), .int(1)))
    .projected(to: [NamedExpression("c", column("c"))])
  let key = column("k", of: groups)
  let among = ScalarExpression(.isInPlan(key, few), type: .bool)
  let plan = optimised(groups.filtered(by: among))
  #expect(plan.lines.count { $0.contains("filter") } == 2, "\(plan.lines)")
  var bindings: [Binding] = []
  func visit(_ plan: Plan) {
    for inner in plan.plansInExpressions {
      if case .binding(let binding) = inner.node { bindings.append(binding) }
    }
    plan.inputs.forEach(visit)
  }
  visit(plan)
  #expect(bindings.count == 2 && bindings[0] === bindings[1])
  // Of those that it leaves out there may be few.
  let others = ScalarExpression.call(.not, [among], type: .bool)
  #expect(optimised(groups.filtered(by: others)).lines.count { $0.contains("filter") } == 1)
}

@Test func conditionsOnGroupsStayAboveThemAloneWhere() {
  let groups = counted(by: "c")
  let key = column("k", of: groups)
  let floats = counted(by: "x")
  for (plan, condition) in [
    // it is of the aggregates,
    (groups, compare(.greater, column("n", of: groups), .int(2))),
    // it leaves little out,
    (groups, compare(.notEqual, key, .string("x"))),
    (groups, .call(.isNotNull, [key], type: .bool)),
    // or of two conditions one may hold alone.
    (
      groups,
      .call(
        .or,
        [
          compare(.equal, key, .string("x")), compare(.greater, column("n", of: groups), .int(2)),
        ], type: .bool)
    ),
    // -0 and 0 are one group,
    (floats, compare(.equal, column("k", of: floats), .float(0))),
  ] {
    let lines = optimised(plan.filtered(by: condition)).lines
    #expect(lines.filter { $0.hasPrefix("| filter") }.count == 1, "\(lines)")
    #expect(lines.last?.hasPrefix("| filter") == true)
  }
}

@Test func aFilterOfDistinctRowsIsMadeOfAllRowsToo() {
  for distinct in [table.distinct(on: []), table.distinct(on: [column("c"), column("a")])] {
    let plan = distinct.filtered(by: compare(.less, column("a"), .int(3)))
    #expect(optimised(plan).lines.contains("| filter (a < 3) ?? true"))
  }
  let other = table.distinct(on: [column("c")])
    .filtered(by: compare(.less, column("a"), .int(3)))
  #expect(!optimised(other).lines.contains("| filter (a < 3) ?? true"))
}

@Test func conditionsBehindAJoinNarrowBothSides() {
  for (kind, isBoth) in [(Join.Kind.inner, true), (.left, false)] {
    let plan = joined(kind)
    let condition = ScalarExpression.call(
      .and,
      [
        compare(.less, column("a", of: plan), .int(3)),
        compare(.greater, column("a_2", of: plan), .int(7)),
      ], type: .bool)
    let lines = optimised(plan.filtered(by: condition)).lines
    #expect(lines.last == "| filter a < 3 and a_2 > 7")
    #expect(lines.contains("| filter (a < 3) ?? true"), "\(lines)")
    let right = lines.contains { $0.contains("filter (a > 7) ?? true") }
    #expect(right == isBoth, "\(kind): \(lines)")
  }
}

@Test func conditionsOnKeysNarrowTheOtherSideOfAnyJoin() {
  for kind in [Join.Kind.inner, .left] {
    let plan = joined(kind)
    let key = compare(.equal, column("c", of: plan), .string("x"))
    let alone = optimised(plan.filtered(by: key)).lines
    #expect(alone.contains("| filter c == \"x\""))
    #expect(narrows(alone, "c == \"x\""), "\(kind): \(alone)")
  }
}

@Test func partsOfAConditionOnPartitionsNarrowTheirWindow() {
  let rank = NamedWindow("r", WindowCall(.rank, nil, type: .int))
  let plan = table.windowed([rank], by: [SortKey(column("a"))], per: [column("c")])
  let condition = ScalarExpression.call(
    .and,
    [
      compare(.equal, column("c"), .string("x")),
      compare(.lessOrEqual, column("r", of: plan), .int(3)),
    ], type: .bool)
  let lines = optimised(plan.filtered(by: condition)).lines
  #expect(narrows(lines, "c == \"x\""), "\(lines)")
  #expect(lines.last == "| filter c == \"x\" and r <= 3")
}

/// A day is computed twice, which takes less than grouping what is dropped; a text would not.
@Test func conditionsOnDaysAreMadeOfTheirRowsToo() {
  let times = Plan.table(
    Table(
      name: "t",
      fields: [Field(name: "at", type: .time), Field(name: "c", type: .string)],
      rows: [[.time(0), .string("x")]]))
  let zone = ScalarExpression.constant(.string("UTC"))
  let day = ScalarExpression.call(.day, [column("at", of: times), zone], type: .date)
  let lower = ScalarExpression.call(.lower, [column("c", of: times)], type: .string)
  for (key, value, isMade) in [(day, Scalar.date(3), true), (lower, .string("x"), false)] {
    let plan = times.aggregated(by: [NamedExpression("k", key)], [])
    let lines = optimised(plan.filtered(by: compare(.equal, column("k", of: plan), value))).lines
    #expect(lines.filter { $0.hasPrefix("| filter") }.count == (isMade ? 2 : 1), "\(lines)")
  }
}

/// It notes how many keys of its rows have several matches: of all rows that the filter as written leaves it.
@Test func partsOfAConditionDoNotNarrowALookup() {
  let plan = joined(.lookup)
  let condition = ScalarExpression.call(
    .and,
    [
      compare(.equal, column("c", of: plan), .string("x")),
      compare(.greater, column("a_2", of: plan), .int(7)),
    ], type: .bool)
  let lines = optimised(plan.filtered(by: condition)).lines
  #expect(lines.filter { $0.contains("| filter") }.count == 1, "\(lines)")
}
