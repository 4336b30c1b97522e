import Columns
import Plans
import Statistics

/// Which followers of one capture of a list the other one lacks, and where they stand.
///
/// Reads `#other_position`: where each stands in the other capture, counted from 1, null where it is not
/// there. `change` is kept, and gained in the newer list or lost in the older; `kind` of a gained follower
/// is new where nobody who was there before and kept the order stands newer, else returned: null where
/// the order is not known. O(n log n).
struct ListChanges: Analysis {
  /// Whether the list is the later capture.
  let isNewer: Bool
  /// Whether the newest follower stands first; nil where that is not known.
  let isNewestFirst: Bool?
  /// The same of the other capture.
  let isOtherNewestFirst: Bool?
  /// The column by which followers are known in both.
  let key: String

  let title = "changes of a list"
  let keepsRows = true
  let fields = [
    Field(name: "change", type: .string), Field(name: "kind", type: .string),
  ]

  /// So many who were there before may stand newer than a new follower: captures take a while, and
  /// a page may be moved by one.
  private static let mostNewer = 2
  /// So many lost in a row at the newest end say that the captures may be the wrong way round.
  static let fewestSwapped = 20

  private static let changes = TextDictionary(["gained", "lost", "kept"])
  private static let kinds = TextDictionary(["new", "returned"])
  private static let none: UInt8 = 255

  func columnNames(ofInput index: Int) -> Set<String> { ["#other_position"] }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let list = inputs[0]
    guard let found = list.column("#other_position") else {
      preconditionFailure("no #other_position")
    }
    let others = found.integers(null: 0)
    let count = list.rowCount
    let changes = BufferSlice<UInt8>(capacity: count)
    let kinds = BufferSlice<UInt8>(capacity: count)
    for row in 0..<count {
      changes.pointer[row] = others.pointer[row] > 0 ? 2 : isNewer ? 0 : 1
      kinds.pointer[row] = Self.none
    }
    let steady = isNewer ? steadyRows(others, count) : []
    if isNewer, isNewestFirst != nil { setKinds(kinds, others, steady) }
    let cuts = list.segmentRowCounts
    let made = [
      "change": Column(changes, in: Self.changes, cuts: cuts),
      "kind": Column(kinds, in: Self.kinds, cuts: cuts),
    ]
    return AnalysisResult(
      columns: wanted.compactMap { made[$0.name] },
      notes: isNewer ? newerNotes(changes.array, kinds.array, steady) : olderNotes(changes.array))
  }

  // MARK: Order

  /// The row of a place counted from the newest follower.
  private func row(_ place: Int, of count: Int) -> Int {
    isNewestFirst ?? true ? place : count - 1 - place
  }

  /// Which rows both captures hold in one order.
  ///
  /// Who left and followed again stands newer than before, and says nothing of those below.
  private func steadyRows(_ others: BufferSlice<Int64>, _ count: Int) -> [Bool] {
    let sign: Int64 = isOtherNewestFirst ?? isNewestFirst ?? true ? 1 : -1
    let kept = (0..<count).lazy.map { row($0, of: count) }.filter { others.pointer[$0] > 0 }
    let rows = Array(kept)
    var isSteady = [Bool](repeating: false, count: count)
    for index in longestRisingRow(rows.map { sign * others.pointer[$0] }) {
      isSteady[rows[index]] = true
    }
    return isSteady
  }

  private func setKinds(
    _ kinds: BufferSlice<UInt8>, _ others: BufferSlice<Int64>, _ isSteady: [Bool]
  ) {
    var newer = 0
    for place in isSteady.indices {
      let row = row(place, of: isSteady.count)
      if isSteady[row] { newer += 1 }
      if others.pointer[row] <= 0 { kinds.pointer[row] = newer <= Self.mostNewer ? 0 : 1 }
    }
  }

  // MARK: Notes

  private func newerNotes(_ changes: [UInt8], _ kinds: [UInt8], _ isSteady: [Bool]) -> [String] {
    let kept = changes.count { $0 == 2 }
    var head = "\(changes.count - kept) gained, \(kept) kept"
    guard isNewestFirst != nil else {
      return ["\(head); who came back cannot be told: the order of the newer list is not known"]
        + keyNotes
    }
    let returned = kinds.count { $0 == 1 }
    if returned > 0 {
      head +=
        "; \(returned) of the gained stand deep in the list: they came back or were hidden, and "
        + "are no new followers"
    }
    let moved = kept - isSteady.count { $0 }
    if moved > 0 {
      head += "; \(moved) of the kept stand elsewhere than before, as who left and followed again"
    }
    return [head] + keyNotes
  }

  private func olderNotes(_ changes: [UInt8]) -> [String] {
    let lost = changes.count { $0 == 1 }
    var notes = ["\(lost) lost; a purge by the platform looks like leaving"]
    let newest = changes.indices.prefix { changes[row($0, of: changes.count)] == 1 }.count
    if isNewestFirst != nil, newest >= Self.fewestSwapped, newest < changes.count {
      notes.append(Self.swappedNote(newest))
    }
    return notes
  }

  /// What is said where so many of the newest followers are in the older list alone.
  static func swappedNote(_ newest: Int) -> String {
    "the newest \(newest) of the older list are all lost: is it the later capture? The older one is "
      + "named first"
  }

  private var keyNotes: [String] {
    guard key == "screen_name" else { return [] }
    return ["known by screen_name: who took a new handle counts as one lost and one gained"]
  }
}
