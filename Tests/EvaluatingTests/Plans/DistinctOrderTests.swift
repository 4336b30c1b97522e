import Columns
import Plans
import Testing

@testable import Evaluating

/// Different values of columns in order, nearly in order and in none, against a set.
@Suite struct DistinctOrderTests {
  enum Order: CaseIterable {
    case rising, falling, twoLists, oneStray, none
  }

  private func values(_ order: Order, spread: Int) -> [Int64] {
    var random = Seeded(UInt64(spread))
    var values = (0..<50_000).map { _ in Int64(random.below(spread)) - Int64(spread / 2) }
    switch order {
    case .rising: values.sort()
    case .falling: values.sort(by: >)
    case .twoLists:
      values = values.prefix(20_000).sorted() + values.dropFirst(20_000).sorted()
    case .oneStray:
      values.sort()
      values[30_000] = values[3]
    case .none: break
    }
    return values
  }

  @Test(arguments: Order.allCases, [1, 20_000, 1 << 40])
  func differentValuesAreThoseOfASet(order: Order, spread: Int) throws {
    let values = values(order, spread: spread)
    let fields = [Field(name: "x", type: .int), Field(name: "y", type: .int)]
    // A column with a null has the others' values.
    let columns = [
      values.map { Scalar.int($0) }, values.enumerated().map { $0 == 9 ? .null : .int($1) },
    ].map { Column($0, of: .int, segmentRows: 4_096) }
    let table = Table(name: "t", schema: Schema(fields), columns: columns)
    let plan = Plan.table(table).aggregated(
      by: [],
      fields.map {
        NamedAggregate("d" + $0.name, AggregateCall(.distinct, [.column($0)], type: .int))
      })
    var rest = values
    rest.remove(at: 9)
    let expected = [Scalar.int(Int64(Set(values).count)), .int(Int64(Set(rest).count))]
    for threads in [1, 3] {
      #expect(try run(plan, threads: threads).table.row(0) == expected, "\(order), \(spread)")
    }
  }
}
