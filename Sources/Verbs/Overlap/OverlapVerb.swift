import Checking
import Columns
import Diagnostics
import Parsing
import Plans
import Statistics

/// `overlap a, b, …`: do the followers of an event sit on other accounts too.
struct OverlapVerb: Verb {
  let signature = VerbSignature(
    name: "overlap", isSource: true, usage: "overlap LIST, LIST, … [with lists = true]",
    items: .tables,
    options: [
      .init("lists", .bool, default: "false", "compares whole lists instead of events")
    ],
    summary: "finds events whose followers sit on other accounts too",
    help: """
      For each spike of each account and each other account: do its followers follow the other more \
      often than the account's followers outside all events do (exact hypergeometric test; \
      Benjamini–Hochberg over all pairs at 0.001, a lift of at least 1.5, at least 5 shared). The \
      comparison is within the account's own followers, so that a shared audience (same town, same \
      party) is no evidence. Where a stretch of the other list says more than the whole, p is its own, \
      and block_shared and block_lift count within it. Among up to 64 accounts, stretches of 1 to 8 \
      days that are no spike are looked at too, where more of their followers are on the other account \
      than of the days around: they must stand together there, more of them than followers of other \
      days do, since many follow two accounts at once. kind is shared-block where the shared members \
      come close together on the other account too and are mostly suspect, here or there, else \
      followed-both: campaigns, starter packs and trade shows make those. Where nearly all followers \
      of an account follow the other (one list under two names), nothing is reported but that. Blocks \
      that more than two accounts share are named in the notes, with the members of at least three \
      events (CopyCatch, Beutel et al. 2013; SynchroTrap, Cao et al. 2014).
      `with lists = true` gives followers shared by each pair of whole lists, with Jaccard index and \
      containment (shared / smaller list): mostly shared audiences, never evidence.
      One table with several accounts in its column account will do. Followers are known by id, or \
      screen_name.
      """,
    examples: [
      "overlap example",
      "overlap (example | filter id > 0), (example | derive account = \"other\") with lists = true",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    guard let tables = call.tables() else { return nil }
    guard !tables.isEmpty else {
      call.report("'overlap' needs lists", hint: call.usageHint, at: call.stage.range)
      return nil
    }
    guard let key = call.commonKey(of: tables) else { return nil }
    let isWhole = call.option("lists")
    // What was meant is not known, and events may be refused for want of times.
    if isWhole == nil, call.hasOption("lists") { return nil }
    return isWhole == .bool(true) ? lists(tables, key, call) : call.eventOverlaps(tables, key)
  }

  private func lists(_ tables: [TableArgument], _ key: Field, _ call: VerbCall) -> Plan? {
    var inputs: [Plan] = []
    for table in tables {
      guard let list = call.followerList(table, needsTimes: false) else { return nil }
      inputs.append(list.withKey(key, call.range))
    }
    return .analysis(ListOverlapAnalysis(), over: inputs, range: call.range)
  }
}

extension VerbCall {
  /// The overlaps of the events of these lists; nil with an error.
  func eventOverlaps(_ tables: [TableArgument], _ key: Field) -> Plan? {
    var inputs: [Plan] = []
    for table in tables {
      guard let list = followerListForClasses(table), list.plan.schema.field("#followed") != nil
      else {
        if followerList(table) != nil {
          report(
            "'\(stage.verb.text)' needs follow times \(table.label)",
            hint: "a column followed_at, or rows in follow order; whole lists: with lists = true",
            at: stage.range)
        }
        return nil
      }
      guard let spikes = foundSpikes(of: list),
        let classified = classified(
          list, .trained, ClassThresholds(), spikes: spikes, isOfSpikes: true, isTold: false)
      else { return nil }
      let keyed = FollowerList(plan: classified, isInferred: list.isInferred)
      inputs += [keyed.withKey(key, range), spikes.spikesOnly(range)]
    }
    return .analysis(OverlapAnalysis(), over: inputs, range: range)
  }
}

extension FollowerList {
  /// With `#key`, the text or the whole number by which a follower is known.
  func withKey(_ key: Field, _ range: SourceRange) -> Plan {
    let value = ScalarExpression.column(key)
    let known =
      key.type == .string || key.type == .int
      ? value : ScalarExpression.call(.toString, [value], type: .string)
    return plan.extended(by: [NamedExpression("#key", known)], range: range)
  }
}
