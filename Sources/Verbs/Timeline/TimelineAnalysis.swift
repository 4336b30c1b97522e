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
    guard let account = table.column("#account"), let created = creationTimes(table) else {
      preconditionFailure("a list without #account and #created")
    }
    let (names, numbers) = try context.textNumbers(account)
    let parts = try RowPartition(numbers, parts: names.count, context) { _ in true }
    let columns = fields.map { _ in BufferSlice<Int64>(capacity: table.rowCount) }
    for column in columns { column.pointer.update(repeating: .min, count: table.rowCount) }
    let said = Mutex([(text: String, isRefusal: Bool)?](repeating: nil, count: names.count))
    let largestFirst = names.indices.sorted {
      (parts.rows(of: $1).count, $0) < (parts.rows(of: $0).count, $1)
    }
    try context.forEach(names.count) { place in
      let index = largestFirst[place]
      let own = parts.order.part(parts.rows(of: index))
      guard own.count > 0 else { return }
      let times = write(own.array, created, to: columns)
      let text = times.refusal?.sentence ?? times.summary(rows: own.count)
      said.withLock { $0[index] = ("\(names[index]): \(text)", times.refusal != nil) }
    }
    let sentences = said.withLock { $0.compactMap { $0 } }
    let notes = sentences.filter { !$0.isRefusal }.map(\.text)
    let refusals = sentences.filter(\.isRefusal).map(\.text)
    if isNeeded, notes.isEmpty, let first = refusals.first {
      throw .refused(
        "no follow times: \(first)", hint: "they need created_at and the rows in follow order")
    }
    let made = Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), columns))
    return AnalysisResult(
      columns: wanted.compactMap { field in
        made[field.name].map { Column($0, of: .time, cuts: table.segmentRowCounts) }
      }, notes: notes + refusals)
  }

  /// Creation times, those in ids where the column has none.
  private func creationTimes(_ table: Table) -> BufferSlice<Int64>? {
    guard let created = table.column("#created")?.integers() else { return nil }
    guard readsIDs, let ids = table.column("id")?.integers() else { return created }
    var known: (ids: [Int64], times: [Int64]) = ([], [])
    for row in 0..<created.count where created.pointer[row] != .min && ids.pointer[row] != .min {
      known.ids.append(ids.pointer[row])
      known.times.append(created.pointer[row])
    }
    guard known.ids.count < created.count else { return created }
    let calendar = IDCalendar(ids: known.ids, times: known.times)
    let all = BufferSlice(created.array)
    for row in 0..<all.count where all.pointer[row] == .min && ids.pointer[row] != .min {
      let id = ids.pointer[row]
      all.pointer[row] = snowflakeTime(ofID: id) ?? calendar.time(ofID: id) ?? .min
    }
    return all
  }

  /// Infers the times of one account's rows and writes them.
  private func write(
    _ rows: [Int32], _ created: BufferSlice<Int64>, to columns: [BufferSlice<Int64>]
  ) -> FollowTimes {
    var rows = rows
    var own = rows.map { created.pointer[Int($0)] }
    if followOrder(createdAt: own) == .newestFirst {
      rows.reverse()
      own.reverse()
    }
    let times = followTimes(FollowList(createdAt: own, capturedAt: capturedAt))
    for (index, row) in rows.enumerated() {
      columns[0].pointer[Int(row)] = times.estimates.isEmpty ? .min : times.estimates[index]
      columns[1].pointer[Int(row)] = times.lows[index]
      columns[2].pointer[Int(row)] = times.highs[index]
    }
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
