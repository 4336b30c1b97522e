import Columns
import Plans
import Testing

@testable import Evaluating

/// -0 equals 0, and comes back as it was.
@Test func negativeZeroKeepsItsSign() throws {
  let field = Field(name: "x", type: .float)
  func aggregates(_ values: [Double], threads: Int) throws -> [Scalar] {
    let table = Table(
      name: "t", fields: [field], rows: values.map { [.float($0)] }, segmentRows: 64)
    let functions: [AggregateFunction] = [.first, .last, .min, .max, .median, .mode, .distinct]
    let calls = functions.map { function in
      NamedAggregate(
        function.rawValue,
        AggregateCall(
          function, [.column(field)], type: function == .distinct ? .int : .float))
    }
    let plan = Plan.table(table).aggregated(by: [], calls)
    return try run(plan, threads: threads).table.row(0)
  }
  func bits(_ scalars: [Scalar]) -> [UInt64] {
    scalars.dropLast().compactMap(\.number).map(\.bitPattern)
  }
  let minus = (-0.0).bitPattern
  for threads in [1, 2, 7] {
    let all = try aggregates([Double](repeating: -0.0, count: 300), threads: threads)
    #expect(bits(all) == Array(repeating: minus, count: 6))
    #expect(all.last == .int(1))
    let both = try aggregates(
      (0..<300).map { $0 % 3 == 0 ? -0.0 : 0.0 }, threads: threads)
    #expect(bits(both) == [minus, 0, minus, 0, 0, minus])
    #expect(both.last == .int(1))
  }
}
