import Columns
import Statistics

/// What is known of how much followers do, read block by block.
struct ActivityColumns: Sendable {
  private let engaged: Column?
  private let lastStatus: Column?
  /// Posts and likes.
  private let counts: [(column: ProfileColumn, values: Column)]
  private let created: Column?
  private let captured: Int64

  /// Posted within so many days: active.
  private static let recentDays: Int64 = 180
  /// Posts or likes a day from which a follower counts as active.
  private static let activeRate = 0.1
  private static let day: Int64 = 86_400_000_000

  /// The columns that an activity is read from.
  static let names: Set<String> = [
    "#engaged", "#last_status", "#created", "statuses", "favourites",
  ]

  init(_ table: Table, captured: Int64) {
    engaged = table.column("#engaged")
    lastStatus = table.column("#last_status")
    counts = [(.statuses, "statuses"), (.favourites, "favourites")].compactMap { column, name in
      table.column(name).flatMap { $0.type.isNumeric ? (column, $0) : nil }
    }
    created = table.column("#created")
    self.captured = captured
  }

  /// The activity of each row of a block.
  func activities(_ block: RowBlock) -> [ClassTable.Activity.RawValue] {
    activities(
      block, created.map { AccountLives($0.integers(block), until: captured) }, numbers: nil)
  }

  /// The activity of each row of a block of which lives, and some numbers, are known already.
  func activities(
    _ block: RowBlock, _ lives: AccountLives?, numbers: ProfileNumbers?
  ) -> [ClassTable.Activity.RawValue] {
    var signs = ActivitySigns(count: block.count)
    if let lastStatus {
      signs.addTimes(
        lastStatus.integers(block), since: captured - Self.recentDays * Self.day)
    }
    if let lives {
      for (column, values) in counts {
        signs.addRates(numbers?[column] ?? values.doubles(block), lives, Self.activeRate)
      }
    }
    return signs.activities(engaged: engaged?.integers(block, null: 0))
  }
}

/// What was seen of the followers of a block: a byte each, no branches.
private struct ActivitySigns {
  private var isKnown: [UInt8]
  private var isActive: [UInt8]

  init(count: Int) {
    isKnown = [UInt8](repeating: 0, count: count)
    isActive = isKnown
  }

  /// Times of which those from `start` on make active.
  mutating func addTimes(_ times: [Int64], since start: Int64) {
    for row in times.indices {
      let known: UInt8 = times[row] != .min ? 1 : 0
      isKnown[row] |= known
      isActive[row] |= known & (times[row] >= start ? 1 : 0)
    }
  }

  /// Counts that make active from `least` a day on.
  mutating func addRates(_ counts: [Double], _ lives: AccountLives, _ least: Double) {
    lives.addRates(counts, atLeast: least, isKnown: &isKnown, isMore: &isActive)
  }

  func activities(engaged: [Int64]?) -> [UInt8] {
    var activities = [UInt8](repeating: ClassTable.Activity.unknown.rawValue, count: isKnown.count)
    for row in activities.indices {
      let known: ClassTable.Activity = isKnown[row] > 0 ? .quiet : .unknown
      activities[row] = (isActive[row] > 0 ? .active : known).rawValue
    }
    if let engaged {
      for row in activities.indices where engaged[row] > 0 {
        activities[row] = ClassTable.Activity.engaged.rawValue
      }
    }
    return activities
  }
}
