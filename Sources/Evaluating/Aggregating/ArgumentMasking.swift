/// Keeps the rows whose arguments are null away from the states: their group is 0 there.
final class ArgumentMasking {
  private let layout: AggregationLayout
  private let blockRows: Int
  private var masks: [Store<UInt32>] = []

  init(_ layout: AggregationLayout, blockRows: Int) {
    self.layout = layout
    self.blockRows = blockRows
  }

  /// An argument with the groups of its rows, 0 where it is null.
  func masked(_ column: DenseColumn, _ index: Int, _ rows: GroupedRows) -> DenseColumn {
    var column = column
    column.groups = rows.groups
    guard let validity = column.validity else { return column }
    let mask = mask(index)
    maskGroups(rows.groups, validity, rows, into: mask.pointer)
    column.groups = UnsafePointer(mask.pointer)
    return column
  }

  /// Updates states with a block, whose arguments have been masked.
  func update(_ states: GroupStates, _ rows: GroupedRows, _ arguments: [DenseColumn]) {
    states.update(rows) { position in
      var own = layout.specifications[position].arguments.map { arguments[$0] }
      if own.count == 2 { own[1].groups = joint(own[0], own[1], position) }
      return own
    }
  }

  private func mask(_ index: Int) -> Store<UInt32> {
    while masks.count <= index { masks.append(Store(undefined: blockRows)) }
    return masks[index]
  }

  /// The groups of rows where both arguments are present.
  private func joint(
    _ left: DenseColumn, _ right: DenseColumn, _ position: Int
  ) -> UnsafePointer<UInt32> {
    if left.validity == nil { return right.groups }
    if right.validity == nil { return left.groups }
    let both = mask(layout.arguments.count + position).pointer
    for row in 0..<left.count { both[row] = min(left.groups[row], right.groups[row]) }
    return UnsafePointer(both)
  }
}
