import Columns
import Plans

/// Which followers of one capture of a list the other one lacks, and where they stand.
///
/// Reads `#in_other` (bool) of the list, in its order. `change` is kept, and gained in the newer list
/// or lost in the older; `kind` of a gained follower is new where nobody who was there before stands
/// newer, else returned: null where the order is not known; `#position` counts from 1. O(n).
struct ListChanges: Analysis {
  /// Whether the list is the later capture.
  let isNewer: Bool
  /// Whether the newest follower stands first; nil where that is not known.
  let isNewestFirst: Bool?

  let title = "changes of a list"
  let keepsRows = true
  let fields = [
    Field(name: "change", type: .string), Field(name: "kind", type: .string),
    Field(name: "#position", type: .int),
  ]

  /// So many who were there before may stand newer than a new follower: captures take a while, and
  /// a page may be moved by one.
  private static let mostNewer = 2

  private static let changes = TextDictionary(["gained", "lost", "kept"])
  private static let kinds = TextDictionary(["new", "returned"])
  private static let none: UInt8 = 255

  func columnNames(ofInput index: Int) -> Set<String> { ["#in_other"] }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let list = inputs[0]
    guard let found = list.column("#in_other") else { preconditionFailure("no #in_other") }
    let isKept = found.integers(null: 0)
    let count = list.rowCount
    let changes = BufferSlice<UInt8>(capacity: count)
    let kinds = BufferSlice<UInt8>(capacity: count)
    let positions = BufferSlice<Int64>(capacity: count)
    var newer = 0
    for step in 0..<count {
      let row = isNewestFirst ?? true ? step : count - 1 - step
      let wasThere = isKept.pointer[row] > 0
      changes.pointer[row] = wasThere ? 2 : isNewer ? 0 : 1
      kinds.pointer[row] =
        isNewer && isNewestFirst != nil && !wasThere ? (newer <= Self.mostNewer ? 0 : 1) : Self.none
      positions.pointer[row] = Int64(row + 1)
      newer += wasThere ? 1 : 0
    }
    let cuts = list.segmentRowCounts
    let made = [
      "change": Column(changes, in: Self.changes, cuts: cuts),
      "kind": Column(kinds, in: Self.kinds, cuts: cuts),
      "#position": Column(positions, of: .int, cuts: cuts),
    ]
    return AnalysisResult(
      columns: wanted.compactMap { made[$0.name] },
      notes: notes(kept: newer, changed: count - newer, kinds.array))
  }

  private func notes(kept: Int, changed: Int, _ kinds: [UInt8]) -> [String] {
    guard isNewer else { return ["\(changed) lost; a purge by the platform looks like leaving"] }
    let head = "\(changed) gained, \(kept) kept"
    guard isNewestFirst != nil else {
      return ["\(head); who came back cannot be told: the order of the newer list is not known"]
    }
    let returned = kinds.count { $0 == 1 }
    guard returned > 0 else { return [head] }
    return [
      "\(head); \(returned) of the gained stand deep in the list: they came back or were hidden, and "
        + "are no new followers"
    ]
  }
}
