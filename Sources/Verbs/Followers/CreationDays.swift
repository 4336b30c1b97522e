import Columns
import Plans

/// The days of signing up of a list's followers, put in order once for all analyses of a statement that read
/// them.
private struct KeptCreationDays: Sendable {
  /// What they were made of; held, so that no other columns take their memory.
  let account: Column
  let followed: Column
  let created: Column
  let days: AccountValues<Int32>
}

extension AnalysisContext {
  /// The day since 1970 on which each follower signed up, in the order of `rowsByDay`; `Int32.min` where it is
  /// unknown.
  func creationDays(_ table: Table) throws(AnalysisFailure) -> AccountValues<Int32> {
    guard let account = table.column("#account"), let followed = table.column("#followed"),
      let created = table.column("#created")
    else { preconditionFailure("a list without #account, #followed and #created") }
    let known = kept.first { (list: KeptCreationDays) in
      list.account.isSame(as: account) && list.followed.isSame(as: followed)
        && list.created.isSame(as: created)
    }
    if let known { return known.days }
    let days = try AccountValues(try rowsByDay(table), table, self) { block, days in
      created.segments[block.segment].writeUTCDays(block.rows, to: days)
      return UnsafePointer(days)
    }
    kept.keep(
      KeptCreationDays(account: account, followed: followed, created: created, days: days))
    return days
  }
}
