import Columns
import Plans
import Statistics

/// The spikes and drops of counts by period.
///
/// Reads `#account #at #value #day` and in hours `#hour`, and of a calendar `#day #what`. Counts of one
/// period add up; of a total the last in time counts. Rows without a value are missing.
struct SeriesSpikeAnalysis: Analysis {
  let period: SeriesPeriod
  let options: SpikeOptions
  /// Whether the counts are the total so far.
  let isCumulative: Bool
  /// The name of the column of counts.
  let column: String

  let keepsRows = false
  let fields = SpikeTable.fields

  var title: String { "spike of \(isCumulative ? "differences" : "counts") by \(period)" }

  func columnNames(ofInput index: Int) -> Set<String> {
    if index > 0 { return ["#day", "#what"] }
    let names: Set<String> = ["#account", "#at", "#value", "#day"]
    return period == .hour ? names.union(["#hour"]) : names
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    var table = SpikeTable()
    var notes: [String] = []
    let calendar = inputs.count > 1 ? CalendarEntries(inputs[1]) : CalendarEntries()
    for (account, readings) in readings(inputs[0]) {
      try context.check()
      do throws(SpikeRefusal) {
        let series = try isCumulative ? totals(readings) : counts(readings, account, &notes)
        let scan = findSpikes(series, options)
        if let refusal = scan.refusal { throw refusal }
        for event in scan.events {
          add(event, account, series.measure, calendar, to: &table)
        }
      } catch {
        notes.append("\(account): \(error.sentence(period))")
      }
    }
    if table.rows.isEmpty, notes.isEmpty {
      notes.append("no events; an excess of less than half a usual \(period) cannot be seen")
    }
    if isCumulative { notes.append("measure net: those who came less those who left") }
    return AnalysisResult(columns: columns(of: table.rows, fields, wanted), notes: notes)
  }

  private struct Reading {
    let number: Int
    let at: Int64
    let value: Double
  }

  /// The readings of each account in order of time; accounts in order of first appearance.
  private func readings(_ table: Table) -> [(account: String, readings: [Reading])] {
    guard let accountColumn = table.column("#account"), let at = table.column("#at")?.integers(),
      let value = table.column("#value")?.doubles(), let day = table.column("#day")?.integers()
    else { preconditionFailure("a series without its columns") }
    let hour = table.column("#hour")?.integers()
    let (names, numbers) = accountColumn.textNumbers()
    var readings = [[Reading]](repeating: [], count: names.count)
    for row in 0..<table.rowCount where numbers.pointer[row] >= 0 && day.pointer[row] != .min {
      if value.pointer[row].isNaN { continue }
      var number = period.number(ofDay: Int(day.pointer[row]))
      if period == .hour { number += Int(hour?.pointer[row] ?? 0) }
      readings[Int(numbers.pointer[row])].append(
        Reading(number: number, at: at.pointer[row], value: value.pointer[row]))
    }
    return zip(names, readings).map { name, own in
      (name, own.enumerated().sorted { ($0.1.at, $0.0) < ($1.1.at, $1.0) }.map(\.element))
    }
  }

  private func totals(_ readings: [Reading]) throws(SpikeRefusal) -> CountSeries {
    try differenced(
      readings.map { FollowerReading(index: $0.number, followers: whole($0.value)) },
      period: period)
  }

  private func counts(
    _ readings: [Reading], _ account: String, _ notes: inout [String]
  ) throws(SpikeRefusal) -> CountSeries {
    notes += doubts(readings, account)
    // Where local time steps back over midnight, the first in time is not the lowest.
    guard let first = readings.lazy.map(\.number).min(),
      let last = readings.lazy.map(\.number).max(),
      last - first < 1_000_000
    else { throw .noReadings }
    var counts = [Int](repeating: 0, count: last - first + 1)
    var missing = [Bool](repeating: true, count: counts.count)
    for reading in readings {
      let sum = counts[reading.number - first] + whole(reading.value)
      counts[reading.number - first] = min(Self.most, max(-Self.most, sum))
      missing[reading.number - first] = false
    }
    let absent = missing.lazy.filter { $0 }.count
    let share = 1 - Double(absent) / Double(missing.count)
    // Too few around each period to know what is usual, or periods that are longer than it is said.
    guard share >= Self.leastCounted else { throw .sparseCounts(share: share) }
    if absent > 0 {
      notes.append(
        "\(account): \(absent) \(period)s without a row are taken as missing, not as 0; "
          + "group … with fill = true makes them 0")
    }
    return CountSeries(
      period: period, first: first, counts: counts, missing: missing, measure: .gained)
  }

  /// What may be wrong with counts that are read as such.
  private func doubts(_ readings: [Reading], _ account: String) -> [String] {
    var notes: [String] = []
    let steps = zip(readings, readings.dropFirst())
    let repeated = steps.lazy.filter { $0.at == $1.at }.count
    if repeated > 0 {
      notes.append(
        "\(account): \(repeated) row\(repeated == 1 ? " has" : "s have") the time of another one: "
          + "their counts are added")
    }
    let falls = steps.lazy.filter { $1.value < $0.value }.count
    if readings.count >= Self.fewestRising, 10 * falls <= readings.count,
      let first = readings.first, let last = readings.last, last.value > first.value
    {
      notes.append(
        "\(account): \(column) hardly ever falls: where it is the total so far, say so: "
          + "with cumulative = true")
    }
    return notes
  }

  /// The least share of periods with a count, and the fewest counts of which rising tells anything.
  private static let leastCounted = 1.0 / 3
  private static let fewestRising = 28

  /// No count is larger: a million periods of it still fit.
  private static let most = 1_000_000_000_000

  private func whole(_ value: Double) -> Int {
    Int(max(-Double(Self.most), min(Double(Self.most), value.rounded())))
  }

  private func add(
    _ event: SpikeEvent, _ account: String, _ measure: CountMeasure, _ calendar: CalendarEntries,
    to table: inout SpikeTable
  ) {
    let what =
      switch event.kind {
      case .spike, .catchUp: "counts alone: no profiles to judge by"
      case .drop: "more left than usual: a purge, or leavers after a purchase"
      case .gap: "no count for longer than chance allows: collection gap"
      }
    let days = period.days(event.start, event.end)
    let reasons = [what] + (period.clock(event).map { [$0] } ?? []) + calendar.sentences(days)
    table.add(
      event, account: account, days: days, measure: measure, finding: nil, cohort: nil,
      why: reasons.joined(separator: "; "))
  }
}
