import Calendars
import Columns
import Plans
import Statistics
import Synchronization

/// The events of follower lists, each judged by its cohort.
///
/// Reads of the list `#account #followed #created #day #hour #low statuses followers friends`, as far as
/// they are there, and of a calendar `#day #what`. One pass over the rows, then per account a search
/// over its periods and, where the verdict is wanted, a look at the followers of each event.
struct SpikeAnalysis: EventAnalysis {
  let period: SeriesPeriod
  let options: SpikeOptions
  /// Whether follow times come from the order of the list.
  let isInferred: Bool
  /// The columns of profiles that the list has.
  let profileColumns: Set<String>
  /// When the list was taken, microseconds since 1970; nil where unknown.
  let capturedAt: Int64?
  /// Whether the reader is told more than why there was no search.
  let isTold: Bool
  /// Accounts were not created before it, days since 1970.
  let platformStart: Int?

  let keepsRows = false
  let fields = SpikeTable.fields

  var title: String { "spike by \(period)" + (isInferred ? ", times inferred" : "") }

  func columnNames(ofInput index: Int) -> Set<String> {
    if index > 0 { return ["#day", "#what"] }
    let times: Set<String> = isInferred ? ["#followed_lo", "#followed_hi"] : []
    let hours: Set<String> = period == .hour ? ["#hour"] : []
    return profileColumns.union(times).union(hours).union([
      "#account", "#followed", "#created", "#day",
    ])
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let list = try SpikeRows(
      inputs[0], period, isInferred: isInferred, platformStart: platformStart, context)
    let accounts = list.byAccount
    let calendar = inputs.count > 1 ? CalendarEntries(inputs[1]) : CalendarEntries()
    let isJudged = wanted.contains { SpikeTable.judged.contains($0.name) }
    let parts = Mutex([[[Scalar]]](repeating: [], count: accounts.accounts.count))
    let notes = Mutex([[String]](repeating: [], count: accounts.accounts.count))
    let largest = accounts.largestFirst.filter {
      accounts.accounts[$0].rows.count >= Self.fewestRows
    }
    try context.forEach(largest.count) { place in
      let index = largest[place]
      let search = AccountSpikes(
        analysis: self, list: list, account: accounts.accounts[index], calendar: calendar,
        zone: context.zone, isJudged: isJudged)
      let (rows, said) = search.found()
      parts.withLock { $0[index] = rows }
      notes.withLock { $0[index] = said }
    }
    let rows = parts.withLock { $0.flatMap { $0 } }
    var said = notes.withLock { $0.flatMap { $0 } }
    said += tinyAccounts(accounts)
    if accounts.leftOut > 0 {
      said.append(
        "rows left out: \(accounts.leftOut), with no follow time or one 30 years from the others")
    }
    return AnalysisResult(
      columns: columns(of: rows, fields, wanted), notes: said + closing(rows, said))
  }

  /// The columns that tell who followed whom by which day.
  static let timeColumns: Set<String> = [
    "#account", "#created", "#followed", "#followed_lo", "#followed_hi", "#day",
  ]

  /// The columns of a list that profiles are judged by.
  static func profileColumns(of plan: Plan) -> Set<String> {
    let names: Set<String> = ["#low", "statuses", "followers", "friends"]
    return names.filter { name in
      plan.schema.field(name).map { $0.type.isNumeric || $0.type == .bool } ?? false
    }
  }

  /// Fewer followers than this bring no event that stands out.
  private static let fewestRows = 10

  private func tinyAccounts(_ accounts: AccountRows) -> [String] {
    let tiny = accounts.accounts.filter { $0.rows.count < Self.fewestRows }
    guard let first = tiny.first else { return [] }
    let whose =
      tiny.count == 1
      ? "\(first.name): no search for spikes: \(first.rows.count) "
        + "follower\(first.rows.count == 1 ? "" : "s")"
      : "no search for spikes in \(tiny.count) accounts of too few followers"
    return [whose + ", and \(Self.fewestRows) are needed"]
  }

  private func closing(_ rows: [[Scalar]], _ said: [String]) -> [String] {
    guard isTold else { return [] }
    guard rows.isEmpty else {
      return [
        "likely inauthentic by the stated rules; not proof of a purchase, nor of who made it",
        "counts are of those who still follow; profiles are as of the capture",
      ]
    }
    return said.isEmpty ? [noEvents] : []
  }

  private var noEvents: String {
    isInferred
      ? "no events; with inferred times only events of three times the usual and 10 more can be seen"
      : "no events; a block of less than half a usual \(period) that looks like the others, or one "
        + "that has left the list since, cannot be seen"
  }
}
