import Glibc

/// How many followers of each week and creation date a list without drips would have.
///
/// The product of a number for the week, one for the age at follow and one for the creation date, each
/// fitted so that its sums are those of the list (iterative proportional fitting, W. E. Deming and
/// F. F. Stephan, Annals of Mathematical Statistics 11, 1940). Ages within a fifth share a number; cells
/// that were emptied expect nobody. O(weeks × bins) a round.
struct CreationSurface {
  private let grid: CreationGrid
  /// Expected followers, weeks × bins.
  private var cells: [Double]

  init(_ grid: CreationGrid, rounds: Int = 10) {
    self.grid = grid
    let ages = CreationSurface.ageClasses(grid)
    let ageCount = (ages.max() ?? 0) + 1
    cells = ages.map { $0 < 0 ? 0 : 1 }
    let bins = grid.bins
    for _ in 0..<rounds {
      fit(ageCount) { ages[$0] }
      fit(bins) { $0 % bins }
      fit(grid.weeks) { $0 / bins }
    }
  }

  var sums: CellSums {
    CellSums(weeks: grid.weeks, bins: grid.bins) { cells[$0 * grid.bins + $1] }
  }

  /// Scales the cells so that the sums of each class are those of the grid.
  private mutating func fit(_ classes: Int, classOf: (Int) -> Int) {
    var expected = [Double](repeating: 0, count: classes)
    var observed = expected
    for cell in cells.indices where cells[cell] > 0 {
      let number = classOf(cell)
      expected[number] += cells[cell]
      observed[number] += Double(
        grid.count(cell / grid.bins, cell / grid.bins + 1, cell % grid.bins))
    }
    let scales = zip(observed, expected).map { $1 > 1e-9 ? $0 / $1 : 0 }
    for cell in cells.indices where cells[cell] > 0 { cells[cell] *= scales[classOf(cell)] }
  }

  /// Per cell the class of its age at follow; -1 where nobody is counted.
  private static func ageClasses(_ grid: CreationGrid) -> [Int] {
    (0..<grid.weeks * grid.bins).map { cell in
      let (week, bin) = (cell / grid.bins, cell % grid.bins)
      let created = grid.firstDay + bin * grid.width
      let age = Double(week * 7 + 3 - created) - Double(grid.width) / 2
      guard age > 60 - Double(grid.width), !grid.isEmptied(week, bin) else { return -1 }
      return Int(log(max(1, age / 60)) / log(1.2))
    }
  }
}
