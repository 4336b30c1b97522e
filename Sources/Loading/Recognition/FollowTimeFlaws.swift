import Calendars
import Columns
import Glibc
import Tasks

/// Follow times that cannot be ones, which nothing that goes by time may read.
///
/// Impossible is a time before the platform began, in the future, or more than a day before the account signed
/// up (days and zones leave as much open). And where a tenth of the list and more carries the very first time,
/// ten times what came on a later day, that is when the list was first read, and not when these followed; lists of
/// several accounts, and of days alone, do not tell. Where more than a twentieth is impossible, the column says
/// something else, and is left as it is. O(rows).
struct FollowTimeFlaws {
  private(set) var possible: PossibleTimes?
  private(set) var warnings: [String] = []

  /// Nothing is known.
  init() {}

  init(_ table: Table, _ properties: TableProperties, workers: Workers) throws {
    guard let followed = table.column("followed_at"),
      followed.type == .time || followed.type == .date
    else { return }
    let now = max(Int64(time(nil)) * 1_000_000, properties.capturedAt ?? .min)
    let unit = followed.type == .date ? FollowTimeTally.day : 1
    let range =
      Self.start(of: properties.platform) / unit...(now + FollowTimeTally.day) / unit
    let created = table.column("created_at").flatMap { $0.type == .time ? $0 : nil }
    let tallies = try workers.map(followed.segments.count) { _, index in
      FollowTimeTally(followed.segments[index], created?.segments[index], range, unit: unit)
    }
    let all = tallies.reduce(into: FollowTimeTally()) { $0.add($1) }
    let isOneList = (table.column("account")?.sharedDictionary?.count ?? 1) <= 1
    judge(all, followed.type, range, unit: unit, isOneList: isOneList)
  }

  /// When the platform took its first members; of one that is not known, the first of those there still are.
  private static func start(of platform: TableProperties.Platform) -> Int64 {
    platform == .twitter ? 1_142_899_200_000_000 : 1_041_379_200_000_000
  }

  private mutating func judge(
    _ tally: FollowTimeTally, _ type: DataType, _ range: ClosedRange<Int64>, unit: Int64,
    isOneList: Bool
  ) {
    guard tally.known > 0 else { return }
    var range = range
    let impossible =
      "followed_at: \(grouped(tally.impossible)) of \(grouped(tally.known)) not possible (before the "
      + "account signed up or the platform began, or in the future): "
    if tally.impossible * 20 > tally.known {
      warnings.append(impossible + "is it when they followed?")
      return
    }
    if tally.impossible > 0 { warnings.append(impossible + "left out of what goes by time") }
    if isOneList, let first = tally.first, tally.isFirstReading(unit: unit) {
      let text =
        type == .date ? formatDate(days: Int(first)) : formatTime(micros: first, zone: .utc)
      warnings.append(
        "followed_at: \(grouped(tally.firstCount)) of \(grouped(tally.known)) rows carry the first time, "
          + "\(text): when the list was first read, so left out of what goes by time")
      range = (first + 1)...max(first + 1, range.upperBound)
    } else if tally.impossible == 0 {
      return
    }
    possible = PossibleTimes(type: type, range: range)
  }
}

/// What the follow times of some rows are.
private struct FollowTimeTally: Sendable {
  static let day: Int64 = 86_400_000_000
  /// Of an hour: the steps of zones.
  private static let quarter: Int64 = 900_000_000

  private(set) var known = 0
  private(set) var impossible = 0
  /// The first and the last of those that are possible, and how many rows carry the first.
  private(set) var first: Int64?
  private(set) var firstCount = 0
  private var last = Int64.min
  /// Whether all times are dates in some zone: of a day it cannot be told whether all came at once.
  private var isByDay = true

  init() {}

  /// Takes a segment and when its rows signed up, in microseconds; `unit`: how many of these are one.
  init(_ followed: Segment, _ created: Segment?, _ range: ClosedRange<Int64>, unit: Int64) {
    let created = created.flatMap { Self.mayBeLater($0, than: followed, unit: unit) ? $0 : nil }
    let signUps = created?.integers()
    let validity = followed.validity
    for (row, time) in followed.integers().enumerated() where validity?[row] ?? true {
      known += 1
      var isPossible = range.contains(time)
      // Under a null stands any number: it is asked for where that matters, which is seldom.
      if isPossible, let signUps, signUps[row] > time * unit + Self.day {
        isPossible = created?.isNull(at: row) ?? true
      }
      guard isPossible else {
        impossible += 1
        continue
      }
      add(time, count: 1)
      last = max(last, time)
      isByDay = isByDay && (time * unit).isMultiple(of: Self.quarter)
    }
  }

  mutating func add(_ other: FollowTimeTally) {
    known += other.known
    impossible += other.impossible
    last = max(last, other.last)
    isByDay = isByDay && other.isByDay
    if let first = other.first { add(first, count: other.firstCount) }
  }

  /// Whether the first time is that of a first reading of the list.
  func isFirstReading(unit: Int64) -> Bool {
    guard let first, !isByDay, firstCount >= 50, firstCount * 10 >= known else { return false }
    let days = Double(last - first) * Double(unit) / Double(Self.day)
    return Double(firstCount) >= 10 * Double(known - firstCount) / max(1, days)
  }

  @inline(__always)
  private mutating func add(_ time: Int64, count: Int) {
    if let first, time > first { return }
    firstCount = time == first ? firstCount + count : count
    first = time
  }

  /// Whether a row can have signed up more than a day after it followed, as far as bounds tell.
  private static func mayBeLater(_ created: Segment, than followed: Segment, unit: Int64) -> Bool {
    guard let latest = created.statistics.integerRange?.upperBound,
      let earliest = followed.statistics.integerRange?.lowerBound
    else { return false }
    return latest - day > earliest.multipliedReportingOverflow(by: unit).partialValue
  }
}
