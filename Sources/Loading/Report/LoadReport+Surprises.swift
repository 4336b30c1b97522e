import Columns
import Formats

extension LoadReport {
  /// Says why a column is kept as text where most of it, or all, looks like something else.
  mutating func addWarning(_ position: Int, _ plan: ColumnPlan, of column: Column) {
    let seen = plan.kinds
    let isNumeric = seen.isDisjoint(with: [.text, .date, .time, .truthWord, .numericDate])
    func cell(_ kinds: CellKinds) -> String? {
      OddCell.first(of: column) { !$0.isDisjoint(with: kinds) }?.description
    }
    var reason: String?
    if seen.contains(.shortened), isNumeric || plan.traits.isIdentifier {
      reason = cell(.shortened).map { "numbers like \($0) show that a spreadsheet cut digits off" }
    } else if plan.traits.isIdentifier, !seen.isDisjoint(with: .fractions), !seen.contains(.text) {
      reason = cell(.fractions).map { "ids with a decimal point like \($0)" }
    } else if seen.contains(.beyondFloat), isNumeric {
      reason = cell(.beyondFloat).map { "\($0) is beyond the range of floats" }
    } else if !seen.isDisjoint(with: [.largeInteger, .hugeInteger]),
      !seen.isDisjoint(with: .fractions), isNumeric
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
    guard !seen.isDisjoint(with: [.text, .numericDate, .truthWord]) else { return nil }
    let dates: CellKinds = [.date, .time, .numericDate]
    let forms: [(CellKinds, String)] = [(.numbers, "number"), (dates, "date")]
    for (kinds, noun) in forms where !seen.isDisjoint(with: kinds) {
      let (found, total) = OddCell.count(of: column, rows: 10_000) { !$0.isDisjoint(with: kinds) }
      guard total >= 10, found * 10 >= total * 9 else { continue }
      let cell = OddCell.first(of: column) { !$0.isEmpty && $0.isDisjoint(with: kinds) }
      return cell.map { "\($0) is no \(noun)\($0.nullRemedy)" }
    }
    return nil
  }
}
