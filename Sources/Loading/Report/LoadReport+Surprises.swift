import Columns
import Formats

extension LoadReport {
  /// Says why a column is kept as text where most of it, or all, looks like something else.
  mutating func addWarning(_ position: Int, _ plan: ColumnPlan, of column: Column) {
    let seen = plan.kinds
    let isNumeric = seen.isDisjoint(with: [.text, .date, .time, .truthWord, .ambiguousDate])
    func cell(_ kinds: CellKinds) -> String? {
      OddCell.first(of: column) { !$0.isDisjoint(with: kinds) }?.description
    }
    var reason: String?
    if seen.contains(.shortened), isNumeric || plan.traits.isIdentifier {
      reason = cell(.shortened).map { "numbers like \($0) show that a spreadsheet cut digits off" }
    } else if plan.traits.isIdentifier, seen.contains(.fraction), !seen.contains(.text) {
      reason = cell(.fraction).map { "ids with a decimal point like \($0)" }
    } else if seen.contains(.ambiguousDate), !seen.contains(.text) {
      reason = cell(.ambiguousDate).map { "dates like \($0) do not say which is the month" }
    } else if seen.contains(.beyondFloat), isNumeric {
      reason = cell(.beyondFloat).map { "\($0) is beyond the range of floats" }
    } else if !seen.isDisjoint(with: [.largeInteger, .hugeInteger]), seen.contains(.fraction),
      isNumeric
    {
      reason = cell([.largeInteger, .hugeInteger]).map {
        "numbers too large to be exact beside decimals, like \($0)"
      }
    } else if !misfits.contains(position) {
      reason = exception(in: column, seen)
    }
    if let reason { addWarnings(["\(columns[position].name): \(reason); kept as text"]) }
  }

  /// The first cell that is text in a column of which nearly all is numbers, or times.
  private func exception(in column: Column, _ seen: CellKinds) -> String? {
    guard !seen.isDisjoint(with: [.text, .ambiguousDate, .truthWord]) else { return nil }
    let forms: [(CellKinds, String)] = [(.numbers, "number"), ([.date, .time], "date")]
    for (kinds, noun) in forms where !seen.isDisjoint(with: kinds) {
      let (found, total) = OddCell.count(of: column, rows: 10_000) { !$0.isDisjoint(with: kinds) }
      guard total >= 10, found * 10 >= total * 9 else { continue }
      let cell = OddCell.first(of: column) { !$0.isEmpty && $0.isDisjoint(with: kinds) }
      return cell.map { "\($0.description) is no \(noun)" }
    }
    return nil
  }
}
