import Checking
import Columns
import Parsing
import Plans

/// Lists that are compared follower by follower.
extension VerbCall {
  /// The column by which followers are known in all tables; nil with an error.
  func commonKey(of tables: [TableArgument]) -> Field? {
    for name in ["id", "screen_name"] {
      let fields = tables.map { $0.plan.schema.field(name) }
      guard let first = fields.first ?? nil, fields.allSatisfy({ $0?.type == first.type }) else {
        continue
      }
      return first
    }
    report(
      "'\(stage.verb.text)' needs a column id or screen_name of one type in "
        + (tables.count == 2 ? "both lists" : "all lists"), at: stage.range)
    return nil
  }

  /// Two captures of one list, the older first, and the column by which followers are known in both;
  /// nil with an error.
  func captures() -> (old: TableArgument, new: TableArgument, key: Field)? {
    guard let tables = tables() else { return nil }
    guard tables.count == 2 else {
      report(
        "'\(stage.verb.text)' takes the older and the newer list, found \(tables.count)",
        hint: usageHint, at: stage.range)
      return nil
    }
    return commonKey(of: tables).map { (tables[0], tables[1], $0) }
  }
}
