import Columns
import Simulating
import Testing

/// Rows that are a part of a list, and lists of which little is known.
@Suite struct PartOfAListTests {
  private let made: MadeList

  init() throws {
    var options = SimulationOptions()
    options.days = 200
    options.rate = 30
    options.spikes = [try Spike("100:900:0.9")]
    made = try MadeList(options)
  }

  /// Over the list, itself as a sample of a list of four times its size, or of one of unknown size, and
  /// as a list of Bluesky.
  private func answer(_ program: String) -> Answer {
    let list = made.list
    var (sample, unstated, bluesky) = (list.properties, list.properties, list.properties)
    sample.selection = .random
    sample.statedFollowers = 4 * Int64(list.rowCount)
    unstated.selection = .random
    bluesky.platform = .bluesky
    let kinds = ["sampled": sample, "unstated": unstated, "bluesky": bluesky]
    var tables = made.tables
    for (name, properties) in kinds {
      tables[name] = Table(
        name: name, schema: list.schema, columns: list.columns, properties: properties)
    }
    return Answer(program, over: tables)
  }

  @Test func theGrowthOfASampleIsScaledUp() throws {
    let whole = answer("compare list, list | filter metric == \"growth per day\"")
    let sample = answer(
      "compare list, sampled | filter metric == \"growth per day\" | tail 1")
    let rate = try #require(whole.numbers("value").first ?? nil)
    #expect(sample.numbers("value") == [4 * rate], "\(sample.text)")
    #expect(sample.numbers("difference") == [3 * rate])
    let page = answer("sampled | audit | filter item == \"per day\"")
    #expect(page.numbers("value") == [4 * rate])
    #expect(page.texts("text").allSatisfy { $0.contains("scaled up from the sample") })
  }

  @Test func aSampleOfUnknownSizeIsNotCompared() {
    let found = answer(
      "compare list, unstated | filter account == \"unstated\" "
        + "and (metric == \"followers\" or metric == \"growth per day\")")
    #expect(found.rows.count == 2 && found.column("difference").allSatisfy { $0 == .null })
    #expect(found.notes.contains { $0.contains("stated_followers = …") }, "\(found.notes)")
    let reach = answer("unstated | reach")
    #expect(reach.texts("note").allSatisfy { $0.contains("of these rows") })
  }

  @Test func aListDiffersFromItselfInNothing() {
    let found = answer(
      "compare list, list | filter difference != null | select metric, difference")
    #expect(found.rows.count >= 8, "\(found.text)")
    for (metric, difference) in zip(found.texts("metric"), found.numbers("difference")) {
      #expect(difference == (metric == "median ratio" ? 1.0 : 0), "\(metric)")
    }
  }

  /// A platform without a model of profiles: only who came in the block can be judged.
  @Test func theUnjudgedMayBeFakeOrNot() throws {
    let shares = answer("bluesky | classify | shares | filter class == \"fake\"")
    let low = try #require(shares.numbers("corrected_lo").first ?? nil)
    let high = try #require(shares.numbers("corrected_hi").first ?? nil)
    #expect(shares.column("corrected") == [.null], "\(shares.text)")
    #expect(0.05 < low && low < 0.25 && high > 0.8, "\(low) to \(high)")
    let reach = answer("bluesky | reach")
    #expect(reach.column("authentic_est") == [.null], "\(reach.text)")
    // Where nothing tells who is active, nobody's own followers can be added.
    let silent = answer("list | drop statuses, favourites, last_status_at | reach")
    #expect(silent.column("active") == [.null] && silent.column("potential_gross") == [.null])
    #expect(silent.texts("note").allSatisfy { $0.hasPrefix("nothing tells who is active") })
    let compared = answer("compare list, bluesky | filter account == \"bluesky\"")
    #expect(!compared.texts("metric").contains("fake"), "\(compared.text)")
    #expect(compared.notes.contains { $0.contains("could not be judged") })
  }

  @Test func noneCalledFakeIsNoEstimateOfNone() {
    let shares = answer("list | classify with fake = 0.9999999 | shares | filter class == \"fake\"")
    #expect(shares.rows.count == 1, "\(shares.text)")
  }

  @Test func withoutCreationTimesNoDripIsLookedFor() {
    let drip = answer("bluesky | drop created_at | drip")
    #expect(drip.notes.contains { $0.hasPrefix("no creation times") }, "\(drip.notes)")
    #expect(!drip.notes.contains { $0.hasPrefix("no drip") }, "\(drip.notes)")
    let page = answer(
      "bluesky | drop created_at | audit | filter section == \"Drips\"")
    #expect(page.texts("text") == ["none was looked for: there are no creation times"])
  }
}
