import Columns
import Plans
import Testing

@testable import Evaluating

/// Joins of few left rows with many right ones, which are dropped before they are collected.
@Suite struct FewLeftRows {
  let key = Field(name: "key", type: .int)
  let mark = Field(name: "mark", type: .int)

  private func table(_ keys: [Int64?]) -> Table {
    let columns = [
      Column(keys.map { $0.map { .int($0) } ?? .null }, of: .int, segmentRows: 9_000),
      Column(keys.indices.map { .int(Int64($0)) }, of: .int, segmentRows: 9_000),
    ]
    return Table(name: "t", schema: Schema([key, mark]), columns: columns)
  }

  /// With an even seed the keys of the right are different ones.
  @Test(arguments: [Join.Kind.inner, .left, .semi, .anti, .lookup], [UInt64(1), 2, 3, 4])
  func joinsFindAllPairs(kind: Join.Kind, seed: UInt64) throws {
    var random = Seeded(seed)
    let left = (0..<20_000).map { _ in random.chance(3) ? nil : Int64(random.below(300_000)) }
    let right = (0..<150_000).map { row in
      random.chance(3)
        ? nil : Int64(seed % 2 == 0 ? row * 7_001 % 150_000 : random.below(300_000))
    }
    let chosen = 500
    // Of the left only the first rows: how many that will be is not known before they are read.
    let few = Plan.table(table(left)).filtered(
      by: .call(
        .less, [.column(mark), .constant(.int(Int64(chosen)), type: .int)], type: .bool))
    let many = Plan.table(table(right)).projected(to: [
      NamedExpression("key", .column(key)), NamedExpression("other", .column(mark)),
    ])
    let isPair = kind != .semi && kind != .anti
    let plan = Plan.join(
      Join(
        left: few, right: many, kind: kind, keys: [(.column(key), .column(key))],
        rightColumns: isPair ? [("other", "other")] : []))
    var matches: [Int64: [Int64]] = [:]
    for (row, key) in right.enumerated() {
      if let key { matches[key, default: []].append(Int64(row)) }
    }
    var expected: [[Scalar]] = []
    for row in 0..<chosen {
      let found = left[row].flatMap { matches[$0] } ?? []
      let own: [Scalar] = [left[row].map { .int($0) } ?? .null, .int(Int64(row))]
      switch kind {
      case .semi: if !found.isEmpty { expected.append(own) }
      case .anti: if found.isEmpty { expected.append(own) }
      default:
        let wanted = kind == .lookup ? found.prefix(1) : found[...]
        expected += wanted.map { own + [.int($0)] }
        if found.isEmpty && kind != .inner { expected.append(own + [.null]) }
      }
    }
    let result = try run(plan, threads: 3).table
    #expect((0..<result.rowCount).map { result.row($0) } == expected, "seed \(seed)")
  }

  private func rows(_ plan: Plan) throws -> [[Scalar]] {
    let table = try run(plan, threads: 3).table
    return (0..<table.rowCount).map { table.row($0) }
  }

  /// The first rows of many, under the names of each other.
  private func fewSwapped(_ random: inout Seeded) -> Plan {
    let keys = (0..<20_000).map { _ in random.chance(3) ? nil : Int64(random.below(300_000)) }
    return Plan.table(table(keys)).filtered(
      by: .call(.less, [.column(mark), .constant(.int(700), type: .int)], type: .bool)
    ).projected(to: [NamedExpression("mark", .column(key)), NamedExpression("key", .column(mark))])
  }

  /// Columns that change their names are not mistaken for each other.
  @Test func namesAreThoseOfTheLeft() throws {
    var random = Seeded(9)
    let left = fewSwapped(&random)
    let right = Plan.table(table((0..<150_000).map { Int64($0 * 7_001 % 150_000) }))
    func plan(_ right: Plan) -> Plan {
      .join(
        Join(
          left: left, right: right, kind: .inner, keys: [(.column(mark), .column(key))],
          rightColumns: [("mark", "other")]))
    }
    let narrow = right.projected(
      to: right.schema.fields.map { NamedExpression($0.name, .column($0)) })
    let found = try rows(plan(narrow))
    #expect(found.count > 100)
    #expect(found == (try rows(plan(right))))
  }

  /// Keys are read before the rows are joined, and what cannot be converted is counted once all the same.
  @Test func lossesAreCountedOnce() throws {
    let texts = (0..<20_000).map { row -> Scalar in .string(row < 50 ? "1" : "no number") }
    let fields = [key, Field(name: "text", type: .string)]
    let left = Table(
      name: "t", schema: Schema(fields),
      columns: [
        Column((0..<20_000).map { .int($0) }, of: .int, segmentRows: 9_000),
        Column(texts, of: .string, segmentRows: 9_000),
      ])
    let number = ScalarExpression.call(.toInt, [.column(fields[1])], type: .int)
    let few = Plan.table(left).filtered(
      by: .call(.equal, [number, .constant(.int(1))], type: .bool))
    let right = Plan.table(table((0..<150_000).map { Int64($0) })).projected(to: [
      NamedExpression("key", .column(key))
    ])
    let join = Plan.join(
      Join(
        left: few, right: right, kind: .inner, keys: [(.column(key), .column(key))],
        rightColumns: []))
    let result = try run(join, threads: 2)
    #expect(result.table.rowCount == 50)
    #expect(result.notes.contains { $0.hasPrefix("19950 values") }, "\(result.notes)")
  }

  /// Groups, different rows and unions, of which the left asks for few, are those of all rows.
  @Test(arguments: [Join.Kind.inner, .left, .semi, .anti, .lookup], 0..<6)
  func groupsAreThoseOfAllRows(kind: Join.Kind, shape: Int) throws {
    var random = Seeded(UInt64(shape))
    let left = fewSwapped(&random)
    let many = Plan.table(
      table((0..<150_000).map { _ in random.chance(3) ? nil : Int64(random.below(300_000)) })
    ).filtered(
      by: .call(.notEqual, [.column(mark), .constant(.int(5), type: .int)], type: .bool))
    let groups = many.aggregated(
      by: [
        NamedExpression("id", .column(key)),
        NamedExpression("key", .call(.isNull, [.column(key)], type: .bool)),
      ],
      [
        NamedAggregate("n", AggregateCall(.count, [], type: .int)),
        NamedAggregate("mark", AggregateCall(.max, [.column(mark)], type: .int)),
      ])
    let id = Field(name: "id", type: .int)
    let named = many.projected(to: [
      NamedExpression("id", .column(key)), NamedExpression("mark", .column(mark)),
    ])
    let right =
      [
        groups, named.distinct(on: [.column(id)]), Plan.union([named, groups]),
        groups.projected(to: [
          NamedExpression("id", .column(id)), NamedExpression("mark", .column(mark)),
        ]),
        Plan.union([groups, named]).distinct(on: [.column(id), .column(mark)]),
        groups.distinct(on: []),
      ][shape]
    let isPair = kind != .semi && kind != .anti
    func plan(_ right: Plan) -> Plan {
      .join(
        Join(
          left: left, right: right, kind: kind, keys: [(.column(mark), .column(id))],
          rightColumns: isPair ? [("mark", "other")] : []))
    }
    let narrowed = try rows(plan(right))
    #expect(!narrowed.isEmpty)
    #expect(narrowed == (try rows(plan(.table(run(right, threads: 2).table)))))
    let steps = try run(plan(right), threads: 2).steps.map(\.description)
    #expect(steps.contains { $0.contains("semi") } || kind == .semi, "\(steps)")
  }

  /// What is counted for notes and what may be an error is computed of all rows.
  @Test func groupsThatMayFailAreOfAllRows() throws {
    var random = Seeded(3)
    let left = fewSwapped(&random)
    let many = Plan.table(table((0..<150_000).map { Int64($0) }))
    let id = Field(name: "id", type: .int)
    let text = ScalarExpression.call(.toString, [.column(mark)], type: .string)
    for argument in [
      ScalarExpression.call(.multiply, [.column(mark), .constant(.int(.max))], type: .int),
      .call(.toInt, [.call(.add, [text, .constant(.string("x"))], type: .string)], type: .int),
    ] {
      let groups = many.aggregated(
        by: [NamedExpression("id", .column(key))],
        [NamedAggregate("m", AggregateCall(.max, [argument], type: .int))])
      let plan = Plan.join(
        Join(
          left: left, right: groups, kind: .inner, keys: [(.column(mark), .column(id))],
          rightColumns: [("m", "m")]))
      do {
        let notes = try run(plan, threads: 2).notes
        #expect(notes.contains { $0.hasPrefix("150000 values") }, "\(notes)")
      } catch {
        #expect("\(error)".contains("overflow"))
      }
    }
  }
}
