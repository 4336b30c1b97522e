import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// What is kept of a binding: the columns that an evaluation reads, then all.
@Suite struct KeptBindingTests {
  private let fields = [
    Field(name: "a", type: .int), Field(name: "b", type: .int), Field(name: "c", type: .int),
  ]

  private func binding() -> Binding {
    let rows: [[Scalar]] = (0..<500).map { row in
      [.int(row % 7), .int(row), .int(row * 2)]
    }
    let table = Plan.table(Table(name: "t", fields: fields, rows: rows, segmentRows: 64))
    let condition = ScalarExpression.call(
      .less, [.column(fields[0]), .constant(.int(3))], type: .bool)
    return Binding(name: "kept", plan: table.filtered(by: condition))
  }

  private func sum(_ name: String, of binding: Binding) -> Plan {
    let column = ScalarExpression(.column(name), type: .int)
    return Plan.binding(binding).projected(to: [NamedExpression(name, column)])
      .aggregated(by: [], [NamedAggregate("s", AggregateCall(.sum, [column], type: .int))])
  }

  private func total(_ factor: Int64) -> [Scalar] {
    [.int((0..<500).filter { $0 % 7 < 3 }.reduce(0) { $0 + Int64($1) * factor })]
  }

  @Test func columnsThatAreReadAreKeptAndThenAll() throws {
    let binding = binding()
    #expect(try run(sum("b", of: binding), threads: 2).table.row(0) == total(1))
    #expect(binding.table(with: ["b"])?.schema.names == ["b"])
    #expect(binding.table(with: ["c"]) == nil && binding.table == nil && binding.isKept)
    #expect(try run(sum("c", of: binding), threads: 2).table.row(0) == total(2))
    #expect(binding.table?.schema.names == ["a", "b", "c"])
    binding.forget()
    #expect(!binding.isKept)
  }

  @Test func allPlacesOfAPlanAreReadAtOnce() throws {
    let binding = binding()
    let both = Plan.union([sum("b", of: binding), sum("c", of: binding)])
    let table = try run(both, threads: 2).table
    #expect([table.row(0), table.row(1)] == [total(1), total(2)])
    #expect(binding.table(with: ["b", "c"])?.schema.names == ["b", "c"])
    #expect(binding.table == nil)
  }

  @Test func laterPlansAreAskedToo() throws {
    let binding = binding()
    var settings = EvaluationSettings(workers: Workers(count: 2))
    settings.keeping = .columnsRead(later: [sum("c", of: binding)])
    _ = try evaluate(sum("b", of: binding), settings)
    #expect(binding.table(with: ["b", "c"]) != nil)
    binding.forget()
    settings.keeping = .all
    _ = try evaluate(sum("b", of: binding), settings)
    #expect(binding.table != nil)
  }

  @Test func bindingsArePlannedWhenTheyAreComputed() throws {
    let binding = binding()
    var settings = EvaluationSettings(workers: Workers(count: 1))
    settings.planning = { plan, columns in
      #expect(columns == ["b"])
      return plan.sliced(count: 1)
    }
    #expect(try evaluate(sum("b", of: binding), settings).table.row(0) == [.int(0)])
  }
}
