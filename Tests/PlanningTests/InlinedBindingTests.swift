import Columns
import Planning
import Plans
import Testing

private func column(_ name: String, of plan: Plan = smallTable) -> ScalarExpression {
  planColumn(name, of: plan)
}

private let sorted = smallTable.sorted(by: [SortKey(column("a"))])

private func counted(_ plan: Plan) -> Plan {
  plan.aggregated(
    by: [NamedExpression("c", column("c", of: plan))],
    [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
}

@Suite struct InlinedBindingTests {
  @Test func quickStepsThatAreReadOnceAreInlined() {
    let binding = Binding(name: "s", plan: sorted)
    let (plan, inlined) = Plan.binding(binding).sliced(count: 2).withBindingsInlined()
    #expect(optimised(plan).lines == ["t: 1 rows, 3 columns", "| top 2 by a"])
    #expect(inlined.map(\.name) == ["s"])
    // What reads it next keeps it.
    binding.noteRead()
    let (again, none) = Plan.binding(binding).sliced(count: 2).withBindingsInlined()
    #expect(again.lines == ["s: let", "| take 2"])
    #expect(none.isEmpty)
  }

  @Test func bindingsInBindingsAreInlinedToo() {
    let inner = Binding(name: "i", plan: sorted)
    let outer = Binding(name: "o", plan: Plan.binding(inner).sliced(count: 9))
    let (plan, inlined) = Plan.binding(outer).withBindingsInlined()
    #expect(plan.lines.first == "t: 1 rows, 3 columns")
    #expect(inlined.map(\.name) == ["o", "i"])
  }

  @Test func whatIsReadTwiceOrTakesLongIsKept() {
    let quick = Plan.binding(Binding(name: "s", plan: sorted))
    #expect(Plan.union([quick, quick]).withBindingsInlined().1.isEmpty)
    let value = ScalarExpression(.scalarPlan(counted(quick)), type: .int)
    let twice = quick.extended(by: [NamedExpression("n", value)])
    #expect(twice.withBindingsInlined().1.isEmpty)
    let long = Plan.binding(Binding(name: "g", plan: counted(smallTable)))
    #expect(long.sliced(count: 1).withBindingsInlined().1.isEmpty)
  }

  @Test func plansInsideOthersTellNoTies() {
    let first = sorted.projected(to: [NamedExpression("b", column("b"))]).sliced(count: 2)
    #expect(
      optimisedInside(first, to: nil).lines
        == ["t: 1 rows, 3 columns", "| select a, b", "| sort a", "| take 2", "| select b"])
    #expect(optimisedInside(sorted, to: ["b"]).lines.contains("| select a, b"))
  }
}
