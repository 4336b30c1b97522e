import Calendars
import Columns
import Plans
import Testing

@testable import Verbs

/// Rows by part, by period and by time, and numbers for people, each against its plain twin.
@Suite struct FlatRowTests {
  /// Runs bodies backwards: nothing may hang on their order.
  private let context = AnalysisContext(
    zone: .utc, isCancelled: { false },
    loop: { count, body in
      for index in (0..<count).reversed() { body(index) }
      return true
    })

  private func random(_ count: Int, below limit: Int, seed: Int) -> [Int64] {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % UInt64(limit))
    }
  }

  @Test(arguments: [0, 1, 700, 300_000]) func partsHoldTheirRowsInOrder(_ count: Int) throws {
    let parts = random(count, below: 9, seed: count).map { Int32($0) - 1 }
    let partition = try RowPartition(BufferSlice(parts), parts: 8, context) { $0 % 5 != 0 }
    for part in 0..<8 {
      let plain = parts.indices.filter { parts[$0] == Int32(part) && $0 % 5 != 0 }
      let found = partition.order.part(partition.rows(of: part)).map { Int($0) }
      #expect(found == plain)
    }
    let places = BufferSlice((0..<partition.count).map { Int64($0) })
    let back = try partition.atRows(places, none: -1, context)
    for row in parts.indices {
      let place = Int(back.pointer[row])
      #expect(place < 0 ? parts[row] < 0 || row % 5 == 0 : partition.order.pointer[place] == row)
    }
  }

  @Test(arguments: [false, true], [0, 1, 700, 300_000])
  func valuesGoToTheirPlacesAndBack(_ isPart: Bool, _ count: Int) throws {
    let parts = random(count, below: 5, seed: count + 1).map { Int32($0) - 1 }
    let isThird: @Sendable (Int) -> Bool = { $0 % 3 != 1 }
    let isTaken = isPart ? isThird : nil
    let partition = try RowPartition(BufferSlice(parts), parts: 4, context, where: isTaken)
    let values = random(count, below: 1 << 40, seed: count + 2)
    let ordered = try partition.inOrder(BufferSlice(values), context)
    #expect(ordered.array == partition.order.prefix(partition.count).map { values[Int($0)] })
    let back = try partition.atRows(ordered, none: -7, context)
    let plain = values.indices.map { row in
      parts[row] >= 0 && isTaken?(row) ?? true ? values[row] : -7
    }
    #expect(back.array == plain, "\(count) rows")
  }

  enum Order: CaseIterable { case none, rising, risingWithoutNulls, fallingAtTheEnd }

  @Test(arguments: Order.allCases) func accountsHoldTheirRowsByPeriod(_ order: Order) throws {
    let numbers = random(5000, below: 4, seed: 3).map { Int32($0) - 1 }
    let hasNulls = order == .none || order == .rising
    var periods = random(5000, below: 60, seed: 4).map {
      hasNulls && $0 == 7 ? .min : Int32($0) - 20
    }
    if order != .none { periods.sort() }
    if order == .fallingAtTheEnd { periods[4999] -= 1 }
    let rows = try AccountRows(
      ["a", "b", "c", "none"], BufferSlice(numbers), periods: BufferSlice(periods), context)
    #expect(rows.accounts.map(\.name) == ["a", "b", "c"])
    for (account, own) in rows.accounts.enumerated() {
      let plain = numbers.indices.filter { numbers[$0] == Int32(account) && periods[$0] != .min }
        .sorted { (periods[$0], $0) < (periods[$1], $1) }
      #expect(own.rows.map { Int($0) } == plain)
      for period in 0..<own.periodCount {
        let inside = own.rows(in: own.first + period...own.first + period)
        #expect(inside.map { Int($0) } == plain.filter { periods[$0] == Int32(own.first + period) })
      }
    }
    #expect(rows.leftOut == numbers.indices.count { numbers[$0] < 0 || periods[$0] == .min })
  }

  @Test(arguments: 1..<6) func aListInOrderOfTimeIsLaidOutByItsRowNumbers(_ seed: Int) throws {
    let steps = random(seed == 1 ? 1_100_000 : 20_000 * seed, below: 400, seed: seed)
    var period = Int32(-40)
    let periods = steps.map { step in
      period += step == 0 ? Int32(seed) : 0
      return period
    }
    let numbers = random(periods.count, below: 5, seed: seed + 9).map { Int32($0) - 1 }
    let names = ["a", "b", "c", "d"]
    let rows = try AccountRows(names, BufferSlice(numbers), periods: BufferSlice(periods), context)
    #expect(try RisingPeriods(BufferSlice(periods), longest: 40_000, context) != nil)
    var plain = [[Int]](repeating: [], count: 4)
    for (row, number) in numbers.enumerated() where number >= 0 { plain[Int(number)].append(row) }
    for (own, rows) in zip(rows.accounts, plain) {
      let isSame = own.rows.map { Int($0) } == rows
      #expect(isSame, "seed \(seed)")
      var counts = [Int](repeating: 0, count: own.periodCount)
      for row in rows { counts[Int(periods[row]) - own.first] += 1 }
      #expect(own.counts == counts, "seed \(seed)")
    }
  }

  @Test func rowsOfTheSameColumnsArePutInOrderOnce() throws {
    let day: Int64 = 86_400_000_000
    let times = random(500, below: 90, seed: 11).map { $0 * day }
    let names = random(500, below: 3, seed: 12).map { Scalar.string("\($0)") }
    func table() -> Table {
      Table(
        name: "list",
        schema: Schema([
          Field(name: "#account", type: .string), Field(name: "#followed", type: .time),
          Field(name: "#day", type: .date),
        ]),
        columns: [
          Column(names, of: .string), Column(times.map { .time($0) }, of: .time),
          Column(times.map { .date($0 / day) }, of: .date),
        ])
    }
    let (list, other) = (table(), table())
    let rows = try context.rowsByDay(list).accounts.map(\.rows)
    let again = try context.rowsByDay(list).accounts.map(\.rows)
    let copied = try context.rowsByDay(other).accounts.map(\.rows)
    #expect(rows.map(\.pointer) == again.map(\.pointer))
    #expect(zip(rows, copied).allSatisfy { $0.pointer != $1.pointer })
    #expect(rows.map(\.array) == copied.map(\.array))
  }

  @Test(arguments: [0, 1, 9], [0, 1]) func ascendingColumnsAreTold(_ change: Int, _ by: Int64)
    throws
  {
    let times = random(600, below: 1 << 30, seed: 5).sorted()
    for (first, second) in [(0, 600), (300, 300), (200, 0), (1, 400)] {
      var own = times
      if change > 0 { own[first == 0 ? 0 : first - 1] += by << 31 }
      let column = Column(
        BufferSlice(own), of: .time, cuts: [first, second, 600 - first - second])
      #expect(try context.isAscending(column) == (own == own.sorted()), "\(first), \(second)")
    }
    #expect(try !context.isAscending(Column([.null, .int(1)], of: .int)))
    #expect(try context.isAscending(Column([], of: .int)))
  }

  @Test func textsAreFlaggedWithAndWithoutCodes() throws {
    let texts = random(900, below: 4, seed: 6).map { $0 == 3 ? nil : "\($0)" }
    let column = Column(texts.map { $0.map { .string($0) } ?? .null }, of: .string)
    let dictionary = TextDictionary(["2", "0", "1"])
    let codes = texts.map { text -> UInt8 in text.map { ["2": 0, "0": 1][$0] ?? 2 } ?? 9 }
    let coded = Column(BufferSlice(codes), in: dictionary, cuts: [1, 600, 299])
    let plain = texts.map { text -> UInt8 in text == "0" || text == "2" ? 1 : 0 }
    for column in [column, coded] {
      #expect(try context.flags(column, of: ["0", "2", "x"]).array == plain)
    }
  }

  @Test(arguments: [0, 1, 300_000, 600_000]) func zerosAreZeros(_ count: Int) throws {
    // Memory that was something else before: it is given back at once.
    _ = BufferSlice<Int64>([Int64](repeating: -1, count: count))
    let zeros: BufferSlice<Int64> = try context.zeros(count)
    #expect(zeros.count == count && zeros.elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: 1..<4) func daysAreThoseInWhichTimesLie(_ seed: Int) throws {
    let day: Int64 = 86_400_000_000
    var times = random(3000, below: 1 << 40, seed: seed).map { ($0 - 1 << 39) * 100_003 }
    times += [0, -1, day, day - 1, -day, -day - 1, .max, -1_000_000 * day]
    let cells = times.map { Scalar.time($0) } + [.null]
    for unit: Int64 in [1, 1_000_000] {
      let whole = cells.map { cell in cell.integer.map { Scalar.time($0 / unit * unit) } ?? .null }
      let column = Column(whole, of: .time)
      let segment = try #require(column.segments.first)
      for rows in [0..<cells.count, 65..<1301, 3..<4] {
        var days = [Int32](repeating: 0, count: rows.count)
        days.withUnsafeMutableBufferPointer { days in
          if let days = days.baseAddress { segment.writeUTCDays(rows, to: days) }
        }
        let plain = whole[rows].map { cell in
          cell.integer.map { Int32(($0 - (($0 % day) + day) % day) / day) } ?? .min
        }
        #expect(days == plain, "seed \(seed), rows \(rows)")
      }
    }
  }

  /// In the order of the list and out of it, read at one go and in blocks.
  @Test(arguments: [0, 90, 300_000], [true, false]) func accountsHaveTheirValues(
    _ count: Int, _ isRising: Bool
  ) throws {
    let numbers = random(count, below: 5, seed: 7).map { Int32($0) }
    let periods = random(count, below: 40, seed: 8).map { Int32($0) }
    let accounts = try AccountRows(
      (0..<5).map { "a\($0)" }, BufferSlice(numbers),
      periods: BufferSlice(isRising ? periods.sorted() : periods), context)
    let values = random(count, below: 1000, seed: 9)
    let column = Column(values.map { Scalar.int($0) }, of: .int)
    let table = Table(
      name: "t", schema: Schema([Field(name: "x", type: .int)]), columns: [column])
    let found = try AccountValues<Int64>(accounts, table, context) { block, out in
      column.segments[block.segment].writeIntegers(block.rows, to: out, null: 0)
      return UnsafePointer(out)
    }
    for (account, own) in zip(accounts.accounts, found.values) {
      #expect(own.array == account.rows.map { values[Int($0)] })
    }
    #expect(accounts.accounts.allSatisfy { $0.isInListOrder } == (isRising || count == 0))
  }

  @Test(arguments: 1..<8) func rowsAreSortedByTime(_ seed: Int) {
    var times = random(3000, below: 900, seed: seed)
    if seed > 4 { times[17] = .min }
    if seed > 5 { times[18] = .max }
    let rows = (0..<3000).filter { $0 % 3 != 0 }.map { Int32($0) }
    let shuffled = seed == 7 ? rows.reversed() : rows
    let sorted = BufferSlice(shuffled).sorted(by: BufferSlice(times))
    #expect(sorted.array == rows.sorted { (times[Int($0)], $0) < (times[Int($1)], $1) })
    #expect(sorted.rise(BufferSlice(times)))
  }

  @Test(arguments: [0, 1, 50, 40_000, 300_000]) func wholeNumbersGetDenseNumbers(_ count: Int)
    throws
  {
    var values = random(count, below: max(1, count / 2), seed: count).map { $0 &* 7_919 &- 1 << 40 }
    if count > 9 { values[9] = .min }
    let numbers = try IntegerNumbers(BufferSlice(values), context)
    var numberOf: [Int64: Int32] = [:]
    for (value, number) in zip(values, numbers.numbers.array) {
      if value == .min {
        #expect(number == -1)
      } else {
        #expect(numberOf[value] ?? number == number)
        numberOf[value] = number
      }
    }
    #expect(Set(numberOf.values) == Set((0..<numbers.count).map { Int32($0) }))
    #expect(numberOf.count == numbers.count)
  }

  @Test func peopleAreTheSameInListsOfNumbersAndOfTexts() throws {
    let ids = Column([.int(7), .null, .int(-3)], of: .int)
    let texts = Column([.string("-3"), .string("x"), .string("7")], of: .string)
    let people = try PersonNumbers([ids, texts], context)
    #expect(people.lists.map { $0.array } == [[0, -1, 1], [1, 2, 0]])
    #expect(people.count == 3)
  }

  @Test(arguments: [1, 2, 100, 5001]) func theMiddleIsThatOfSortedValues(_ count: Int) {
    let values = random(count, below: 700, seed: count).map { Double($0 - 350) / 16 }
    let rows = BufferSlice((0..<count).map { Int32($0) })
    #expect(middle(of: BufferSlice(values), rows) == values.sorted()[count / 2])
    #expect(middle(of: BufferSlice(values), BufferSlice([])) == 0)
  }

  @Test func theMiddleOfManyIsNearTheirs() {
    let values = random(200_000, below: 1_000_000, seed: 2).map { Double($0) }
    let rows = BufferSlice((0..<200_000).map { Int32($0) })
    let found = middle(of: BufferSlice(values), rows)
    #expect(abs(found - values.sorted()[100_000]) < 10_000)
  }

  @Test(arguments: [10, 40]) func periodsOfFewRowsAreNotLaidOut(_ rows: Int) {
    let periods = (0..<rows).map { Int32($0 * $0 * 50) }
    let count = Int(periods.last ?? 0) + 1
    var all = [Int](repeating: 0, count: count + 1)
    for period in periods { all[Int(period) + 1] += 1 }
    for index in 0..<count { all[index + 1] += all[index] }
    let counted = PeriodStarts(all)
    let rising = PeriodStarts(rising: BufferSlice(periods), first: 0, count: count)
    for period in 0...count {
      #expect(counted[period] == all[period] && rising[period] == all[period])
    }
  }

  @Test(arguments: [300, 10_000_000]) func thoseWhoComeTwiceCountOnce(_ people: Int) {
    let persons = random(2000, below: 300, seed: 6).map { Int32($0) - 1 }
    let rows = (0..<2000).reversed().map { Int32($0) }
    let found = BufferSlice(rows).firstOfEach(BufferSlice(persons), people: people)
    var seen: Set<Int32> = [-1]
    #expect(found.rows == rows.filter { seen.insert(persons[Int($0)]).inserted })
    #expect(found.members == found.rows.map { persons[Int($0)] })
  }
}
