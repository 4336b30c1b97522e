import Columns
import Statistics

/// The columns that classes are, and the words in them.
enum ClassTable {
  static let fields: [Field] = [
    Field(name: "class", type: .string), Field(name: "authenticity", type: .string),
    Field(name: "activity", type: .string), Field(name: "fake_score", type: .float),
    Field(name: "why", type: .string), Field(name: "evidence", type: .float),
  ]

  /// Codes of the column `class`; those from 2 on are activities.
  static let classes = TextDictionary(["fake", "suspect", "engaged", "active", "quiet", "unknown"])
  static let authenticities = TextDictionary(["fake", "suspect", "genuine", "unknown"])
  static let activities = TextDictionary(["engaged", "active", "quiet", "unknown"])

  enum Authenticity: UInt8 {
    case fake, suspect, genuine, unknown
  }

  enum Activity: UInt8 {
    case engaged, active, quiet, unknown
  }

  /// The code of a class: an accusation, else the activity.
  static func code(_ authenticity: Authenticity, _ activity: Activity) -> UInt8 {
    switch authenticity {
    case .fake: 0
    case .suspect: 1
    case .genuine, .unknown: activity.rawValue + 2
    }
  }
}

/// What is known of how much followers do, as flat memory.
struct ActivityColumns: Sendable {
  private let engaged: BufferSlice<Int64>?
  private let lastStatus: BufferSlice<Int64>?
  private let statuses: BufferSlice<Double>?
  private let favourites: BufferSlice<Double>?
  private let created: BufferSlice<Int64>?
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
    engaged = table.column("#engaged")?.integers(null: 0)
    lastStatus = table.column("#last_status")?.integers()
    statuses = table.column("statuses")?.doubles()
    favourites = table.column("favourites")?.doubles()
    created = table.column("#created")?.integers()
    self.captured = captured
  }

  func activity(_ row: Int) -> ClassTable.Activity {
    if let engaged, engaged.pointer[row] > 0 { return .engaged }
    var isKnown = false
    if let last = lastStatus?.pointer[row], last != .min {
      isKnown = true
      if captured - last <= Self.recentDays * Self.day { return .active }
    }
    if let made = created?.pointer[row], made != .min {
      let days = max(1, Double(captured - made) / Double(Self.day))
      for column in [statuses, favourites] {
        guard let count = column?.pointer[row], !count.isNaN else { continue }
        isKnown = true
        if count / days >= Self.activeRate { return .active }
      }
    }
    return isKnown ? .quiet : .unknown
  }
}
