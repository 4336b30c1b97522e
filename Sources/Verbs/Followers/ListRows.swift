import Columns
import Plans

/// The rows of a list by account and day, put in order once for all analyses of a statement that read them.
private struct ListRows: Sendable {
  /// What they were made of; held, so that no other columns take their memory.
  let account: Column
  let followed: Column
  let rows: AccountRows
}

extension AnalysisContext {
  /// The rows of a list by account and day of following: reads `#account #followed #day`, of which the last
  /// is made of the one before.
  func rowsByDay(_ table: Table) throws(AnalysisFailure) -> AccountRows {
    guard let account = table.column("#account"), let day = table.column("#day"),
      let followed = table.column("#followed")
    else { preconditionFailure("a list without #account, #followed and #day") }
    let known = kept.first { (list: ListRows) in
      list.account.isSame(as: account) && list.followed.isSame(as: followed)
    }
    if let known { return known.rows }
    let (names, numbers) = try textNumbers(account)
    let rows = try AccountRows(names, numbers, periods: try smallIntegers(day), self)
    kept.keep(ListRows(account: account, followed: followed, rows: rows))
    return rows
  }
}
