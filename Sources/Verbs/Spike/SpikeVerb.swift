import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `spike`: the days that brought far more followers than usual, and whether they look bought.
struct SpikeVerb: Verb {
  let signature = VerbSignature(
    name: "spike",
    usage: "spike [count() | COLUMN] [by day(TIME)] [per KEY] [with q = 0.01, live = true]",
    items: .expressions, clauses: [.by: .expressions, .per: .expressions],
    options: [
      .init("q", .float, default: "0.01", "the share of false discoveries that is allowed"),
      .init("half_window", .int, default: "21", "periods on each side that tell what is usual"),
      .init("live", .bool, default: "false", "judges each period by what was known at its end"),
      .init("alarms", .float, default: "1", "false alarms a year that a live search aims at"),
      .init(
        "cumulative", .bool, default: "true for a column followers",
        "whether a column of counts is the total so far"),
      .init("calendar", .string, default: "none", "a table of days (date, text) to name beside"),
    ],
    summary: "finds the days that brought thousands, and says whether they look bought",
    help: """
      On a follower list: new followers a day (hour(x), week(x), month(x) work as well) against a \
      robust baseline with weekday factors and overdispersed (negative binomial) noise; windows of \
      1 to 7 days, Benjamini–Hochberg over all of them; a second search in the low-quality \
      followers; gaps of collection, catch-up days and drops are named. Each spike's followers are \
      then compared with the account's own usual ones: low-quality share (Newcombe's interval), \
      creation dates that crowd into a window, the shape of the profiles, and how the event ends. \
      Two independent signs make it bought-like, one unusual; no-sign says that none was found, not \
      that the cohort is clean; too-few and no-profiles say why there is no verdict. bought_est is \
      how many of those who still follow were likely bought, with its interval: 0 with no-sign, and \
      of an unusual event weighed by its score, from 0 up.
      Lists without followed_at get their times from the order (see timeline), and the thresholds \
      are higher. On a table of counts, `spike followers by date` takes differences of the total \
      (measure net), `spike n by date` the counts as they are; uneven and rounded counts are handled \
      or refused with the reason.
      Methods: Farrington 1996 and Noufaily 2013 (robust overdispersed baselines), Kulldorff 1997 \
      (scan), Benjamini and Hochberg 1995, The New York Times' Follower Factory 2018 (creation \
      bands). It cannot see a purchase that has left the list, nor who paid.
      """,
    examples: [
      "example | spike", "example | spike count() by day(followed_at) per account with q = 0.001",
      "example | group n = count() by date = day(followed_at) with fill = true | spike n by date",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let time = SpikeTime(call) else { return nil }
    guard let options = options(call) else { return nil }
    if let column = seriesColumn(call) {
      return SpikeSeries(
        call: call, time: time, column: column, options: options, calendar: calendar(call)
      ).plan()
    }
    if case .failed = itemKind(call) { return nil }
    guard var list = call.followerList(time: time.expression) else { return nil }
    list = list.withPeriods(time.period, call.range)
    return call.spikes(list, time.period, options, calendar: calendar(call), isTold: true)
  }

  // MARK: Arguments

  private enum ItemKind {
    case rows
    case column(Field)
    case failed
  }

  /// Nothing and `count()` count rows; a column, or the sum of one, is a series.
  private func itemKind(_ call: VerbCall) -> ItemKind {
    guard let item = call.items.first else { return .rows }
    guard call.items.count == 1 else {
      call.report("'spike' takes one figure", hint: call.usageHint, at: call.items[1].range)
      return .failed
    }
    var value = item.value
    if case .call(let name, let arguments) = value.kind {
      if name.text == "count", arguments.isEmpty { return .rows }
      if name.text == "sum", arguments.count == 1 { value = arguments[0].value }
    }
    guard let field = call.column(value) else { return .failed }
    guard field.type.isNumeric else {
      call.report(
        "'spike' takes counts, '\(field.name)' is \(field.type.phrase)", at: item.range)
      return .failed
    }
    return .column(field)
  }

  /// The column of counts; that of a table of daily counts where nothing is said.
  private func seriesColumn(_ call: VerbCall) -> Field? {
    if call.items.isEmpty, call.input.properties.roles.contains(.dailyCounts) {
      return call.input.schema.field("followers")
    }
    guard case .column(let field) = itemKind(call) else { return nil }
    return field
  }

  private func options(_ call: VerbCall) -> SpikeOptions? {
    var options = SpikeOptions()
    if case .float(let q)? = call.option("q") {
      guard q > 0, q < 1 else {
        call.report("'q' is between 0 and 1, found \(q)", at: call.stage.range)
        return nil
      }
      options.q = q
      options.lowQualityQ = q / 2
    }
    if case .int(let reach)? = call.option("half_window") {
      guard (1...10_000).contains(reach) else {
        call.report("'half_window' is between 1 and 10,000, found \(reach)", at: call.stage.range)
        return nil
      }
      options.halfWindow = Int(reach)
    }
    if case .bool(let isLive)? = call.option("live") { options.isLive = isLive }
    if case .float(let alarms)? = call.option("alarms") { options.alarmsAYear = alarms }
    return options
  }

  /// The table of `with calendar = …` as `#day` and `#what`; nil where there is none.
  private func calendar(_ call: VerbCall) -> Plan? {
    guard let item = call.items(of: .with).first(where: { $0.name?.text == "calendar" }),
      let table = call.table(
        Item(name: nil, value: item.value, direction: nil, range: item.value.range))
    else { return nil }
    let fields = table.plan.schema.fields
    guard let day = fields.first(where: { $0.type == .date || $0.type == .time }) else {
      call.report("the calendar needs a column of dates", at: item.value.range)
      return nil
    }
    let text = fields.first { $0.type == .string }
    return table.plan.projected(
      to: [
        NamedExpression("#day", .call(.day, [.column(day)], type: .date)),
        NamedExpression(
          "#what", text.map { .column($0) } ?? .constant(.null, type: .string)),
      ], range: call.range)
  }
}

/// The time that `by` names, and the periods to go by: `day(x)`, `hour(x)`, or a column.
struct SpikeTime {
  let period: SeriesPeriod
  /// nil where by was not written.
  let expression: ScalarExpression?

  /// nil with an error.
  init?(_ call: VerbCall) {
    guard let item = call.items(of: .by).first else {
      (period, expression) = (.day, nil)
      return
    }
    var value = item.value
    var period = SeriesPeriod.day
    if case .call(let name, let arguments) = value.kind, arguments.count == 1,
      let named = Self.periods[name.text]
    {
      period = named
      value = arguments[0].value
    }
    guard let time = call.expression(value) else { return nil }
    guard time.type == .time || time.type == .date else {
      call.report(
        "'\(call.stage.verb.text)' goes along a time or date, found \(time.type.phrase)",
        hint: "write by day(followed_at)", at: item.range)
      return nil
    }
    self.period = period
    expression = call.convert(time, to: .time)
  }

  private static let periods: [String: SeriesPeriod] = [
    "hour": .hour, "day": .day, "date": .day, "week": .week, "month": .month,
  ]
}

extension FollowerList {
  /// With `#day`, and in hours `#hour`, of each follow.
  func withPeriods(_ period: SeriesPeriod, _ range: SourceRange) -> FollowerList {
    if isForEvents, period == .day { return self }
    return FollowerList(
      plan: plan.extended(by: .periods(of: FollowerList.followed, period), range: range),
      isInferred: isInferred)
  }

  /// With `#low`, where enough is known of profiles.
  func withFlag(_ range: SourceRange) -> FollowerList {
    guard !isForEvents, let flag = LowQuality(plan).flag else { return self }
    return FollowerList(
      plan: plan.extended(by: [NamedExpression("#low", flag)], range: range),
      isInferred: isInferred, hasFlag: true)
  }

  /// What searches for events by day read of the list, computed once for all of them.
  func forEvents(_ range: SourceRange) -> FollowerList {
    let whole = withPeriods(.day, range).withFlag(range)
    let names = SpikeAnalysis.timeColumns.union(SpikeAnalysis.profileColumns(of: whole.plan))
    let read = whole.plan.schema.fields.filter { names.contains($0.name) }
    let plan = whole.plan.projected(
      to: read.map { NamedExpression($0.name, .column($0)) }, range: range)
    return FollowerList(
      plan: .binding(Binding(name: plan.originName, plan: plan), range: range),
      isInferred: isInferred, hasFlag: whole.hasFlag, isForEvents: true)
  }
}

extension [NamedExpression] {
  /// `#day`, and in hours `#hour`, of a time.
  static func periods(of time: ScalarExpression, _ period: SeriesPeriod) -> [NamedExpression] {
    let day = NamedExpression("#day", .call(.day, [time], type: .date))
    guard period == .hour else { return [day] }
    return [day, NamedExpression("#hour", .call(.hour, [time], type: .int))]
  }
}

extension VerbCall {
  /// The spikes of a list by day, as other verbs use them.
  func spikeEvents(of list: FollowerList) -> Plan? {
    spikes(list.withPeriods(.day, range), .day, SpikeOptions(), calendar: nil)
  }

  /// The spikes of a list that has `#day`.
  func spikes(
    _ list: FollowerList, _ period: SeriesPeriod, _ given: SpikeOptions, calendar: Plan?,
    isTold: Bool = false
  ) -> Plan? {
    var options = given
    if list.isInferred {
      let strict = SpikeOptions.inferredTimes
      options.q = min(options.q, strict.q)
      options.lowQualityQ = strict.lowQualityQ
      options.leastRatio = strict.leastRatio
      options.leastExcess = strict.leastExcess
    }
    let plan = list.withFlag(range).plan
    let isTwitter = plan.properties.platform == .twitter
    let analysis = SpikeAnalysis(
      period: period, options: options, isInferred: list.isInferred,
      profileColumns: SpikeAnalysis.profileColumns(of: plan),
      capturedAt: plan.properties.capturedAt, isTold: isTold,
      platformStart: isTwitter ? twitterStart : nil)
    return plan.analysed(by: analysis, with: calendar.map { [$0] } ?? [], range: range)
  }
}

/// 2006-03-21, the day of the first Twitter accounts, in days since 1970.
let twitterStart = 13_228
