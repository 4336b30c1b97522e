package import Calendars

extension Cells {
  /// Reads cells that are all expected to be null; another is refused.
  package func readNothing(
    nulls: NullRule, present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    var outcome = CellOutcome()
    readSlowly(nulls: nulls, present: present, outcome: &outcome) { _, _ in false }
    return outcome
  }

  /// Adds the kinds of the cells to `kinds`, and stops early once there is text that settles it.
  ///
  /// Slow, some 50 ns a cell: for columns whose cells are not what they seemed.
  package func addKinds(
    to kinds: inout CellKinds, nulls: NullRule, zone: TimeZoneRules,
    format: inout ParsedTime.Format?
  ) {
    for index in 0..<count {
      let (cell, isQuoted) = withoutQuotes(index)
      let plain = trimmed(cell)
      if plain.isEmpty {
        if isQuoted, cell.isEmpty { kinds.insert(.quotedEmpty) }
      } else if nulls.isHard(plain) {
        if isQuoted { kinds.insert(.quotedEmpty) }
      } else if nulls.isSoft(plain) {
        kinds.insert(.softNull)
      } else {
        kinds.formUnion(cellKind(plain, zone: zone, format: &format))
      }
    }
  }
}
