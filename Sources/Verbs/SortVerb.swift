import Checking
import Parsing
import Plans

/// `sort`: the rows in order.
struct SortVerb: Verb {
  let signature = VerbSignature(
    name: "sort", aliases: ["order", "arrange"], usage: "sort COLUMN [desc], …",
    items: .sortKeys, clauses: [.by: .sortKeys],
    summary: "puts the rows in order",
    help: """
      Rows that are equal stay as they were. Nulls come last in both directions, NaN last among \
      numbers. `sort by x` says the same.
      """,
    examples: [
      "example | sort followers desc, screen_name", "example | sort by friends / followers",
    ])

  func lower(_ call: VerbCall) -> Plan? {
    let items = call.items + call.items(of: .by)
    if items.isEmpty {
      call.report("'sort' needs a column", hint: call.usageHint, at: call.stage.range)
    }
    if !call.items.isEmpty, let clause = call.clause(.by) {
      call.report("'sort' takes its columns once", hint: call.usageHint, at: clause.wordRange)
    }
    let keys = call.sortKeys(items)
    return keys.isEmpty ? call.input : call.input.sorted(by: keys, range: call.range)
  }
}

extension VerbCall {
  /// Sort keys of items; descending unless told otherwise where `isDescending`.
  func sortKeys(_ items: [Item], isDescending: Bool = false) -> [SortKey] {
    items.compactMap { item in
      if let name = item.name {
        report(
          "'\(stage.verb.text)' takes columns without new names", hint: usageHint, at: name.range)
        return nil
      }
      guard let value = expression(item.value) else { return nil }
      let direction = item.direction.map { $0 == .descending }
      return SortKey(value, isDescending: direction ?? isDescending)
    }
  }
}
