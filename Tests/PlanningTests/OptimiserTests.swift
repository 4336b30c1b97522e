import Columns
import Planning
import Plans
import Testing

private let table = smallTable

private func column(_ name: String, of plan: Plan = table) -> ScalarExpression {
  planColumn(name, of: plan)
}

private func less(_ left: ScalarExpression, _ right: Int64) -> ScalarExpression {
  .call(.less, [left, .constant(.int(right))], type: .bool)
}

private func sum(_ left: ScalarExpression, _ right: ScalarExpression) -> ScalarExpression {
  .call(.add, [left, right], type: .int)
}

@Test func unreadColumnsAreDropped() {
  let plan = table.filtered(by: less(column("a"), 3))
    .aggregated(by: [], [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
  #expect(
    optimised(plan).lines
      == ["t: 1 rows, 3 columns", "| select a", "| filter a < 3", "| aggregate n = count()"])
}

@Test func filtersGoBelowSortsAndRenames() {
  let renamed = table.sorted(by: [SortKey(column("b"))])
    .projected(to: [NamedExpression("x", column("a")), NamedExpression("c", column("c"))])
  let plan = renamed.filtered(by: less(column("x", of: renamed), 3))
  #expect(
    optimised(plan).lines
      == ["t: 1 rows, 3 columns", "| filter a < 3", "| sort b", "| select x = a, c"])
}

@Test func aFilterOfAComputedColumnStaysAboveIt() {
  let derived = table.extended(by: [NamedExpression("s", sum(column("a"), column("b")))])
  let plan = derived.filtered(by: less(column("s", of: derived), 3))
  #expect(optimised(plan).lines.last == "| filter s < 3")
}

@Test func aConditionThatCanOverflowDoesNotPassAJoin() {
  let join = Plan.join(
    Join(
      left: table, right: table, kind: .inner, keys: [(column("a"), column("a"))],
      rightColumns: [("b", "b_2")]))
  let safe = join.filtered(by: less(column("a"), 3))
  #expect(optimised(safe).lines.last?.hasPrefix("| filter") == false)
  let faulty = join.filtered(by: less(sum(column("a"), column("b")), 3))
  #expect(optimised(faulty).lines.last == "| filter a + b < 3")
}

@Test func aSortThatIsCutKeepsOnlyItsHead() {
  let plan = table.sorted(by: [SortKey(column("a"), isDescending: true)]).sliced(count: 2)
  #expect(optimised(plan).lines.last == "| top 2 by a desc")
  let later = table.sorted(by: [SortKey(column("a"))]).sliced(offset: 1, count: 2)
  #expect(optimised(later).lines.last == "| take 2 from row 2")
}

@Test func aFilterOfPartitionsGoesBelowTheirWindow() {
  let lag = NamedWindow("w", WindowCall(.lag, column("a"), parameter: 1, type: .int))
  let windowed = table.windowed([lag], by: [SortKey(column("b"))], per: [column("c")])
  let key = ScalarExpression.call(
    .equal, [column("c"), .constant(.string("x"))], type: .bool)
  #expect(
    optimised(windowed.filtered(by: key)).lines
      == ["t: 1 rows, 3 columns", "| filter c == \"x\"", "| window w = lag(a, 1) by b per c"])
  #expect(optimised(windowed.filtered(by: less(column("a"), 3))).lines.last == "| filter a < 3")
  let unread = windowed.projected(to: [NamedExpression("a", column("a"))])
  #expect(!optimised(unread).lines.contains { $0.hasPrefix("| window") })
}

@Test func columnsThatNobodyReadsAreDroppedBelowAnExpansion() {
  let long = table.expanded(.columns(["a", "b"], name: "k", value: "v"))
  let plan = long.aggregated(by: [NamedExpression("k", column("k", of: long))], [])
  #expect(
    optimised(plan).lines == [
      "t: 1 rows, 3 columns", "| select a, b", "| unpivot a, b as k, v", "| aggregate by k",
    ])
  let exploded = table.expanded(.elements("c"))
    .projected(to: [NamedExpression("a", column("a"))])
  #expect(
    optimised(exploded).lines
      == ["t: 1 rows, 3 columns", "| select a, c", "| explode c", "| select a"])
}

@Test func whatIsSplitAndExplodedIsCutAtOnce() {
  func split(_ rest: ScalarExpression...) -> Plan {
    let parts = ScalarExpression.call(.split, [column("c")] + rest, type: .string)
    return table.projected(
      to: [NamedExpression("w", parts), NamedExpression("a", column("a"))])
  }
  let comma = ScalarExpression.constant(.string(","))
  #expect(
    optimised(split(comma).expanded(.elements("w"))).lines
      == [
        "t: 1 rows, 3 columns", "| select a, c", "| select w = c, a", "| explode w between \",\"",
      ])
  // One part is no array, and what is no constant is not known.
  for plan in [split(comma, .constant(.int(1))), split(column("c"))] {
    #expect(optimised(plan.expanded(.elements("w"))).lines.last == "| explode w")
  }
}

@Test func filtersStayAboveExpansionsAndFillings() {
  let long = table.expanded(.columns(["a"], name: "k", value: "v"))
  #expect(optimised(long.filtered(by: less(column("b"), 3))).lines.last == "| filter b < 3")
  let filled = table.filled(PeriodFill(period: "a", step: .width(1), keys: ["c"]))
  #expect(optimised(filled.filtered(by: less(column("b"), 3))).lines.last == "| filter b < 3")
}

@Test func aFillingKeepsItsKeys() {
  let filled = table.filled(PeriodFill(period: "a", step: .width(1), keys: ["c"]))
  let plan = filled.projected(to: [NamedExpression("b", column("b"))])
  #expect(
    optimised(plan).lines == ["t: 1 rows, 3 columns", "| fill a per c", "| select b"])
}

@Test func stepsBelowAnAggregateThatIgnoresOrderMayComeInAnyOrder() {
  func count(_ plan: Plan, by keys: [NamedExpression] = []) -> Plan {
    plan.aggregated(by: keys, [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
  }
  let key = [NamedExpression("c", column("c"))]
  #expect(
    optimised(count(count(table, by: key))).lines.suffix(2)
      == ["| aggregate by c, in any order", "| aggregate n = count()"])
  // The groups of a result come in the order of their first rows.
  #expect(optimised(count(table, by: key)).lines.last == "| aggregate n = count() by c")
  let groups = count(table, by: key)
  let first = AggregateCall(.first, [column("c", of: groups)], type: .string)
  let plan = groups.aggregated(by: [], [NamedAggregate("f", first)])
  #expect(optimised(plan).lines.allSatisfy { !$0.hasSuffix("any order") })
}

@Test func differentRowsInAnyOrderAreGroups() {
  func counted(_ plan: Plan) -> Plan {
    plan.aggregated(
      by: [], [NamedAggregate("m", AggregateCall(.max, [column("c", of: plan)], type: .string))])
  }
  #expect(
    optimised(counted(table.distinct(on: [column("c")]))).lines.suffix(2)
      == ["| aggregate by c, in any order", "| aggregate m = max(c)"])
  // Of the other columns the first row of each matters.
  #expect(
    optimised(counted(table.distinct(on: [column("a")]))).lines.contains(
      "| distinct by a, in any order"))
}

@Test func aSortThatNobodySeesIsDropped() {
  let sorted = table.sorted(by: [SortKey(column("b"))]).filtered(by: less(column("a"), 3))
  let count = NamedAggregate("n", AggregateCall(.count, [], type: .int))
  func hasSort(_ plan: Plan) -> Bool { optimised(plan).lines.contains { $0.hasPrefix("| sort") } }
  #expect(!hasSort(sorted.aggregated(by: [], [count])))
  // Groups come in the order of their first rows, and that is seen, as is the first value.
  #expect(hasSort(sorted.aggregated(by: [NamedExpression("c", column("c"))], [count])))
  let first = NamedAggregate("f", AggregateCall(.first, [column("a")], type: .int))
  #expect(hasSort(sorted.aggregated(by: [], [first])))
  #expect(hasSort(sorted))
}
