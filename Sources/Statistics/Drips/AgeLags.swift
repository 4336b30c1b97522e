import Glibc

/// The ages at follow of a grid's cells, told by how many weeks the follow lies behind the bin.
///
/// Lag 0 is the first week with the last bin. A lag's class holds ages within a fifth of one another.
struct AgeLags {
  private let weeks: Int
  private let bins: Int
  /// Weeks a bin is wide.
  private let step: Int
  /// The class of each lag, from the first on that takes part; those before are too soon after signing
  /// up.
  private let classes: [Int]
  private let firstLag: Int

  /// Takes a grid whose bins are whole weeks wide.
  init(_ grid: CreationGrid) {
    precondition(grid.width % 7 == 0, "bins of \(grid.width) days")
    (weeks, bins, step) = (grid.weeks, grid.bins, grid.width / 7)
    let lags = weeks + step * (bins - 1)
    let all = (0..<lags).map {
      AgeLags.ageClass(grid, days: 7 * ($0 - grid.width / 7 * (grid.bins - 1)))
    }
    firstLag = all.firstIndex { $0 != nil } ?? lags
    classes = all.map { $0 ?? 0 }
  }

  /// How many lags there are.
  var count: Int { classes.count }

  func lag(_ week: Int, _ bin: Int) -> Int { week + step * (bins - 1 - bin) }

  /// The weeks in which followers of a bin take part.
  func weeks(ofBin bin: Int) -> Range<Int> { min(weeks, max(0, firstLag - lag(0, bin)))..<weeks }

  /// The number of each lag's class.
  func byLag(_ numbers: [Double]) -> [Double] { classes.map { numbers[$0] } }

  /// The sums of the lags of each class.
  func byClass(_ sums: [Double]) -> [Double] {
    var numbers = [Double](repeating: 0, count: 1 + (classes.last ?? 0))
    for lag in stride(from: firstLag, to: count, by: 1) { numbers[classes[lag]] += sums[lag] }
    return numbers
  }

  /// Ages at follow within a fifth of one another; nil where nobody is counted.
  ///
  /// `days`: from the first day of a bin, counted from that of the first bin, to that of a week.
  private static func ageClass(_ grid: CreationGrid, days: Int) -> Int? {
    let age = Double(days + 3 - grid.firstDay) - Double(grid.width) / 2
    guard age > 60 - Double(grid.width) else { return nil }
    return Int(log(max(1, age / 60)) / log(1.2))
  }
}
