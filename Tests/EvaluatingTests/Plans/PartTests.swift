import Columns
import Plans
import Tasks
import Testing

@testable import Evaluating

/// Groups and joins part by part give what those of one table give, in the same order.
@Suite struct Parts {
  let id = Field(name: "id", type: .int)
  let wide = Field(name: "wide", type: .int)
  let at = Field(name: "at", type: .time)
  let name = Field(name: "name", type: .string)
  let code = Field(name: "code", type: .string)
  let flag = Field(name: "flag", type: .bool)
  let size = Field(name: "size", type: .float)

  private var fields: [Field] { [id, wide, at, name, code, flag, size] }

  /// Rows with keys of every kind, some null; `code` is kept as codes of one dictionary.
  private func table(_ rows: Int, seed: UInt64) -> Table {
    var random = Seeded(seed)
    let codes = TextDictionary(["en", "es", "a longer one", ""])
    func cells(_ make: (inout Seeded) -> Scalar) -> [Scalar] {
      (0..<rows).map { _ in random.chance(10) ? .null : make(&random) }
    }
    var columns = [
      Column(cells { .int(Int64($0.below(300)) << 20) }, of: .int, segmentRows: 128),
      Column(cells { .int(Int64($0.below(20)) << 58) }, of: .int, segmentRows: 128),
      days(rows, &random),
      Column(
        cells { .string(String(repeating: "x", count: $0.below(30)) + String($0.below(9))) },
        of: .string, segmentRows: 128),
    ]
    let segments = stride(from: 0, to: rows, by: 128).map { start in
      let bytes = (start..<min(rows, start + 128)).map { _ in UInt8(random.below(4)) }
      return Segment(rowCount: bytes.count, values: .codes8(BufferSlice(bytes), codes))
    }
    columns.append(Column(type: .string, segments: segments))
    columns.append(Column(cells { .bool($0.chance(50)) }, of: .bool, segmentRows: 128))
    columns.append(
      Column(cells { .float([0.0, -0.0, 1.5, .nan][$0.below(4)]) }, of: .float, segmentRows: 128))
    return Table(name: "t", schema: Schema(fields), columns: columns)
  }

  /// Times that are kept as whole seconds.
  private func days(_ rows: Int, _ random: inout Seeded) -> Column {
    let segments = stride(from: 0, to: rows, by: 128).map { start in
      let seconds = (start..<min(rows, start + 128)).map { _ in Int32(random.below(50)) * 86_400 }
      let present = seconds.map { _ in UInt8(random.chance(90) ? 1 : 0) }
      return Segment(
        rowCount: seconds.count, values: .int32(BufferSlice(seconds)), scale: 1_000_000,
        validity: present.withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    return Column(type: .time, segments: segments)
  }

  private func evaluator(threads: Int, inParts: Bool) -> Evaluator {
    var limits = Evaluator.Limits()
    // Without parts, what the workers have found is put together by hash, on all of them.
    limits.smallGroups = 0
    limits.scatteredRows = inParts ? 0 : Int.max
    limits.manyKeys = 0
    limits.partRows = 20
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: 64)
    return Evaluator(settings, limits: limits)
  }

  private func rows(_ plan: Plan, threads: Int, inParts: Bool) throws -> [[String]] {
    let table = try evaluator(threads: threads, inParts: inParts).table(
      plan, needing: nil, depth: 0)
    return (0..<table.rowCount).map { row in table.row(row).map { "\($0)" } }
  }

  private func isLong(_ text: Field) -> ScalarExpression {
    .call(.greater, [.column(text), .constant(.string("xxxx"))], type: .bool)
  }

  private func aggregates(_ value: Field, _ text: Field) -> [NamedAggregate] {
    [
      NamedAggregate("n", AggregateCall(.count, [], type: .int)),
      NamedAggregate("s", AggregateCall(.sum, [.column(value)], type: .int)),
      NamedAggregate("f", AggregateCall(.first, [.column(text)], type: .string)),
      NamedAggregate("l", AggregateCall(.last, [.column(text)], type: .string)),
      NamedAggregate("m", AggregateCall(.max, [.column(text)], type: .string)),
      NamedAggregate("a", AggregateCall(.avg, [.column(value)], type: .float)),
      NamedAggregate("d", AggregateCall(.stddev, [.column(value)], type: .float)),
      NamedAggregate("h", AggregateCall(.share, [isLong(text)], type: .float)),
    ]
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func groups(seed: UInt64) throws {
    let table = table(900, seed: seed)
    var random = Seeded(seed &+ 99)
    let keys = fields.filter { _ in random.chance(40) }
    let plan = Plan.table(table).aggregated(
      by: keys.map { NamedExpression($0.name + "_", .column($0)) },
      aggregates(id, name) + [
        NamedAggregate("c", AggregateCall(.distinct, [.column(code)], type: .int)),
        NamedAggregate("b", AggregateCall(.distinct, [.column(flag)], type: .int)),
      ]
        + [wide, at, size, name].map {
          NamedAggregate("d " + $0.name, AggregateCall(.distinct, [.column($0)], type: .int))
        })
    let expected = try rows(plan, threads: 1, inParts: false)
    for threads in [1, 2, 7] {
      #expect(try rows(plan, threads: threads, inParts: true) == expected, "seed \(seed), \(keys)")
    }
  }

  /// Alone, different texts are counted by groups of the keys and the text.
  @Test(arguments: 0..<12 as Range<UInt64>) func differentTexts(seed: UInt64) throws {
    let table = table(seed == 11 ? 0 : 900, seed: seed)
    let keys = [[], [code], [id], [name], [flag, at]][Int(seed % 5)]
    let distinct = NamedAggregate("d", AggregateCall(.distinct, [.column(name)], type: .int))
    let plan = Plan.table(table).aggregated(
      by: keys.map { NamedExpression($0.name + "_", .column($0)) }, [distinct])
    let expected = try rows(plan, threads: 1, inParts: false)
    for threads in [1, 2, 7] {
      #expect(try rows(plan, threads: threads, inParts: true) == expected, "seed \(seed), \(keys)")
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func numbersOfGroups(seed: UInt64) throws {
    let table = table(seed == 11 ? 0 : 900, seed: seed)
    let keys = [[id], [name], [code, name], [flag, at], [size], [wide, id]][Int(seed % 6)]
    func numbers(threads: Int, inParts: Bool) throws -> [Int64] {
      let column = try evaluator(threads: threads, inParts: inParts).groupNumbers(
        table, keys.map { .column($0) })
      #expect(column.segments.map(\.rowCount) == table.segmentRowCounts)
      let numbers = column.integers
      return withExtendedLifetime(numbers) { Array(numbers.elements) }
    }
    let expected = try numbers(threads: 1, inParts: false)
    for threads in [1, 2, 7] {
      #expect(try numbers(threads: threads, inParts: true) == expected, "seed \(seed), \(keys)")
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func firstRowsOfGroups(seed: UInt64) throws {
    let table = table(seed == 7 ? 20_000 : 900, seed: seed)
    let partition = [[id], [name], [wide, flag], [at]][Int(seed % 4)]
    let keys = [[size], [flag, name], [id, at], [code, size, name]][Int(seed / 2)].map {
      SortKey(.column($0), isDescending: $0.name != "id")
    }
    for count in [1, 2, 20] {
      let plan = Plan.table(table).top(
        count, by: keys, per: partition.map { .column($0) })
      let expected = try rows(plan, threads: 1, inParts: false)
      for (threads, inParts) in [(2, false), (7, false), (1, true), (2, true), (7, true)] {
        let found = try rows(plan, threads: threads, inParts: inParts)
        #expect(found == expected, "seed \(seed), \(count) rows, \(threads) threads, \(inParts)")
      }
    }
  }

  @Test(arguments: [false, true]) func stepsTellWhetherTheyWentByParts(inParts: Bool) throws {
    let table = table(900, seed: 3)
    let key = [NamedExpression("k", .column(wide))]
    let join = Join(
      left: .table(table), right: .table(table), kind: .inner,
      keys: [(.column(name), .column(name))], rightColumns: [("name", "name_r")])
    let plan = Plan.join(join).aggregated(
      by: key, aggregates(id, Field(name: "name_r", type: .string)))
    let evaluator = evaluator(threads: 2, inParts: inParts)
    _ = try evaluator.table(plan, needing: nil, depth: 0)
    let ways = evaluator.steps.steps.prefix(2).map(\.way)
    #expect(ways.allSatisfy { $0.hasSuffix("parts by hash") == inParts }, "\(ways)")
    #expect(inParts || ways == ["a hash table", "a table of the right side"], "\(ways)")
  }

  /// Of a right side that few rows pass no parts are made.
  @Test(arguments: [false, true]) func fewRowsOfTheRightNeedNoParts(areFew: Bool) throws {
    let table = table(2_000, seed: 5)
    let bound: Int64 = areFew ? 3 << 20 : 200 << 20
    let right = Plan.table(table).filtered(
      by: .call(.less, [.column(id), .constant(.int(bound))], type: .bool))
    let join = Join(
      left: .table(table), right: right, kind: .inner, keys: [(.column(id), .column(id))],
      rightColumns: [("name", "name_r")])
    let plan = Plan.join(join).aggregated(
      by: [], aggregates(id, Field(name: "name_r", type: .string)))
    var limits = Evaluator.Limits()
    limits.scatteredRows = 1_000
    let settings = EvaluationSettings(workers: Workers(count: 2), blockRows: 64)
    let evaluator = Evaluator(settings, limits: limits)
    let found = try evaluator.table(plan, needing: nil, depth: 0)
    let ways = evaluator.steps.steps.map(\.way)
    #expect(ways.contains("a table of the right side") == areFew, "\(ways)")
    let plain = try self.evaluator(threads: 1, inParts: false).table(plan, needing: nil, depth: 0)
    #expect("\(found.row(0))" == "\(plain.row(0))")
  }

  @Test(arguments: [Join.Kind.inner, .left, .lookup], 0..<8 as Range<UInt64>)
  func joins(kind: Join.Kind, seed: UInt64) throws {
    let (left, right) = (table(500, seed: seed), table(300, seed: seed &+ 1000))
    let keys = [[id], [name], [at, name], [size, flag], [wide, id], [code, id]][Int(seed % 6)]
    let join = Plan.join(
      Join(
        left: .table(left), right: .table(right), kind: kind,
        keys: keys.map { (.column($0), .column($0)) },
        rightColumns: fields.map { ($0.name, $0.name + "_r") }))
    let (value, text) = (Field(name: "id_r", type: .int), Field(name: "name_r", type: .string))
    let flags = [flag, Field(name: "flag_r", type: .bool)].map {
      NamedExpression($0.name, .column($0))
    }
    let plan = join.aggregated(by: flags, aggregates(value, text))
    let expected = try rows(plan, threads: 1, inParts: false)
    for threads in [1, 2, 7] {
      #expect(try rows(plan, threads: threads, inParts: true) == expected, "seed \(seed), \(keys)")
    }
  }

  /// Both sides the same rows, whole or with columns computed, under the same key or another.
  @Test(arguments: [Join.Kind.inner, .left, .lookup], 0..<8 as Range<UInt64>)
  func joinsOfATableWithItself(kind: Join.Kind, seed: UInt64) throws {
    let table = table(400, seed: seed)
    let key = [id, name, at, wide][Int(seed % 4)]
    let other = seed < 6 ? key : key.name == "id" ? wide : id
    let turned = seed % 3 == 2 ? [NamedExpression("two", .constant(.int(2)))] : []
    let left = Plan.table(table).projected(
      to: [id, wide, at, name, flag].map { NamedExpression($0.name, .column($0)) } + turned)
    let join = Plan.join(
      Join(
        left: left, right: .table(table), kind: kind,
        keys: [(.column(key), .column(other.type == key.type ? other : key))],
        rightColumns: [id, name, flag].map { ($0.name, $0.name + "_r") }))
    let (value, text) = (Field(name: "id_r", type: .int), Field(name: "name_r", type: .string))
    let flags = [flag, Field(name: "flag_r", type: .bool)].map {
      NamedExpression($0.name, .column($0))
    }
    let plan = join.aggregated(
      by: flags,
      aggregates(value, text)
        + aggregates(id, name).map {
          NamedAggregate($0.name + "_l", $0.call)
        })
    let expected = try rows(plan, threads: 1, inParts: false)
    for threads in [1, 2, 7] {
      #expect(try rows(plan, threads: threads, inParts: true) == expected, "seed \(seed)")
    }
  }

  /// Two tables may share memory and still say other things of it.
  @Test(arguments: [0, 1, 2]) func tablesThatShareMemoryNeedNotBeTheSame(column: Int) throws {
    let keys = BufferSlice((0..<200).map { Int64($0 % 90) })
    let codes = BufferSlice((0..<200).map { UInt8($0 % 3) })
    let present = (0..<200).map { UInt8($0 % 5 == 0 ? 0 : 1) }
    let nulls = present.withUnsafeBufferPointer { Bitmap(bytes: $0) }
    func table(_ isOther: Bool) -> Table {
      let words = isOther && column == 0 ? ["x", "y", "z"] : ["a", "b", "c"]
      let validity = isOther && column == 1 ? nulls : nil
      return Table(
        name: "t", schema: Schema([id, code]),
        columns: [
          Column(type: .int, segments: [Segment(rowCount: 200, values: .int64(keys))]),
          Column(
            type: .string,
            segments: [
              Segment(
                rowCount: 200, values: .codes8(codes, TextDictionary(words)), validity: validity)
            ]),
        ])
    }
    let one = table(false)
    let join = Join(
      left: .table(one), right: .table(column == 2 ? one : table(true)), kind: .inner,
      keys: [(.column(id), .column(id))], rightColumns: [("code", "code_r")])
    let plan = Plan.join(join).aggregated(
      by: [code, Field(name: "code_r", type: .string)].map {
        NamedExpression($0.name, .column($0))
      },
      [NamedAggregate("n", AggregateCall(.count, [], type: .int))])
    let expected = try rows(plan, threads: 1, inParts: false)
    #expect(try rows(plan, threads: 2, inParts: true) == expected)
  }
}
