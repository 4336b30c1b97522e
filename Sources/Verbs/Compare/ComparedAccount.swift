import Columns
import Statistics

/// One account of a comparison, as figures.
struct ComparedAccount {
  let name: String
  let source: ComparedSource
  /// Its rows in the list.
  let rowCount: Int
  let counts: ClassCounts
  /// friends / max(1, followers) and days of age, of those that have them.
  private(set) var ratios: [Double] = []
  private(set) var ages: [Double] = []
  /// Followers whose posts are known, and those without any.
  private(set) var posts: (known: Int, none: Int) = (0, 0)
  /// New followers of each day from the first to the last, days of events left out; nil without times.
  private(set) var daily: [Int]?
  private(set) var spikes = 0
  private(set) var bought: (estimate: Double, low: Double, high: Double) = (0, 0, 0)
  private(set) var drips: (count: Int, excess: Double) = (0, 0)
  /// The people who follow it.
  private(set) var people: Set<Int32> = []

  /// All accounts of one list; `tables` are its classes, and its spikes and drips where there are times.
  static func all(
    _ source: ComparedSource, _ tables: [Table], _ people: inout PersonNumbers
  ) -> [ComparedAccount] {
    let list = tables[0]
    guard let account = list.column("#account") else { preconditionFailure("no #account") }
    let (names, numbers) = account.textNumbers()
    var rows = [[Int]](repeating: [], count: names.count)
    for row in 0..<list.rowCount where numbers.pointer[row] >= 0 {
      rows[Int(numbers.pointer[row])].append(row)
    }
    let columns = ComparedColumns(list, source)
    let keys = list.column("#key").map { people.numbers($0) }
    let counts = ClassCounts.all(list)
    return counts.compactMap { counts in
      guard let index = names.firstIndex(of: counts.account) else { return nil }
      var compared = ComparedAccount(
        name: counts.account, source: source, rowCount: rows[index].count, counts: counts)
      compared.read(columns, rows[index], keys)
      if tables.count > 2 { compared.readEvents(tables[1], tables[2], columns, rows[index]) }
      return compared
    }
  }

  private init(name: String, source: ComparedSource, rowCount: Int, counts: ClassCounts) {
    self.name = name
    self.source = source
    self.rowCount = rowCount
    self.counts = counts
  }

  private mutating func read(_ columns: ComparedColumns, _ rows: [Int], _ keys: [Int32]?) {
    ratios = rows.compactMap { columns.ratio($0) }
    ages = rows.compactMap { columns.age($0) }
    for row in rows {
      guard let statuses = columns.statuses?.pointer[row], !statuses.isNaN else { continue }
      posts.known += 1
      posts.none += statuses == 0 ? 1 : 0
    }
    if let keys { people = Set(rows.map { keys[$0] }.filter { $0 >= 0 }) }
  }

  private mutating func readEvents(
    _ events: Table, _ segments: Table, _ columns: ComparedColumns, _ rows: [Int]
  ) {
    var isEvent: Set<Int> = []
    for row in 0..<events.rowCount {
      let cells = events.namedRow(row)
      guard cells["account"] == .string(name), let start = cells["start"]?.integer,
        let end = cells["end"]?.integer, start <= end
      else { continue }
      isEvent.formUnion(Int(start)...Int(end))
      guard cells["kind"] == .string("spike") || cells["kind"] == .string("catch-up") else {
        continue
      }
      spikes += 1
      bought.estimate += cells["bought_est"]?.number ?? 0
      bought.low += cells["bought_lo"]?.number ?? 0
      bought.high += cells["bought_hi"]?.number ?? 0
    }
    for row in 0..<segments.rowCount {
      let cells = segments.namedRow(row)
      guard cells["account"] == .string(name) else { continue }
      drips.count += 1
      drips.excess += cells["excess"]?.number ?? 0
    }
    daily = columns.daily(rows, without: isEvent)
  }

  /// How many a day come outside events, with the variance of that rate by the spread of its days.
  var growth: (rate: Double, variance: Double, days: Int)? {
    guard let daily, daily.count >= 7 else { return nil }
    let n = Double(daily.count)
    let mean = Double(daily.reduce(0, +)) / n
    let spread = daily.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / (n - 1)
    // Never less than Poisson's.
    return (mean, max(spread, mean) / n, daily.count)
  }
}

/// The columns that a comparison reads, as flat memory.
struct ComparedColumns {
  let statuses: BufferSlice<Double>?
  private let friends: BufferSlice<Double>?
  private let followers: BufferSlice<Double>?
  private let created: BufferSlice<Int64>?
  private let days: BufferSlice<Int64>?
  private let captured: Int64

  static let names: Set<String> = [
    "#account", "#key", "#created", "#followed", "#day", "statuses", "friends", "followers",
  ]

  init(_ table: Table, _ source: ComparedSource) {
    func numbers(_ name: String) -> BufferSlice<Double>? {
      table.column(name).flatMap { $0.type == .int || $0.type == .float ? $0.doubles() : nil }
    }
    statuses = numbers("statuses")
    friends = numbers("friends")
    followers = numbers("followers")
    created = table.column("#created")?.integers()
    days = table.column("#day")?.integers()
    captured = source.capturedAt ?? table.latestTime(of: ["#created", "#followed"]) ?? 0
  }

  func ratio(_ row: Int) -> Double? {
    guard let friends = friends?.pointer[row], let followers = followers?.pointer[row],
      !friends.isNaN, !followers.isNaN
    else { return nil }
    return friends / max(1, followers)
  }

  func age(_ row: Int) -> Double? {
    guard let made = created?.pointer[row], made != .min, made <= captured else { return nil }
    return Double(captured - made) / 86_400_000_000
  }

  /// New followers of each day between the first and the last of some rows, some days left out.
  func daily(_ rows: [Int], without events: Set<Int>) -> [Int]? {
    guard let days else { return nil }
    let own = rows.map { days.pointer[$0] }.filter { $0 != .min }.map { Int($0) }
    // The first and the last day may be cut.
    guard let first = own.min(), let last = own.max(), last - first >= 8, last - first < 100_000
    else { return nil }
    var counts = [Int](repeating: 0, count: last - first + 1)
    for day in own { counts[day - first] += 1 }
    return counts.indices.dropFirst().dropLast().filter { !events.contains($0 + first) }
      .map { counts[$0] }
  }
}
