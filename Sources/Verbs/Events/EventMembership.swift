import Columns
import Plans

/// For each follower the first event of its account that holds its day: `#start` and `#end`, null
/// where there is none.
///
/// Reads `#account` and `#day` of the list, `account start end` of the events. O(n log e).
struct EventMembership: Analysis {
  /// What is said beside it.
  var notes: [String] = []
  /// The column that says who is in another capture, too; where the newest followers of the list are
  /// not, that is told.
  var kept: String?

  let title = "rows of events"
  let keepsRows = true
  let fields = [Field(name: "#start", type: .date), Field(name: "#end", type: .date)]

  func columnNames(ofInput index: Int) -> Set<String> {
    index == 0
      ? Set(["#account", "#day"] + (kept.map { [$0] } ?? [])) : ["account", "start", "end"]
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let list = inputs[0]
    let spans = EventSpans(inputs[1])
    guard let accountColumn = list.column("#account"), let dayColumn = list.column("#day") else {
      preconditionFailure("a list without #account and #day")
    }
    let (accounts, numbers) = try context.textNumbers(accountColumn)
    let own = accounts.map { spans.of($0) }
    let blocks = list.rowBlocks(of: 1 << 14)
    let starts = BufferSlice<Int64>(capacity: list.rowCount)
    let ends = BufferSlice<Int64>(capacity: list.rowCount)
    try context.forEach(blocks.count) { index in
      for (place, day) in dayColumn.integers(blocks[index]).enumerated() {
        let row = blocks[index].start + place
        let number = Int(numbers.pointer[row])
        let span = number < 0 ? nil : own[number].span(holding: day)
        starts.pointer[row] = span?.lowerBound ?? .min
        ends.pointer[row] = span?.upperBound ?? .min
      }
    }
    let made = ["#start": starts, "#end": ends]
    return AnalysisResult(
      columns: wanted.compactMap { field in
        made[field.name].map { Column($0, of: .date, cuts: list.segmentRowCounts) }
      }, notes: notes + swappedNotes(list, dayColumn))
  }

  /// What is said where all followers since some day are lost: the other capture may be the older one.
  private func swappedNotes(_ list: Table, _ dayColumn: Column) -> [String] {
    guard let kept = kept.flatMap({ list.column($0)?.integers() }) else { return [] }
    let days = dayColumn.integers()
    let rows = 0..<list.rowCount
    guard let last = rows.lazy.filter({ kept.pointer[$0] == 1 }).map({ days.pointer[$0] }).max()
    else { return [] }
    let newer = rows.count { days.pointer[$0] > last }
    return newer < ListChanges.fewestSwapped ? [] : [ListChanges.swappedNote(newer)]
  }
}

/// The days of events, by account.
struct EventSpans {
  /// The spans of one account by start; where they overlap, the one that started last counts.
  struct Account: Sendable {
    fileprivate(set) var spans: [ClosedRange<Int64>] = []
    /// The last day of each span and of those before it.
    fileprivate var lastDays: [Int64] = []

    fileprivate mutating func sort() {
      spans.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
      lastDays = []
      for span in spans { lastDays.append(max(span.upperBound, lastDays.last ?? .min)) }
    }

    /// The span that holds a day, or nil; O(log e) where spans do not overlap, and for days in none.
    func span(holding day: Int64) -> ClosedRange<Int64>? {
      var (low, high) = (0, spans.count)
      while low < high {
        let middle = (low + high) / 2
        if spans[middle].lowerBound <= day { low = middle + 1 } else { high = middle }
      }
      while low > 0, lastDays[low - 1] >= day {
        low -= 1
        if spans[low].contains(day) { return spans[low] }
      }
      return nil
    }
  }

  private var accounts: [ExactText: Account] = [:]

  /// Takes a table with `account` (text), `start` and `end` (dates, both inclusive); rows with a null
  /// are left out.
  init(_ events: Table) {
    guard let account = events.column("account"), let start = events.column("start"),
      let end = events.column("end")
    else { preconditionFailure("events without account, start and end") }
    let (names, numbers) = account.textNumbers()
    let (starts, ends) = (start.integers(), end.integers())
    for row in 0..<events.rowCount where numbers.pointer[row] >= 0 {
      let (first, last) = (starts.pointer[row], ends.pointer[row])
      guard first != .min, last != .min, first <= last else { continue }
      accounts[ExactText(names[Int(numbers.pointer[row])]), default: Account()].spans.append(
        first...last)
    }
    for name in accounts.keys {
      accounts[name]?.sort()
    }
  }

  /// The spans of an account; none where it has no events.
  func of(_ account: String) -> Account { accounts[ExactText(account)] ?? Account() }
}
