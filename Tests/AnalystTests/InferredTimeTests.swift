import Columns
import Simulating
import Testing

/// Times inferred from the order of a list, against the true ones that were left out of it.
@Suite struct InferredTimeTests {
  @Test(arguments: 1...4) func boundsHoldTheTruth(_ seed: Int) throws {
    var options = SimulationOptions()
    options.days = 120
    options.rate = 20
    options.seed = UInt64(seed)
    let timed = try MadeList(options)
    options.hasTimes = false
    let untimed = try MadeList(options)
    #expect(untimed.list.schema.field("followed_at") == nil)
    var tables = untimed.tables
    tables["timed"] = timed.list.named("timed")
    let found = Answer(
      "list | timeline | lookup timed on id "
        + "| select id, followed_lo, followed_est, followed_hi, followed_at", over: tables)
    #expect(found.errors == [] && found.rows.count == timed.list.rowCount)
    let truth = found.integers("followed_at")
    let lows = found.integers("followed_lo")
    let highs = found.integers("followed_hi")
    let estimates = found.integers("followed_est")
    var inside = 0
    for row in found.rows.indices {
      guard let time = truth[row], let low = lows[row], let estimate = estimates[row] else {
        Issue.record("seed \(seed), row \(row): \(found.rows[row])")
        continue
      }
      // After the last record nothing bounds the follow but the capture, which is not known here.
      let high = highs[row] ?? .max
      // Nobody follows before the accounts that are older in the list exist.
      #expect(low <= time, "seed \(seed), row \(row): \(found.rows[row])")
      #expect(low <= estimate && estimate <= high, "seed \(seed), row \(row): \(found.rows[row])")
      inside += time <= high ? 1 : 0
    }
    // The upper bound is about: a record may follow later than a day after signing up, as these do.
    #expect(inside * 100 >= found.rows.count * 80, "seed \(seed): \(inside)")
    // The rows are newest first.
    let order = estimates.compactMap { $0 }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 >= $1 }, "seed \(seed)")
  }

  /// A block whose times are smeared over ten days and more is a spike, and no drip besides.
  @Test(arguments: 2...4) func aPurchaseIsNotCountedTwice(_ seed: Int) throws {
    var options = SimulationOptions()
    options.days = 300
    options.rate = 8
    options.seed = UInt64(seed)
    options.hasTimes = false
    options.spikes = [try Spike("150:1500:0.95")]
    let made = try MadeList(options)
    let spikes = Answer("list | spike", over: made.tables)
    #expect(spikes.texts("verdict").contains("bought-like"), "seed \(seed): \(spikes.text)")
    let drips = Answer("list | drip", over: made.tables)
    #expect(drips.errors == [] && drips.rows.isEmpty, "seed \(seed): \(drips.text)")
  }

  @Test func aListWithTimesKeepsThem() throws {
    var options = SimulationOptions()
    options.days = 40
    let made = try MadeList(options)
    let found = Answer(
      "list | timeline | count followed_est == followed_at and followed_lo == followed_at "
        + "and followed_hi == followed_at", over: made.tables)
    #expect(found.integers("n") == [Int64(made.list.rowCount)], "\(found.text)")
  }
}
