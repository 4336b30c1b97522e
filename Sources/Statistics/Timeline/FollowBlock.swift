/// The forward messages of a block of rows, one behind the other.
struct FollowBlock {
  /// The message of the first row.
  typealias Start = (cells: [Float], message: FollowMessage)

  let rows: Range<Int>
  private let cells: UnsafeMutablePointer<Float>
  /// Where the cells of the rows begin that are made.
  private var offsets: [Int] = []
  private var message: FollowMessage

  /// No rows without a start; `cells`: room for all messages of these.
  init(_ rows: Range<Int>, _ start: Start?, _ cells: UnsafeMutablePointer<Float>) {
    self.rows = rows
    self.cells = cells
    message = start?.message ?? FollowMessage(sum: 1, cells, 0)
    guard let start else { return }
    offsets.reserveCapacity(rows.count)
    offsets.append(0)
    for (cell, value) in start.cells.enumerated() { cells[cell] = value }
  }

  /// The cells of a row that is made.
  func cells(of place: Int) -> UnsafeMutablePointer<Float> {
    cells + offsets[place - rows.lowerBound]
  }

  /// Makes the message of the next row; false where all are made.
  mutating func advance(_ steps: inout FollowSteps, _ grid: FollowGrid) -> Bool {
    guard offsets.count < rows.count else { return false }
    let place = rows.lowerBound + offsets.count
    let before = offsets[offsets.count - 1]
    let next = before + FollowMessage.room(grid.bands[place - 1].width)
    message = steps.forward(cells + before, message, to: place, cells + next)
    offsets.append(next)
    return true
  }
}
