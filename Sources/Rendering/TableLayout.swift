/// Which columns fit the width, and how wide each becomes.
struct TableLayout {
  /// Positions of the columns that are shown, ascending.
  private(set) var kept: [Int]
  /// The width of each column that is shown.
  private(set) var widths: [Int]
  /// Positions of those that are left out.
  let elided: [Int]

  /// Keeps as many columns as fit when texts and names are cut to their least width, the first and
  /// the last ones before those in the middle: the first say what a row is and the last what was
  /// computed.
  ///
  /// Then gives what room is left to the narrowest first.
  init(_ columns: [TextColumn], limit: Int?) {
    kept = Array(columns.indices)
    guard let limit else {
      widths = columns.map(\.naturalWidth)
      elided = []
      return
    }
    let chosen = Self.chosen(columns, limit)
    kept = kept.filter(chosen.contains)
    elided = columns.indices.filter { !chosen.contains($0) }
    let room = limit - TextTable.gap.count * max(0, kept.count - 1)
    widths = Self.widths(kept.map { columns[$0] }, room: room)
  }

  /// At least one column, whatever its width.
  private static func chosen(_ columns: [TextColumn], _ limit: Int) -> Set<Int> {
    var chosen: Set<Int> = []
    var (front, back) = (0, columns.count - 1)
    var used = -TextTable.gap.count
    while front <= back {
      let next = chosen.count.isMultiple(of: 2) ? front : back
      used += TextTable.gap.count + columns[next].leastWidth
      if used > limit && !chosen.isEmpty { break }
      chosen.insert(next)
      if next == front { front += 1 } else { back -= 1 }
    }
    return chosen
  }

  /// Natural widths, those that can be cut lowered to one common level where the room is too small.
  private static func widths(_ columns: [TextColumn], room: Int) -> [Int] {
    if columns.count == 1 { return [max(1, min(columns[0].naturalWidth, room))] }
    let total = columns.reduce(0) { $0 + $1.naturalWidth }
    if total <= room { return columns.map(\.naturalWidth) }
    func lowered(to level: Int) -> [Int] {
      columns.map { max($0.leastWidth, min($0.naturalWidth, level)) }
    }
    var level = TextColumn.widestCell
    while level > 1, lowered(to: level).reduce(0, +) > room { level -= 1 }
    var widths = lowered(to: level)
    // One more column each, from the left, until the room is used.
    var spare = room - widths.reduce(0, +)
    for index in widths.indices where spare > 0 && widths[index] < columns[index].naturalWidth {
      if widths[index] != level { continue }
      widths[index] += 1
      spare -= 1
    }
    return widths
  }
}
