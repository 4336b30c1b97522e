import Columns
import Plans
import Statistics
import Synchronization

/// One account of a comparison, as figures.
struct ComparedAccount: Sendable {
  let name: String
  let source: ComparedSource
  /// Its rows in the list.
  let rowCount: Int
  let counts: ClassCounts
  /// How many are fake.
  let estimate: FakeEstimate
  /// friends / max(1, followers) and days of age, of those that have them.
  private(set) var ratios = ComparedValues([])
  private(set) var ages = ComparedValues([])
  /// Followers whose posts are known, and those without any.
  private(set) var posts: (known: Int, none: Int) = (0, 0)
  /// New followers of each day from the first to the last, days of events left out; nil without times.
  private(set) var daily: [Int]?
  private(set) var spikes = 0
  /// Of the spikes that could be judged; nil where none of several could.
  var bought: (estimate: Double, low: Double, high: Double)? {
    spikes > 0 && judgedSpikes == 0 ? nil : boughtInJudged
  }
  private var judgedSpikes = 0
  private var boughtInJudged: (estimate: Double, low: Double, high: Double) = (0, 0, 0)
  private(set) var drips: (count: Int, excess: Double) = (0, 0)
  /// The people who follow it, each once.
  private(set) var people: [Int32] = []

  /// All accounts of one list; `tables` are its classes, and its spikes and drips where there are times.
  ///
  /// `persons`: those of its rows among `people`, where that matters. `readsAges`: whether ages do.
  static func all(
    _ source: ComparedSource, _ tables: [Table], _ context: AnalysisContext,
    persons: BufferSlice<Int32>? = nil, people: Int = 0, readsAges: Bool = true
  ) throws(AnalysisFailure) -> [ComparedAccount] {
    let list = tables[0]
    guard let account = list.column("#account") else { preconditionFailure("no #account") }
    let (names, numbers) = try context.textNumbers(account)
    let parts = try RowPartition(numbers, parts: names.count, context) { _ in true }
    let columns = try ComparedColumns(list, source, context)
    let counts = try ClassCounts.all(list, names, numbers, parts, context)
    let made = Mutex([ComparedAccount?](repeating: nil, count: counts.count))
    let places = Dictionary(
      uniqueKeysWithValues: zip(names.map { ExactText($0) }, names.indices))
    try context.forEach(counts.count) { index in
      guard let place = places[ExactText(counts[index].account)] else { return }
      let rows = parts.order.part(parts.rows(of: place))
      var compared = ComparedAccount(
        name: counts[index].account, source: source, rowCount: rows.count, counts: counts[index])
      compared.read(columns, rows, readsAges: readsAges)
      if let persons { compared.people = rows.people(persons, people: people) }
      if tables.count > 2 { compared.readEvents(tables[1], tables[2], columns, rows) }
      let done = compared
      made.withLock { $0[index] = done }
    }
    return made.withLock { $0.compactMap { $0 } }
  }

  /// How many follow it: the rows, or what was stated where they are a part; nil where that is not known.
  var size: Int? {
    source.isPart ? source.statedFollowers.map { Int($0) } : rowCount
  }

  /// How many of the followers a row stands for; nil where that is not known.
  var weight: Double? { source.weight(rows: rowCount) }

  /// What is not of the whole list where the rows are a part of it.
  var partNote: String {
    switch (source.selection, source.statedFollowers) {
    case (.random, nil):
      "\(name): the rows are a random sample: growth, spikes, bought and shared followers are of them "
        + "alone; stated_followers = … at loading scales the growth"
    case (.random, _):
      "\(name): the rows are a random sample: spikes, bought and shared followers are of them alone"
    default:
      "\(name): the rows are the newest: spikes, bought and shared followers are of them alone"
    }
  }

  /// How many are called fake (class 0) or suspect (1), of how many; of none where those who could be
  /// judged do not stand for all.
  func accused(_ index: Int) -> (hits: Int, of: Int) {
    counts.areMostlyJudged ? (counts.classes[index], counts.judged) : (0, 0)
  }

  private init(name: String, source: ComparedSource, rowCount: Int, counts: ClassCounts) {
    self.name = name
    self.source = source
    self.rowCount = rowCount
    self.counts = counts
    estimate = FakeEstimate(counts, source.classification)
  }

  private mutating func read(
    _ columns: ComparedColumns, _ rows: BufferSlice<Int32>, readsAges: Bool
  ) {
    ratios = ComparedValues(columns.ratios(rows))
    if readsAges { ages = ComparedValues(columns.ages(rows)) }
    guard let statuses = columns.statuses else { return }
    for place in 0..<rows.count {
      let value = statuses.pointer[Int(rows.pointer[place])]
      posts.known += value == value ? 1 : 0
      posts.none += value == 0 ? 1 : 0
    }
  }

  private mutating func readEvents(
    _ events: Table, _ segments: Table, _ columns: ComparedColumns,
    _ rows: BufferSlice<Int32>
  ) {
    var isEvent: Set<Int> = []
    for row in 0..<events.rowCount {
      let cells = events.namedRow(row)
      guard cells["account"]?.isText(name) == true, let start = cells["start"]?.integer,
        let end = cells["end"]?.integer, start <= end
      else { continue }
      isEvent.formUnion(Int(start)...Int(end))
      guard cells["kind"] == .string("spike") || cells["kind"] == .string("catch-up") else {
        continue
      }
      spikes += 1
      guard let estimate = cells["bought_est"]?.number else { continue }
      judgedSpikes += 1
      boughtInJudged.estimate += estimate
      boughtInJudged.low += cells["bought_lo"]?.number ?? 0
      boughtInJudged.high += cells["bought_hi"]?.number ?? 0
    }
    for row in 0..<segments.rowCount {
      let cells = segments.namedRow(row)
      guard cells["account"]?.isText(name) == true else { continue }
      drips.count += 1
      drips.excess += cells["excess"]?.number ?? 0
    }
    daily = columns.daily(rows, without: isEvent)
  }

  /// How many a day come outside events, with the variance of that rate by the spread of its days.
  var growth: DailyGrowth? {
    guard let daily, daily.count >= 7 else { return nil }
    let n = Double(daily.count)
    let mean = Double(daily.reduce(0, +)) / n
    let spread = daily.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / (n - 1)
    // Never less than Poisson's.
    return DailyGrowth(rate: mean, variance: max(spread, mean) / n, days: daily.count)
  }
}

/// How many followers come a day.
struct DailyGrowth {
  var rate: Double
  /// Of the rate.
  var variance: Double
  let days: Int

  /// The same where each row stands for so many; as it is where that is not known.
  func scaled(by weight: Double?) -> DailyGrowth {
    guard let weight else { return self }
    return DailyGrowth(rate: rate * weight, variance: variance * weight * weight, days: days)
  }
}

/// The columns that a comparison reads, as flat memory.
struct ComparedColumns: Sendable {
  let statuses: BufferSlice<Double>?
  private let friends: BufferSlice<Double>?
  private let followers: BufferSlice<Double>?
  private let created: BufferSlice<Int64>?
  private let days: BufferSlice<Int64>?
  private let captured: Int64

  static let names: Set<String> = [
    "#account", "#key", "#created", "#followed", "#day", "statuses", "friends", "followers",
  ]

  init(
    _ table: Table, _ source: ComparedSource, _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    func numbers(_ name: String) throws(AnalysisFailure) -> BufferSlice<Double>? {
      guard let column = table.column(name), column.type == .int || column.type == .float else {
        return nil
      }
      return try context.doubles(column)
    }
    func times(_ name: String) throws(AnalysisFailure) -> BufferSlice<Int64>? {
      guard let column = table.column(name) else { return nil }
      return try context.integers(column)
    }
    statuses = try numbers("statuses")
    friends = try numbers("friends")
    followers = try numbers("followers")
    created = try times("#created")
    days = try times("#day")
    captured = source.capturedAt ?? table.latestTime(of: ["#created", "#followed"]) ?? 0
  }

  /// friends / max(1, followers) of the rows that have both.
  func ratios(_ rows: BufferSlice<Int32>) -> [Double] {
    guard let friends, let followers else { return [] }
    var ratios: [Double] = []
    ratios.reserveCapacity(rows.count)
    for place in 0..<rows.count {
      let row = Int(rows.pointer[place])
      let (above, below) = (friends.pointer[row], followers.pointer[row])
      if above == above, below == below { ratios.append(above / max(1, below)) }
    }
    return ratios
  }

  /// Days of age of the rows where it is known.
  func ages(_ rows: BufferSlice<Int32>) -> [Double] {
    guard let created else { return [] }
    var ages: [Double] = []
    ages.reserveCapacity(rows.count)
    for place in 0..<rows.count {
      let made = created.pointer[Int(rows.pointer[place])]
      if made != .min, made <= captured {
        ages.append(Double(captured - made) / 86_400_000_000)
      }
    }
    return ages
  }

  /// New followers of each day between the first and the last of some rows, some days left out.
  func daily(_ rows: BufferSlice<Int32>, without events: Set<Int>) -> [Int]? {
    guard let days else { return nil }
    let own = rows.each { days.pointer[Int($0)] }
    // The first and the last day may be cut.
    guard let lowest = own.lazy.filter({ $0 != .min }).min(), let highest = own.max() else {
      return nil
    }
    let (first, last) = (Int(lowest), Int(highest))
    guard last - first >= 8, last - first < 100_000 else { return nil }
    var counts = [Int](repeating: 0, count: last - first + 1)
    for day in own where day != .min { counts[Int(day) - first] += 1 }
    return counts.indices.dropFirst().dropLast().filter { !events.contains($0 + first) }
      .map { counts[$0] }
  }
}

extension BufferSlice<Int32> {
  /// The people of some rows, each once.
  fileprivate func people(_ persons: BufferSlice<Int32>, people: Int) -> [Int32] {
    firstOfEach(persons, people: people).members
  }
}
