import Checking
import Parsing
import Plans

/// `take`: the first rows.
struct TakeVerb: Verb {
  let signature = VerbSignature(
    name: "take", aliases: ["limit", "head"], usage: "take COUNT", items: .count,
    summary: "keeps the first rows",
    help: "`top` takes the first rows of an order.",
    examples: ["example | take 3", "example | sort followers desc | take 1"])

  func lower(_ call: VerbCall) -> Plan? {
    guard let count = call.onlyCount() else { return call.input }
    return call.input.sliced(count: count, range: call.range)
  }
}

extension VerbCall {
  /// The whole number that a verb takes as its only item, or nil with an error.
  func onlyCount() -> Int? {
    guard let item = items.first else {
      report("'\(stage.verb.text)' needs a whole number", hint: usageHint, at: stage.verb.range)
      return nil
    }
    if items.count > 1 {
      report(
        "'\(stage.verb.text)' takes one whole number, found \(items.count) items",
        hint: usageHint, at: items[1].range)
      return nil
    }
    return count(item)
  }
}
