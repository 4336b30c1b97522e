import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Every window function beside its plain twin, over random tables, orders and partitions.
@Test(arguments: WindowFunction.allCases)
func randomWindowsGiveWhatThePlainEvaluatorGives(function: WindowFunction) throws {
  for seed in UInt64(0)..<24 {
    var random = Seeded(seed &* 31 &+ UInt64(function.rawValue.utf8.count))
    let count = [0, 1, 2, 64, 65, 130, 300, 700][random.below(8)]
    var rows = RandomTable.rows(count, &random)
    let inOrder = random.chance(40)
    if inOrder { rows.sort { ($0[9].integer ?? 0) < ($1[9].integer ?? 0) } }
    if random.chance(30) { rows = rows.map { $0.map { $0 == .null ? .null : $0 } } }
    let fields = RandomTable.fields
    let schema = Schema(fields)
    guard let call = RandomWindow.call(function, schema, &random) else { continue }
    let order = (0..<random.below(3)).map { _ in
      SortKey(.column(fields[random.below(10)]), isDescending: random.chance(50))
    }
    let by = inOrder ? [SortKey(.column(fields[9]))] : order
    let partition = (0..<random.below(3)).map { _ in
      ScalarExpression.column(fields[[0, 2, 3, 4, 4, 5, 6][random.below(7)]])
    }
    func plan(_ cut: Int) -> Plan {
      var forms = Seeded(seed)
      return Plan.table(RandomTable.table(rows, segmentRows: cut, &forms))
        .windowed([NamedWindow("w", call)], by: by, per: partition)
    }
    let expected = reference(plan(64))
    var first: Table?
    for running in Running.all {
      let table = try running.table(plan(running.cut))
      let found = mismatch(expected, table, agree)
      #expect(found == nil, "seed \(seed), \(running): \(plan(64).steps)")
      if let first {
        let difference = mismatch(PlainRows(first), table, identical)
        #expect(difference == nil, "seed \(seed), \(running): \(plan(64).steps)")
      }
      first = first ?? table
    }
  }
}

private func run(_ plan: Plan, threads: Int) throws -> Table {
  try evaluate(plan, EvaluationSettings(workers: Workers(count: threads), blockRows: 4096)).table
}

private func table(_ values: [Int64], segmentRows: Int = 1 << 12) -> Table {
  Table(
    name: "t", fields: [Field(name: "x", type: .int), Field(name: "p", type: .int)],
    rows: values.enumerated().map { [.int($0.element), .int(Int64($0.offset % 3))] },
    segmentRows: segmentRows)
}

private func column(_ name: String, of type: DataType = .int) -> ScalarExpression {
  .column(Field(name: name, type: type))
}

/// Long windows go by ranks, short ones by a sorted array: both must agree where both can.
@Test func rollingMedianOfLongWindows() throws {
  var random = Seeded(5)
  let values = (0..<6_000).map { _ in Int64(random.below(500)) }
  for k in [2_047, 2_048, 2_049, 5_000] {
    let calls = [
      NamedWindow("m", WindowCall(.rollingMedian, column("x"), parameter: k, type: .float)),
      NamedWindow("d", WindowCall(.rollingMAD, column("x"), parameter: k, type: .float)),
    ]
    let result = try run(
      Plan.table(table(values)).windowed(calls, by: [], per: []), threads: 2)
    for place in [0, 1, 2_046, 2_047, 2_048, 3_333, 5_000, 5_999] {
      let window = values[max(0, place + 1 - k)...place].sorted().map(Double.init)
      let median = (window[(window.count - 1) / 2] + window[window.count / 2]) / 2
      let distances = window.map { abs($0 - median) }.sorted()
      let spread = (distances[(window.count - 1) / 2] + distances[window.count / 2]) / 2
      #expect(result.row(place)[2] == .float(median), "k \(k), row \(place)")
      #expect(result.row(place)[3] == .float(spread), "k \(k), row \(place)")
    }
  }
}

/// Long partitions are cut, and stretches carried: the same for any number of threads.
@Test func manyRowsAreTheSameForAnyNumberOfThreads() throws {
  var random = Seeded(9)
  let values = (0..<300_000).map { _ in Int64(random.below(1_000_000)) }
  let input = Plan.table(table(values, segmentRows: 10_000))
  let functions: [(WindowFunction, Int?, DataType)] = [
    (.runningMax, nil, .int), (.runningMin, nil, .int), (.cumsum, nil, .int),
    (.rollingMean, 100, .float), (.rollingMedian, 9, .float), (.lag, 70_000, .int),
    (.rollingCount, 100_000, .int),
  ]
  for partition in [[], [column("p")]] {
    let plan = input.windowed(
      functions.enumerated().map { index, function in
        NamedWindow(
          "w\(index)",
          WindowCall(function.0, column("x"), parameter: function.1, type: function.2))
      }, by: [], per: partition)
    let one = try run(plan, threads: 1)
    let seven = try run(plan, threads: 7)
    var state = [Int64](repeating: Int64.min, count: 3)
    for row in 0..<values.count {
      let own = partition.isEmpty ? 0 : row % 3
      state[own] = max(state[own], values[row])
      guard row % 997 == 0 else { continue }
      #expect(one.row(row) == seven.row(row), "row \(row)")
      #expect(one.row(row)[2] == .int(state[own]), "row \(row)")
    }
  }
}

@Test func sumsThatOverflowAreErrors() throws {
  let plan = Plan.table(table([Int64.max, 1])).windowed(
    [NamedWindow("s", WindowCall(.cumsum, column("x"), type: .int))], by: [], per: [])
  #expect(throws: EvaluationFailure.self) { try run(plan, threads: 2) }
}

@Test func samplesDependOnSeedAndRowAlone() throws {
  let input = Plan.table(table(Array(0..<100_000)))
  for size in [Sampling.Size.rows(1_000), .chance(0.01), .rows(0), .rows(200_000)] {
    let plan = input.sampled(Sampling(size, seed: 1))
    let one = try run(plan, threads: 1)
    let seven = try run(plan, threads: 7)
    #expect(one.rowCount == seven.rowCount)
    let rows = (0..<one.rowCount).map { one.row($0) }
    #expect(rows == (0..<seven.rowCount).map { seven.row($0) })
    let numbers = rows.map { $0[0].integer ?? 0 }
    #expect(numbers == numbers.sorted())
    if case .rows(let count) = size { #expect(one.rowCount == min(count, 100_000)) }
    if case .chance = size { #expect((900...1_100).contains(one.rowCount)) }
  }
}
