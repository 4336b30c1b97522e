import Columns
import Plans
import Statistics
import Synchronization

/// For each follower when it followed, by the order of its account's list: `#followed`, with
/// `#followed_lo` and `#followed_hi`.
///
/// Reads `#account`, `#created` and, on Twitter, `id`: ids tell when an account was made where the
/// column does not. Rows may stand oldest or newest first. O(n log n), accounts
/// on all cores.
struct TimelineAnalysis: Analysis {
  /// Whether `id` holds Twitter's ids.
  let readsIDs: Bool
  /// Whether a list that tells no times is an error; else its times are null, and a note says why.
  let isNeeded: Bool
  /// When the list was taken, microseconds since 1970; nil where unknown.
  let capturedAt: Int64?

  let title = "timeline"
  let keepsRows = true
  let fields = ["#followed", "#followed_lo", "#followed_hi"].map { Field(name: $0, type: .time) }

  func columnNames(ofInput index: Int) -> Set<String> {
    readsIDs ? ["#account", "#created", "id"] : ["#account", "#created"]
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let table = inputs[0]
    guard let account = table.column("#account") else {
      preconditionFailure("a list without #account")
    }
    let created = try creationTimes(table, context)
    let (names, numbers) = try context.textNumbers(account)
    let parts = try RowPartition(numbers, parts: names.count, context, where: nil)
    let ordered = try parts.inOrder(created, context)
    let columns = TimeColumns(wanted, parts)
    let said = Mutex([(text: String, isRefusal: Bool)?](repeating: nil, count: names.count))
    let largestFirst = names.indices.sorted {
      (parts.rows(of: $1).count, $0) < (parts.rows(of: $0).count, $1)
    }
    try context.forEach(names.count) { place in
      let index = largestFirst[place]
      let places = parts.rows(of: index)
      guard places.count > 0 else { return }
      let times = write(places, ordered.part(places), to: columns)
      let text = times.refusal?.sentence ?? times.summary(rows: places.count)
      said.withLock { $0[index] = ("\(names[index]): \(text)", times.refusal != nil) }
    }
    let sentences = said.withLock { $0.compactMap { $0 } }
    let notes = sentences.filter { !$0.isRefusal }.map(\.text)
    let refusals = sentences.filter(\.isRefusal).map(\.text)
    if isNeeded, notes.isEmpty, let first = refusals.first {
      throw .refused(
        "no follow times: \(first)", hint: "they need created_at and the rows in follow order")
    }
    return AnalysisResult(
      columns: try columns.made(cuts: table.segmentRowCounts, context), notes: notes + refusals)
  }

  /// Creation times, those in ids where the column has none.
  private func creationTimes(
    _ table: Table, _ context: AnalysisContext
  ) throws(AnalysisFailure) -> BufferSlice<Int64> {
    guard let column = table.column("#created") else {
      preconditionFailure("a list without #created")
    }
    let created = try context.integers(column)
    guard column.nullCount > 0, readsIDs, let ids = table.column("id") else { return created }
    addTimes(of: try context.integers(ids), to: created)
    return created
  }

  /// Sets the times that are missing and that an id tells.
  private func addTimes(of ids: BufferSlice<Int64>, to created: BufferSlice<Int64>) {
    let missing = (0..<created.count).filter {
      created.pointer[$0] == .min && ids.pointer[$0] != .min
    }
    var withoutTime: [Int] = []
    var times: [Int64] = []
    for row in missing {
      let time = snowflakeTime(ofID: ids.pointer[row])
      if time == nil { withoutTime.append(row) }
      times.append(time ?? .min)
    }
    if !withoutTime.isEmpty {
      let known = (0..<created.count).filter {
        created.pointer[$0] != .min && ids.pointer[$0] != .min
      }
      let calendar = IDCalendar(
        ids: known.map { ids.pointer[$0] }, times: known.map { created.pointer[$0] })
      for row in withoutTime {
        created.pointer[row] = calendar.time(ofID: ids.pointer[row]) ?? .min
      }
    }
    for (row, time) in zip(missing, times) where time != .min { created.pointer[row] = time }
  }

  /// Infers the times of one account by its rows' creation times and writes them to their places.
  private func write(
    _ places: Range<Int>, _ created: BufferSlice<Int64>, to columns: TimeColumns
  ) -> FollowTimes {
    var own = created.array
    let order = followOrder(createdAt: own)
    let isReversed = order == .newestFirst
    if isReversed { own.reverse() }
    // Turned round, the list is looked at again: its order may be none.
    let times = followTimes(
      FollowList(createdAt: own, capturedAt: capturedAt), order: isReversed ? nil : order,
      makingHighs: columns.highs != nil)
    columns.write(times, at: places, isReversed: isReversed)
    return times
  }
}

extension FollowTimes {
  /// What the reader must know of inferred times.
  fileprivate func summary(rows: Int) -> String {
    let records = (recordsPerDay * 100).rounded() / 100
    var text =
      "follow times are inferred from the order of the list: \(recordRows.count) of \(rows) "
      + "followed soon after signing up (about \(records) a day), typical width "
      + Self.width(typicalWidth)
    if !outOfOrder.isEmpty { text += "; \(outOfOrder.count) rows are out of order" }
    return text
  }

  private static func width(_ micros: Int64) -> String {
    let hours = Double(micros) / 3_600_000_000
    return hours < 48
      ? "\((hours * 10).rounded() / 10) hours" : "\((hours / 2.4).rounded() / 10) days"
  }
}

extension FollowTimes.Refusal {
  fileprivate var sentence: String {
    switch self {
    case .fewRows: "fewer than 50 rows with a creation time: bounds only"
    case .fewRecords: "fewer than 5 followed soon after signing up: bounds only"
    case .notInFollowOrder: "creation times do not show that the rows are in follow order"
    case .sortedByCreation: "the rows are sorted by creation time, which says nothing of follows"
    }
  }
}
