import Columns
import Planning
import Plans
import Testing

private let table = smallTable

private func column(_ name: String, of plan: Plan = table) -> ScalarExpression {
  planColumn(name, of: plan)
}

private let sorted = table.sorted(by: [SortKey(column("a"), isDescending: true)])

private func select(_ names: String..., of plan: Plan) -> Plan {
  plan.projected(to: names.map { NamedExpression($0, column($0, of: plan)) })
}

private func derived(_ plan: Plan) -> Plan {
  let difference = ScalarExpression.call(
    .divide, [column("a", of: plan), column("b", of: plan)], type: .float)
  return plan.extended(by: [NamedExpression("r", difference)])
}

private func count(of plan: Plan, by keys: String...) -> Plan {
  plan.aggregated(
    by: keys.map { NamedExpression($0, column($0, of: plan)) },
    [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
}

private func joined(_ left: Plan, _ right: Plan, _ kind: Join.Kind) -> Plan {
  .join(
    Join(
      left: left, right: right, kind: kind, keys: [(column("c", of: left), column("c", of: right))],
      rightColumns: [("n", "n")]))
}

@Suite struct CutSortTests {
  /// Columns are chosen, renamed and computed of the rows that are taken.
  @Test func sortsAreCutBelowStepsOfEachRow() {
    #expect(
      optimised(select("b", of: sorted).sliced(count: 2)).lines
        == ["t: 1 rows, 3 columns", "| select a, b", "| top 2 by a desc", "| select b"])
    let renamed = sorted.projected(to: [NamedExpression("x", column("a"))])
    let taken = select("r", of: derived(sorted)).sliced(count: 3)
    for plan in [renamed.sliced(count: 3), taken] {
      #expect(optimised(plan).lines.contains("| top 3 by a desc"))
    }
    let later = optimised(select("b", of: sorted).sliced(offset: 5, count: 2)).lines
    #expect(later.suffix(3) == ["| sort a desc", "| take 2 from row 6", "| select b"])
    let last = optimised(select("b", of: sorted).tail(2)).lines
    #expect(last.suffix(3) == ["| sort a desc", "| tail 2", "| select b"])
    // A top is no sort.
    let twice = optimised(select("b", of: sorted.sliced(count: 9)).tail(2)).lines
    #expect(twice.suffix(3) == ["| top 9 by a desc", "| select b", "| tail 2"])
  }

  @Test func filtersOfComputedColumnsGoBelowTheSort() {
    func filtered(_ plan: Plan) -> Plan {
      plan.filtered(
        by: .call(.less, [column("r", of: plan), .constant(.float(3))], type: .bool))
    }
    let plan = select("b", of: filtered(derived(sorted))).sliced(count: 2)
    #expect(
      optimised(plan).lines.suffix(3) == ["| filter r < 3.0", "| top 2 by a desc", "| select b"])
    let ratio = ScalarExpression.call(.divide, [column("a"), column("b")], type: .float)
    func computed(_ names: (String, String)...) -> Plan {
      sorted.projected(
        to: names.map { NamedExpression($0.0, column($0.1)) } + [NamedExpression("r", ratio)])
    }
    // The key has another name above.
    #expect(
      optimised(filtered(computed(("k", "a"))).sliced(count: 2)).lines.suffix(2)
        == ["| filter r < 3.0", "| top 2 by k desc"])
    // Without the key nothing above can be sorted by it.
    let dropped = optimised(filtered(computed(("b", "b"))).sliced(count: 2)).lines
    #expect(dropped.contains("| sort a desc"))
  }

  /// Rows of a sort that are looked up in groups are as many as before.
  @Test func sortsAreCutBelowJoinsThatAddColumnsToEachRow() {
    let groups = count(of: table, by: "c")
    for kind in [Join.Kind.left, .lookup] {
      let lines = optimised(joined(sorted, groups, kind).sliced(count: 2)).lines
      #expect(lines.contains("| top 2 by a desc"), "\(kind)")
      #expect(!lines.contains("| take 2"), "\(kind)")
    }
    let more = count(of: table, by: "c", "b")
    for plan in [
      joined(sorted, groups, .inner), joined(sorted, more, .left), joined(sorted, more, .lookup),
    ] {
      #expect(optimised(plan.sliced(count: 2)).lines.last == "| take 2")
    }
  }

  /// Nobody reads the columns of groups, of which each row meets one at most.
  @Test func joinsThatAddNothingAreDropped() {
    func joins(_ plan: Plan) -> Bool {
      optimised(plan).lines.contains { $0.hasPrefix("| join") }
    }
    let one = [
      count(of: table, by: "c"), select("n", "c", of: count(of: table, by: "c")),
      count(of: table.distinct(on: [column("c")]), by: "c"),
    ]
    for right in one {
      for kind in [Join.Kind.left, .lookup] {
        let plan = select("a", of: joined(table, right, kind))
        #expect(!joins(plan), "\(kind)")
      }
    }
    let named = derived(table).projected(to: [
      NamedExpression("c", column("c")), NamedExpression("n", column("a")),
    ])
    let distinct = joined(table, named.distinct(on: [column("c")]), .lookup)
    #expect(!joins(select("a", of: distinct)))
    for plan in [
      joined(table, named, .lookup), joined(table, named.distinct(on: []), .left),
      joined(table, one[0], .inner), joined(table, count(of: table, by: "c", "a"), .left),
    ] {
      #expect(joins(select("a", of: plan)))
    }
  }
}
