/// Creation dates and ages at following in cells of two fifths of a width: five cells span it twice.
struct CreationCells {
  /// The first row of the cells.
  let first: Int
  /// The cell of each row's creation date, from 3; 0 where it takes no part.
  private(set) var made: [UInt16]
  /// The cell of each row's age at following; 0 likewise.
  private(set) var age: [UInt16]
  /// Weights of evidence less the usual, in 1,024ths: whole numbers, so that sliding sums stay exact.
  private(set) var weights: [Int32]
  /// One past the highest cell that may be read.
  static let limit = 1 << 13

  /// The cells of the rows of a range and of its surroundings.
  init(_ order: FollowRanks, width: Double, around rows: Range<Int>) {
    let lower = max(0, rows.lowerBound - OrderEvidence.surroundings)
    let upper = min(order.count, rows.upperBound + OrderEvidence.surroundings)
    first = lower
    made = Array(repeating: 0, count: upper - lower)
    age = made
    weights = Array(repeating: 0, count: upper - lower)
    let step = width * 0.4
    let start = order.firstDay
    for row in lower..<upper where order.isAged(row) {
      made[row - lower] = CreationCells.cell((order.made[row] - start) / step)
      age[row - lower] = CreationCells.cell((order.followed[row] - order.made[row]) / step)
      let weight = min(30, max(-30, order.evidence[row] - order.usual))
      weights[row - lower] = weight.isNaN ? 0 : Int32((weight * 1024).rounded())
    }
  }

  /// The weight of a row of the list, in 1,024ths.
  func evidence(_ row: Int) -> Int {
    Int(weights[row - first])
  }

  private static func cell(_ place: Double) -> UInt16 {
    UInt16(min(Double(limit - 4), max(0, place))) + 3
  }
}

extension FollowRanks {
  /// The day that cells count from: the start of the oldest platform here, 21 March 2006.
  ///
  /// Earlier dates, which are mistakes, share its cell.
  var firstDay: Double { 13_228 }
}

/// Counts of cells within so many ranks of the present row.
private struct SlidingCells {
  let reach: Int
  private(set) var counts = [Int32](repeating: 0, count: CreationCells.limit + 4)
  /// Rows that take part.
  private(set) var total = 0

  init(reach: Int) {
    self.reach = reach
  }

  /// The window around the first row.
  mutating func fill(_ cells: [UInt16], center: Int) {
    for place in max(0, center - reach)...min(cells.count - 1, center + reach) {
      count(cells[place], 1)
    }
  }

  /// The window one further: `center` is its new middle.
  mutating func advance(_ cells: [UInt16], center: Int) {
    if center + reach < cells.count { count(cells[center + reach], 1) }
    if center - reach > 0 { count(cells[center - reach - 1], -1) }
  }

  /// How many lie within two cells.
  func band(_ cell: Int) -> Int {
    Int(
      counts[cell - 2] &+ counts[cell - 1] &+ counts[cell] &+ counts[cell + 1] &+ counts[cell + 2])
  }

  private mutating func count(_ cell: UInt16, _ step: Int32) {
    guard cell > 0 else { return }
    counts[Int(cell)] &+= step
    total += Int(step)
  }
}

/// Sums of weights by cell within so many ranks of the present row.
private struct SlidingWeights {
  let reach: Int
  private var sums = [Int](repeating: 0, count: CreationCells.limit + 4)

  init(reach: Int) {
    self.reach = reach
  }

  mutating func fill(_ cells: CreationCells, center: Int) {
    for place in max(0, center - reach)...min(cells.made.count - 1, center + reach) {
      sums[Int(cells.made[place])] &+= Int(cells.weights[place])
    }
  }

  mutating func advance(_ cells: CreationCells, center: Int) {
    let next = center + reach
    let last = center - reach - 1
    if next < cells.made.count { sums[Int(cells.made[next])] &+= Int(cells.weights[next]) }
    if last >= 0 { sums[Int(cells.made[last])] &-= Int(cells.weights[last]) }
  }

  func band(_ cell: Int) -> Int {
    sums[cell - 2] &+ sums[cell - 1] &+ sums[cell] &+ sums[cell + 1] &+ sums[cell + 2]
  }
}

/// All windows around one row at one width of creation dates.
struct NeighbourCounts {
  private var near: [SlidingCells]
  private var outerMade: [SlidingCells]
  private var outerAge: [SlidingCells]
  private var sums: [SlidingWeights]
  private var made = SlidingCells(reach: OrderEvidence.surroundings)
  private var age = SlidingCells(reach: OrderEvidence.surroundings)

  init(_ cells: CreationCells, at row: Int) {
    near = OrderEvidence.reaches.map { SlidingCells(reach: $0) }
    outerMade = OrderEvidence.reaches.map { SlidingCells(reach: 2 * $0) }
    outerAge = outerMade
    sums = OrderEvidence.reaches.map { SlidingWeights(reach: $0) }
    let center = row - cells.first
    for index in near.indices {
      near[index].fill(cells.made, center: center)
      outerMade[index].fill(cells.made, center: center)
      outerAge[index].fill(cells.age, center: center)
      sums[index].fill(cells, center: center)
    }
    made.fill(cells.made, center: center)
    age.fill(cells.age, center: center)
  }

  /// Moves all windows one row on.
  mutating func advance(to row: Int, _ cells: CreationCells) {
    let center = row - cells.first
    for index in near.indices {
      near[index].advance(cells.made, center: center)
      outerMade[index].advance(cells.made, center: center)
      outerAge[index].advance(cells.age, center: center)
      sums[index].advance(cells, center: center)
    }
    made.advance(cells.made, center: center)
    age.advance(cells.age, center: center)
  }

  /// Neighbours made near the present row's date, itself not counted.
  func near(_ index: Int, _ cell: Int) -> Int {
    near[index].band(cell) - 1
  }

  /// How many neighbours the surroundings let expect, at least one half.
  func expected(_ index: Int, _ cell: Int, _ ageCell: Int) -> Double {
    let looked = Double(near[index].total - 1)
    let around = Double(made.total - outerMade[index].total + 1)
    let sameDates = Double(made.band(cell) - outerMade[index].band(cell) + 1)
    let sameAges = Double(age.band(ageCell) - outerAge[index].band(ageCell) + 1)
    return max(0.5, max(sameDates, sameAges) / around * looked)
  }

  /// The mean weight of those neighbours, the present row's own taken off.
  func meanEvidence(_ index: Int, _ cell: Int, without own: Int) -> Double {
    Double(sums[index].band(cell) - own) / 1024 / Double(max(1, near(index, cell)))
  }
}
