import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `audit`: one page on one account.
struct AuditVerb: Verb {
  let signature = VerbSignature(
    name: "audit", usage: "audit [per KEY] [with names = true]", items: .none,
    clauses: [.per: .expressions],
    options: [
      .init("names", .bool, default: "false", "whether handles of followers are printed"),
      .init("base_rate", .float, default: "0.05", "as of classify"),
      .init("fake", .float, default: "0.9", "as of classify"),
      .init("suspect", .float, default: "0.5", "as of classify"),
      .init("cohort", .bool, default: "true", "as of classify"),
      .init("log", .string, default: "none", "an engagement log, as of classify"),
    ],
    summary: "one page on one account: what the list is, who is fake, which days were bought",
    help: """
      What the list is and how complete; classes with the range of the fakes, and how it moves with \
      the thresholds; following against followers; spikes and drips; overlap with the other follower \
      lists that are loaded; reach; what could not be seen; provenance: file, SHA-256, version, \
      options. A reader gets a page, a program the rows (account, section, item, value, lo, hi, n, \
      text). Handles are printed only with names = true. Likely inauthentic by the stated rules; not \
      proof of a purchase, nor of who made it.
      """,
    examples: [
      "example | audit", "example | audit with names = true | filter section == \"Classes\"",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let thresholds = ClassThresholds(call), let list = call.followerListForClasses(),
      let own = call.comparisonInputs(list, thresholds)
    else { return nil }
    // Read twice: kept once it is computed, without what the page does not read.
    let classified = Plan.binding(
      Binding(name: "classes", plan: own.plans[0].ofAudit(call.range)), range: call.range)
    let reach = call.reach(of: classified, own.classification, list)
    var inputs = [classified] + own.plans.dropFirst() + [reach]
    let others = own.hasTimes ? call.overlapWithOthers() : nil
    if let overlap = others?.plan { inputs.append(overlap) }
    let source = ComparedSource(
      list: list, classification: own.classification, hasTimes: own.hasTimes)
    call.present(.page)
    return .analysis(
      AuditAnalysis(
        source: source, properties: call.input.properties, isInferred: list.isInferred,
        others: others?.names ?? [], hasOverlap: others != nil, showsNames: names(call),
        hasLog: list.plan.schema.field("#engaged") != nil, hashOfFile: call.hashOfFile,
        options: options(call)),
      over: inputs, range: call.range)
  }

  private func names(_ call: VerbCall) -> Bool {
    if case .bool(let shows)? = call.option("names") { return shows }
    return false
  }

  /// The options as written, for the provenance.
  private func options(_ call: VerbCall) -> String {
    let written = call.items(of: .with).compactMap { item in
      item.name.map { "\($0.text) = \(item.value.formatted)" }
    }
    return written.isEmpty ? "defaults" : written.joined(separator: ", ")
  }
}

extension Plan {
  /// A classified list with the columns alone that a page and its reach are made of.
  fileprivate func ofAudit(_ range: SourceRange) -> Plan {
    let read = schema.fields.filter { AuditAnalysis.listColumns.contains($0.name) }
    return projected(to: read.map { NamedExpression($0.name, .column($0)) }, range: range)
  }
}

extension VerbCall {
  /// The overlaps of the input's events with the other follower lists that are loaded; nil where there
  /// is none that can be compared.
  fileprivate func overlapWithOthers() -> (plan: Plan, names: [String])? {
    let own = input.originName
    let others = loadedTables.filter { table in
      table.name != own && table.properties.roles.contains(.followerList)
        && (table.schema.field("followed_at") != nil || table.properties.order == .newestFirst
          || table.properties.order == .oldestFirst)
        && input.schema.field("id")?.type == table.schema.field("id")?.type
        && table.schema.field("id") != nil
    }
    guard !others.isEmpty, let key = input.schema.field("id") else { return nil }
    let tables = [inputAsTable] + others.map { asTable($0) }
    return eventOverlaps(tables, key).map { ($0, others.map(\.name)) }
  }
}
