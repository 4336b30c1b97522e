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

/// The commonest value of several groups: both zeros are one, that of the first row.
@Test(arguments: [2, 6]) func commonestZeroOfGroupsKeepsItsSign(groups: Int) throws {
  let (key, field) = (Field(name: "k", type: .int), Field(name: "x", type: .float))
  let rows = (0..<600).map { row -> [Scalar] in
    let group = row % groups
    let values = group.isMultiple(of: 2) ? [-0.0, 0.0, 1.5] : [0.0, 1.5, -0.0]
    return [.int(Int64(group)), .float(values[row / groups % 3])]
  }
  let table = Table(name: "t", fields: [key, field], rows: rows, segmentRows: 64)
  let plan = Plan.table(table).aggregated(
    by: [NamedExpression("k", .column(key))],
    [NamedAggregate("m", AggregateCall(.mode, [.column(field)], type: .float))])
  for threads in [1, 3] {
    let found = try run(plan, threads: threads).table
    for group in 0..<groups {
      let expected = group.isMultiple(of: 2) ? -0.0 : 0.0
      #expect(found.row(group)[1].number?.bitPattern == expected.bitPattern, "group \(group)")
    }
  }
}
