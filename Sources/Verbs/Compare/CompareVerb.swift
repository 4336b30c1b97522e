import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `compare a, b, …`: the same figures of competitors, what differs, and how sure that is.
struct CompareVerb: Verb {
  let signature = VerbSignature(
    name: "compare", isSource: true, usage: "compare LIST, LIST, … [with peers = PANEL]",
    items: .tables,
    options: [
      .init("peers", .string, default: "none", "a table of accounts that figures are ranked among"),
      .init("base_rate", .float, default: "0.05", "as of classify"),
      .init("fake", .float, default: "0.9", "as of classify"),
      .init("suspect", .float, default: "0.5", "as of classify"),
      .init("cohort", .bool, default: "true", "as of classify"),
    ],
    summary: "puts the figures of competitors side by side, with what differs and how sure",
    help: """
      One row for each metric and account: value, lo to hi, n, and for every account after the first \
      the difference from the first (versus) with its interval and p_holm, adjusted over the whole \
      comparison (Holm 1979). Lead with the difference: among thousands everything is significant.
      Shares: Newcombe's interval, score test (Fisher's where few are expected). median ratio and \
      account age: order statistics; the difference is the Hodges–Lehmann shift (of the ratio a \
      factor, on logs), p by Mann–Whitney, of the age by Kolmogorov–Smirnov. growth per day: with \
      the overdispersion of the account's own days. fake (estimated): corrected for the model's \
      errors, with their range, no test. Spikes, drips and shared followers are counts of what was \
      found. Where rows are a part of the list (selection random or newest), followers are those \
      stated, and the growth of a random sample is scaled up to them; without them neither is \
      compared. Shares of whole lists are refused, with the reason, between lists of unlike selection \
      or captured more than 30 days apart; the rest goes on.
      `with peers = PANEL` adds percentile: the part of the panel's accounts below the value, for \
      metrics that are a column of the panel (followers, median_ratio, fake, …).
      """,
    examples: [
      "compare example",
      "compare (example | filter account == \"acme\"), (example | filter account == \"rival\")",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let tables = call.tables(), let thresholds = ClassThresholds(call) else { return nil }
    guard !tables.isEmpty else {
      call.report("'compare' needs lists", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    var inputs: [Plan] = []
    var sources: [ComparedSource] = []
    for table in tables {
      guard let list = call.followerListForClasses(table) else { return nil }
      guard let own = call.comparisonInputs(list, thresholds) else { return nil }
      sources.append(
        ComparedSource(list: list, classification: own.classification, hasTimes: own.hasTimes))
      inputs += own.plans
    }
    let peers = peers(call)
    if let peers { inputs.append(peers) }
    call.present(.sideBySide)
    return .analysis(
      ComparisonAnalysis(sources: sources, hasPeers: peers != nil), over: inputs, range: call.range)
  }

  private func peers(_ call: VerbCall) -> Plan? {
    guard let item = call.items(of: .with).first(where: { $0.name?.text == "peers" }) else {
      return nil
    }
    return call.table(
      Item(name: nil, value: item.value, direction: nil, range: item.value.range))?.plan
  }
}

extension VerbCall {
  /// What a comparison reads of one list: its classes, spikes and drips.
  func comparisonInputs(
    _ list: FollowerList, _ thresholds: ClassThresholds
  ) -> (plans: [Plan], classification: ClassifyAnalysis, hasTimes: Bool)? {
    let hasTimes = list.plan.schema.field("#followed") != nil
    let searched = hasTimes ? list.forEvents(range) : list
    let spikes = hasTimes ? foundSpikes(of: searched) : nil
    let drips = spikes.flatMap { foundDrips(of: searched, without: $0) }
    guard
      let classified = classified(
        list, .trained, thresholds, spikes: spikes, drips: drips, isTold: false),
      let classification = classified.classification
    else { return nil }
    let key = classified.schema.field("id") ?? classified.schema.field("screen_name")
    let keyed =
      key.map { FollowerList(plan: classified, isInferred: list.isInferred).withKey($0, range) }
      ?? classified
    guard hasTimes else { return ([keyed], classification, false) }
    guard let spikes, let drips else { return nil }
    return ([keyed, spikes, drips], classification, true)
  }
}

/// One list of a comparison.
struct ComparedSource: Sendable {
  let selection: TableProperties.Selection
  let capturedAt: Int64?
  let statedFollowers: Int64?
  let classification: ClassifyAnalysis
  /// Whether spikes and drips come behind it.
  let hasTimes: Bool
  /// The names of its columns.
  let columns: Set<String>

  /// Whether the rows are a part of the list, as far as is known.
  var isPart: Bool { selection == .random || selection == .newest }

  /// How many followers of the whole list a row of a random sample stands for; 1 elsewhere, nil where
  /// the size of the list is not known.
  func weight(rows: Int) -> Double? {
    guard selection == .random else { return 1 }
    guard let stated = statedFollowers, stated > 0, rows > 0 else { return nil }
    return max(1, Double(stated) / Double(rows))
  }

  init(list: FollowerList, classification: ClassifyAnalysis, hasTimes: Bool) {
    selection = list.plan.properties.selection
    capturedAt = list.plan.properties.capturedAt
    statedFollowers = list.plan.properties.statedFollowers
    columns = Set(list.plan.schema.names)
    self.classification = classification
    self.hasTimes = hasTimes
  }
}
