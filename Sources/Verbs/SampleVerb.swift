import Checking
import Columns
import Parsing
import Plans

/// `sample`: rows drawn at random.
struct SampleVerb: Verb {
  let signature = VerbSignature(
    name: "sample", usage: "sample COUNT [per KEY, …] [with seed = 1], or sample 0.1",
    items: .count, clauses: [.per: .expressions],
    options: [
      .init("seed", .int, default: "1", "another seed draws other rows, the same seed the same")
    ],
    summary: "draws rows at random",
    help: """
      COUNT rows of all, or of each group of per; all of them when there are fewer. A number from 0 \
      to 1 with a point keeps each row with that chance. The rows stay in their order, and the same \
      rows are drawn each time.
      """,
    examples: [
      "example | sample 3", "example | sample 1 per account with seed = 7",
      "example | sample 0.5 | group n = count()",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    let partition = call.named(call.items(of: .per)).map(\.expression)
    var seed: Int64 = 1
    if case .int(let given)? = call.option("seed") { seed = given }
    guard let size = size(call) else { return call.input }
    return call.input.sampled(Sampling(size, seed: seed), per: partition, range: call.range)
  }

  /// A count, or a chance; nil with an error.
  private func size(_ call: VerbCall) -> Sampling.Size? {
    guard call.items.count == 1, let item = call.items.first, item.name == nil else {
      return call.onlyCount().map { .rows($0) }
    }
    let value = call.constant(item.value)
    if case .float(let chance)? = value {
      guard chance >= 0, chance <= 1 else {
        call.report(
          "'sample' takes a whole number or a chance from 0 to 1, found \(chance)",
          hint: call.usageHint, at: item.range)
        return nil
      }
      return .chance(chance)
    }
    return call.onlyCount().map { .rows($0) }
  }
}
