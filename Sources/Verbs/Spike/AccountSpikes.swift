import Calendars
import Columns
import Statistics

/// The search for the spikes of one account, and the judgement of each.
struct AccountSpikes {
  let analysis: SpikeAnalysis
  let list: SpikeRows
  let account: AccountRows.Account
  let calendar: CalendarEntries
  let zone: TimeZoneRules
  /// Whether it is asked what the followers of an event are like.
  let isJudged: Bool

  /// The rows of the account's events, and what is said of it.
  func found() -> (rows: [[Scalar]], notes: [String]) {
    if analysis.isInferred {
      let refusal = inferredTimesRefusal(
        recordsADay: list.recordsADay(account), medianWidthDays: 0)
      if let refusal { return ([], ["\(account.name): \(refusal.sentence(analysis.period))"]) }
    }
    let series = series()
    let scan = findSpikes(series, analysis.options)
    if let refusal = scan.refusal {
      return ([], ["\(account.name): \(refusal.sentence(analysis.period))"])
    }
    var table = SpikeTable()
    var coarse = 0
    for event in scan.events {
      let rows = account.rows(in: event.start...event.end)
      let width = list.medianWidth(rows)
      if event.kind == .spike,
        inferredTimesRefusal(recordsADay: .infinity, medianWidthDays: width) != nil
      {
        coarse += 1
        continue
      }
      add(event, rows, scan, series, to: &table)
    }
    let notes =
      coarse == 0
      ? []
      : [
        "\(account.name): \(coarse) \(coarse == 1 ? "event is" : "events are") left out: the order "
          + "of the list does not tell the days there (bounds wider than 3 days)"
      ]
    return (table.rows, notes)
  }

  // MARK: The series

  private func series() -> CountSeries {
    var counts = account.counts
    var low = list.lowQualityCounts(account)
    // Until the capture nobody came.
    let captured = analysis.capturedAt ?? list.lastFollow(account)
    if let captured, analysis.capturedAt != nil {
      let end = min(number(of: captured), account.first + counts.count + 4000)
      let more = max(0, end - account.first - counts.count + 1)
      counts += [Int](repeating: 0, count: more)
      low? += [Int](repeating: 0, count: more)
    }
    return CountSeries(
      period: analysis.period, first: account.first, counts: counts, lowQuality: low,
      measure: .surviving, lastIsPartial: captured.map { endsInside($0) } ?? false)
  }

  private func localSeconds(_ micros: Int64) -> Int {
    let seconds = Int(micros / 1_000_000)
    return seconds + zone.offsetSeconds(atUTC: seconds)
  }

  private func number(of micros: Int64) -> Int {
    let seconds = localSeconds(micros)
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let start = analysis.period.number(ofDay: day)
    return analysis.period == .hour ? start + (seconds - day * 86_400) / 3600 : start
  }

  /// Whether the capture cut its period short.
  private func endsInside(_ micros: Int64) -> Bool {
    switch analysis.period {
    case .day:
      let second = ((localSeconds(micros) % 86_400) + 86_400) % 86_400
      return isPartialDay(capturedAtSecondOfDay: second)
    case .hour, .week, .month: return true
    }
  }

  // MARK: Events

  private func add(
    _ event: SpikeEvent, _ rows: BufferSlice<Int32>, _ scan: SpikeScan, _ series: CountSeries,
    to table: inout SpikeTable
  ) {
    let days = analysis.period.days(event.start, event.end)
    guard event.kind == .spike || event.kind == .catchUp else {
      return table.add(
        event, account: account.name, days: days, measure: .surviving, finding: nil, cohort: nil,
        why: event.kind == .gap
          ? "no new follower for longer than chance allows: collection gap or purge"
          : "more left than usual")
    }
    let finding = isJudged && !list.hasNoProfiles ? judge(event, rows, scan, series) : nil
    var reasons = finding?.reasons ?? ["no profiles to judge by"]
    if event.kind == .catchUp { reasons.insert("holds what the gap before it missed", at: 0) }
    reasons += analysis.period.clock(event).map { [$0] } ?? []
    reasons += calendar.sentences(days)
    table.add(
      event, account: account.name, days: days, measure: .surviving, finding: finding,
      cohort: rows.count, why: reasons.joined(separator: "; "))
  }

  private func judge(
    _ event: SpikeEvent, _ rows: BufferSlice<Int32>, _ scan: SpikeScan, _ series: CountSeries
  ) -> CohortFinding {
    judgeCohort(
      CohortInput(
        cohort: list.profiles(rows), usual: list.profiles(usual(around: event, scan)),
        expected: event.expected, excessInterval: event.excessInterval,
        // Inferred times come in lumps, which look like abrupt ends.
        course: analysis.isInferred ? nil : scan.course(of: event, in: series)))
  }

  /// The fewest usual followers that an event is compared with, before looking further around it.
  private static let fewestUsual = 200
  /// More than this are thinned evenly: they are sampled further on.
  private static let mostUsual = 50_000

  /// Followers around an event, without those of any event or of the two periods beside one.
  private func usual(around event: SpikeEvent, _ scan: SpikeScan) -> BufferSlice<Int32> {
    var isLeftOut = [Bool](repeating: false, count: account.periodCount)
    for other in scan.events {
      let low = max(0, other.start - 2 - account.first)
      let high = min(account.periodCount - 1, other.end + 2 - account.first)
      if low <= high { for index in low...high { isLeftOut[index] = true } }
    }
    let periodsADay = analysis.period == .hour ? 24 : 1
    for reach in [60 * periodsADay, 180 * periodsADay, account.periodCount + 1] {
      let low = max(0, event.start - reach - account.first)
      let high = max(0, min(account.periodCount, event.end + reach + 1 - account.first))
      let periods = (low..<max(low, high)).filter { !isLeftOut[$0] }
      let count = periods.reduce(0) { $0 + account.starts[$1 + 1] - account.starts[$1] }
      if count >= Self.fewestUsual || reach > account.periodCount { return thinned(periods, count) }
    }
    return BufferSlice([])
  }

  /// The rows of some periods, `count` of them, thinned evenly.
  private func thinned(_ periods: [Int], _ count: Int) -> BufferSlice<Int32> {
    let step = count / Self.mostUsual + 1
    var rows: [Int32] = []
    rows.reserveCapacity(count / step + 1)
    // Places of the rows of all these periods together.
    var (next, before) = (0, 0)
    for period in periods {
      let (start, end) = (account.starts[period], account.starts[period + 1])
      while next < before + end - start {
        rows.append(account.rows.pointer[start + next - before])
        next += step
      }
      before += end - start
    }
    return BufferSlice(rows)
  }
}

extension SpikeRefusal {
  /// Why there was no search, for a reader.
  func sentence(_ period: SeriesPeriod) -> String {
    switch self {
    case .tooShort(let usable, let needed):
      "no search for spikes: \(usable) usable \(period)\(usable == 1 ? "" : "s"), and \(needed) are needed to know what is usual"
    case .coarseTimes(let records, _):
      "no search for spikes: the time resolution is too coarse (\((records * 100).rounded() / 100) "
        + "accounts a day followed soon after signing up; about one is needed)"
    case .sparseReadings(let share):
      "no search for spikes: only \(percent(share)) of the \(period)s follow directly on another; "
        + "take a longer period"
    case .sparseCounts(let share):
      "no search for spikes: only \(percent(share)) of the \(period)s have a count; take a longer period, "
        + "or where the others are 0, group … with fill = true"
    case .roundedCounts(let step, let change):
      "no search for spikes: counts are rounded to steps of \(step), and a \(period) brings about "
        + "\(Int(change.rounded()))"
    case .noReadings: "no search for spikes: fewer than two counts"
    }
  }
}
