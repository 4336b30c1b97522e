import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

extension VerbCall {
  /// The input as a list to classify: with follow times where they can be told, without otherwise.
  ///
  /// `whole`: another plan in its place, of which the input is a part.
  func followerListForClasses(over whole: Plan? = nil) -> FollowerList? {
    let knows = followTimesAreKnown(whole ?? input)
    guard let list = followerList(over: whole, needsTimes: false, mayInfer: knows) else {
      return nil
    }
    return list.withClassColumns(engagementLog(), range)
  }

  /// Another list to classify.
  func followerListForClasses(_ table: TableArgument) -> FollowerList? {
    let knows = followTimesAreKnown(table.plan)
    return followerList(table, needsTimes: false, mayInfer: knows)?.withClassColumns(nil, range)
  }

  /// Whether the rows have follow times, or stand in an order that tells them: of a list without
  /// `created_at`, loading asked no order, and Twitter's ids tell it.
  private func followTimesAreKnown(_ plan: Plan) -> Bool {
    switch plan.properties.order {
    case .newestFirst, .oldestFirst: true
    case .unknown: hasTwitterIDs(plan) && plan.schema.field("created_at")?.type != .time
    case .notInFollowOrder: false
    }
  }

  /// The keys of those in the engagement log of `with log = TABLE`; nil where there is none.
  private func engagementLog() -> ScalarExpression? {
    guard let item = items(of: .with).first(where: { $0.name?.text == "log" }),
      let table = table(
        Item(name: nil, value: item.value, direction: nil, range: item.value.range))
    else { return nil }
    for name in ["id", "screen_name"] {
      guard let own = input.schema.field(name), let field = table.plan.schema.field(name),
        own.type == field.type
      else { continue }
      let keys = table.plan.projected(to: [NamedExpression(name, .column(field))], range: range)
      return ScalarExpression(.isInPlan(.column(own), keys), type: .bool, range: range)
    }
    report(
      "the log needs a column id or screen_name of the list's type", at: item.value.range)
    return nil
  }

  /// The list with its classes (and its hidden columns), by a scorecard.
  ///
  /// `spikes`, `drips`: those of the list, where they were found already. `isOfSpikes`: only followers who
  /// came in spikes are asked about, for whom drips and neighbours are not searched.
  func classified(
    _ list: FollowerList, _ scorecard: Scorecard, _ thresholds: ClassThresholds,
    spikes: Plan? = nil, drips: Plan? = nil, isOfSpikes: Bool = false, isTold: Bool = true
  ) -> Plan? {
    var inputs: [Plan] = []
    let hasTimes = list.plan.schema.field("#followed") != nil
    if hasTimes, thresholds.usesCohorts {
      let searched = spikes == nil && !isOfSpikes ? list.forEvents(range) : list
      guard let spikes = spikes ?? foundSpikes(of: searched) else { return nil }
      inputs = [spikes]
      if !isOfSpikes {
        guard let drips = drips ?? dripSegments(of: searched, without: spikes) else { return nil }
        inputs.append(drips)
      }
    }
    let analysis = ClassifyAnalysis(
      scorecard: scorecard, thresholds: thresholds, platform: list.plan.properties.platform,
      capturedAt: list.plan.properties.capturedAt, columns: Set(list.plan.schema.names),
      isInferred: list.isInferred, hasCohorts: !inputs.isEmpty, isTold: isTold)
    return list.plan.analysed(by: analysis, with: inputs, range: range)
  }
}

extension VerbCall {
  /// The spikes of a list, found once for all that read them.
  func foundSpikes(of list: FollowerList) -> Plan? {
    spikeEvents(of: list).map { .binding(Binding(name: "spikes", plan: $0), range: range) }
  }

  /// The drips of a list without its spikes, found once for all that read them.
  func foundDrips(of list: FollowerList, without spikes: Plan) -> Plan? {
    dripSegments(of: list, without: spikes).map {
      .binding(Binding(name: "drips", plan: $0), range: range)
    }
  }
}

extension FollowerList {
  /// With `#day` where follow times are known, `#no_description`, `#engaged` where a log is given.
  fileprivate func withClassColumns(
    _ isEngaged: ScalarExpression?, _ range: SourceRange
  ) -> FollowerList {
    var columns: [NamedExpression] = []
    if plan.schema.field("#followed") != nil {
      columns += .periods(of: FollowerList.followed, .day)
    }
    if let isEmpty = LowQuality.emptyDescription(plan) {
      columns.append(NamedExpression("#no_description", isEmpty))
    }
    if let field = plan.schema.field("last_status_at"), field.type == .time {
      columns.append(NamedExpression("#last_status", .column(field)))
    }
    if let isEngaged { columns.append(NamedExpression("#engaged", isEngaged)) }
    return FollowerList(
      plan: plan.extended(by: columns, range: range), isInferred: isInferred)
  }

  /// The list with the classes that a public checker gives.
  func checked(
    by checker: PublicChecker, _ thresholds: ClassThresholds, _ call: VerbCall
  ) -> Plan? {
    plan.analysed(
      by: CheckerAnalysis(
        checker: checker, capturedAt: plan.properties.capturedAt, columns: Set(plan.schema.names)),
      range: call.range)
  }
}
