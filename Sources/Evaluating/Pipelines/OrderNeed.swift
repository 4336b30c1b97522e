/// What the reader of a pipeline needs of the order of its rows.
enum OrderNeed {
  /// The rows in their order.
  case rows
  /// The ordinal of each row, which ascend within a block; blocks may come in any order.
  case blocks
  /// The ordinal of each row.
  case ordinals
}
