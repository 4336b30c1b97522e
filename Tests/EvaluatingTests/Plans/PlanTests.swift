import Columns
import Diagnostics
import Plans
import Tasks
import Testing

@testable import Evaluating

private let fields = [
  Field(name: "a", type: .int), Field(name: "b", type: .int), Field(name: "s", type: .string),
]

private func table(_ rows: [[Scalar]], segmentRows: Int = 1 << 16) -> Plan {
  .table(Table(name: "t", fields: fields, rows: rows, segmentRows: segmentRows))
}

private let a = ScalarExpression.column(fields[0])
private let b = ScalarExpression.column(fields[1])
private let s = ScalarExpression.column(fields[2])

private func greater(_ left: ScalarExpression, _ right: Int64) -> ScalarExpression {
  .call(.greater, [left, .constant(.int(right))], type: .bool)
}

private func count(_ name: String) -> NamedAggregate {
  NamedAggregate(name, AggregateCall(.count, [], type: .int))
}

private func rows(_ evaluation: Evaluation) -> [[Scalar]] {
  (0..<evaluation.table.rowCount).map { evaluation.table.row($0) }
}

@Test func filtersTellHowManyRowsWereNull() throws {
  let plan = table([[.int(5), .null, .null], [.null, .int(1), .null], [.int(1), .int(2), .null]])
    .filtered(by: greater(a, 2))
  let result = try run(plan, threads: 2)
  #expect(rows(result) == [[.int(5), .null, .null]])
  #expect(result.notes == ["1 row dropped: a > 2 is null"])
  // Rows that an earlier filter dropped are not counted by a later one.
  let second = try run(
    plan.filtered(by: greater(b, 0)).aggregated(by: [], [count("n")]), threads: 2)
  #expect(rows(second) == [[.int(0)]])
  #expect(
    second.notes == ["1 row dropped: a > 2 is null", "1 row dropped: b > 0 is null"])
}

@Test func topTellsHowManyRowsTie() throws {
  let plan = table([1, 3, 3, 3, 2].map { [.int($0), .null, .null] })
  let top = try run(plan.top(2, by: [SortKey(a, isDescending: true)]), threads: 1)
  #expect(rows(top).map { $0[0] } == [.int(3), .int(3)])
  #expect(top.notes == ["1 more row ties with the last"])
  let cut = try run(plan.top(4, by: [SortKey(a, isDescending: true)]), threads: 1)
  #expect(cut.notes.isEmpty)
  // Many rows, so that groups are settled and rows are turned away before.
  let many = table(
    (0..<5_000).map { [.int(Int64($0 % 7)), .int(Int64($0 % 2)), .null] }, segmentRows: 100)
  let groups = try run(
    many.top(3, by: [SortKey(a, isDescending: true)], per: [b]), threads: 3)
  #expect(rows(groups).map { $0[0] } == Array(repeating: .int(6), count: 6))
  #expect(groups.notes == ["708 more rows tie with the last of 2 of 2 groups"])
}

@Test func lookupsTellOfKeysWithSeveralMatches() throws {
  let right = table([
    [.int(1), .int(10), .null], [.int(1), .int(11), .null], [.null, .int(9), .null],
  ])
  let left = table([1, 1, 2].map { [.int($0), .null, .null] } + [[.null, .null, .null]])
  let plan = Plan.join(
    Join(left: left, right: right, kind: .lookup, keys: [(a, a)], rightColumns: [("b", "found")]))
  let result = try run(plan, threads: 2)
  #expect(rows(result).map { $0[3] } == [.int(10), .int(10), .null, .null])
  #expect(result.notes == ["1 key of the lookup has several matches; the first is taken"])
}

private func diagnostic(_ plan: Plan) -> Diagnostic? {
  do {
    _ = try run(plan, threads: 2)
  } catch {
    if case .diagnostic(let diagnostic) = error { return diagnostic }
  }
  return nil
}

@Test func sumsBeyondTheRangeAreErrorsThatNameTheColumn() throws {
  let huge = table([[.int(Int64.max), .int(1), .null], [.int(1), .int(1), .null]])
  func sum(_ argument: ScalarExpression) -> NamedAggregate {
    let call = AggregateCall(.sum, [argument], type: .int, range: SourceRange(3, 9))
    return NamedAggregate("x", call)
  }
  let error = diagnostic(huge.aggregated(by: [], [sum(a)]))
  #expect(error?.message == "the sum of 'a' is beyond the range of int")
  #expect(error?.blame == .data)
  #expect(error?.range == SourceRange(3, 9))
  // A sum that comes back into the range is none.
  let back = table([Int64.max, 1, -5].map { [.int($0), .null, .null] })
  #expect(rows(try run(back.aggregated(by: [], [sum(a)]), threads: 1)) == [[.int(Int64.max - 4)]])
  // Nor is one that nobody asks for.
  let unused = huge.aggregated(by: [], [sum(a), count("n")])
    .projected(to: [NamedExpression("n", .column(Field(name: "n", type: .int)))])
  #expect(rows(try run(unused, threads: 1)) == [[.int(2)]])
}

@Test func faultsAreErrorsOnlyWhereTheValueIsUsed() throws {
  let input = table([[.int(Int64.max), .int(0), .null], [.int(1), .int(1), .null]])
  let next = ScalarExpression.call(.add, [a, .constant(.int(1))], type: .int)
  let derived = input.extended(by: [NamedExpression("next", next)])
  #expect(diagnostic(derived)?.blame == .data)
  let kept = try run(derived.filtered(by: greater(b, 0)), threads: 2)
  #expect(rows(kept) == [[.int(1), .int(1), .null, .int(2)]])
  let counted = try run(derived.aggregated(by: [], [count("n")]), threads: 2)
  #expect(rows(counted) == [[.int(2)]])
}

@Test func takingRowsReadsNoMoreThanItMust() throws {
  let input = table(
    (0..<300_000).map { [.int(Int64($0)), .null, .null] }, segmentRows: 1 << 12)
  let workers = Workers(count: 2)
  let plan = input.filtered(by: greater(a, 10)).sliced(offset: 2, count: 3)
  let result = try evaluate(plan, EvaluationSettings(workers: workers))
  #expect(rows(result).map { $0[0] } == [.int(13), .int(14), .int(15)])
  #expect(workers.progress.done < 200_000)
}

@Test func aRequestToStopIsHeard() throws {
  let workers = Workers(count: 2)
  workers.cancellation.request()
  let plan = table([[.int(1), .null, .null]]).filtered(by: greater(a, 0))
  do {
    _ = try evaluate(plan, EvaluationSettings(workers: workers))
    Issue.record("it went on")
  } catch {
    guard case .interrupted = error else {
      Issue.record("\(error)")
      return
    }
  }
}

@Test func bindingsAreComputedOnce() throws {
  let binding = Binding(
    name: "x", plan: table([[.int(1), .null, .null]]).filtered(by: greater(a, 0)))
  let plan = Plan.union([.binding(binding), .binding(binding)])
  let result = try run(plan, threads: 1)
  #expect(result.table.rowCount == 2)
  #expect(binding.table?.rowCount == 1)
}

@Test func stepsTellRowsInTheOrderOfThePlan() throws {
  let plan = table((0..<10).map { [.int($0), .int($0 % 2), .null] })
    .filtered(by: greater(a, 3))
    .aggregated(by: [NamedExpression("b", b)], [count("n")])
  let steps = try run(plan, threads: 2).steps
  #expect(steps.count == 3 && steps[1].description == "filter a > 3")
  #expect(steps.map(\.rowCount) == [2, 6, 10])
  #expect(steps.map(\.depth) == [0, 1, 2])
  #expect(steps.map(\.way) == ["a place a key", "", ""])
}

@Test func tablesWithoutRowsGiveWhatTheyMust() throws {
  let empty = table([])
  let sums = [
    NamedAggregate("n", AggregateCall(.count, [], type: .int)),
    NamedAggregate("x", AggregateCall(.sum, [a], type: .int)),
    NamedAggregate("y", AggregateCall(.avg, [a], type: .float)),
    NamedAggregate("d", AggregateCall(.distinct, [s], type: .int)),
    NamedAggregate("m", AggregateCall(.median, [a], type: .float)),
  ]
  let result = try run(empty.aggregated(by: [], sums), threads: 2)
  #expect(rows(result) == [[.int(0), .int(0), .null, .int(0), .null]])
  #expect(
    try run(empty.aggregated(by: [NamedExpression("s", s)], sums), threads: 2).table.rowCount == 0)
  #expect(
    try run(empty.sorted(by: [SortKey(a)]), threads: 2).table.schema.names == ["a", "b", "s"])
  #expect(try run(empty.distinct(on: []), threads: 2).table.rowCount == 0)
  #expect(try run(empty.broadcasting(sums, per: [s]), threads: 2).table.rowCount == 0)
}

@Test func onlyThePlacesOfEqualBytesAreOneGroup() throws {
  let plan = table(
    ["é", "e\u{301}", "é", ""].map { [.null, .null, .string($0)] } + [[.null, .null, .null]]
  )
  .aggregated(by: [NamedExpression("s", s)], [count("n")])
  let result = try run(plan, threads: 1)
  #expect(rows(result).map { $0[1] } == [.int(2), .int(1), .int(1), .int(1)])
}
