import CKernels

/// The followers of a range and of its surroundings, with empty places beyond the ends of the list, so
/// that every window fits.
struct RankedStretch {
  /// How many places lie before the range.
  static let margin = OrderEvidence.surroundings
  /// Days from the first day to each account's creation; NaN where it takes no part.
  private var made: [Double]
  /// Days from creation to following; NaN likewise.
  private var age: [Double]
  /// Weights of evidence less the usual, in 1,024ths: whole numbers, so that sums are exact.
  private(set) var weights: [Int32]

  init(_ order: FollowRanks, around rows: Range<Int>) {
    let first = rows.lowerBound - RankedStretch.margin
    let places = rows.count + 2 * RankedStretch.margin
    made = Array(repeating: .nan, count: places)
    age = made
    weights = Array(repeating: 0, count: places)
    for row in max(0, first)..<min(order.count, first + places) where order.isAged(row) {
      made[row - first] = order.made[row] - RankedStretch.firstDay
      age[row - first] = order.followed[row] - order.made[row]
      let weight = min(30, max(-30, order.evidence[row] - order.usual))
      weights[row - first] = weight.isNaN ? 0 : nearestInteger(weight * 1024)
    }
  }

  /// The day that cells count from: the start of the oldest platform here, 21 March 2006.
  ///
  /// Earlier dates, which are mistakes, share its cell.
  private static let firstDay = 13_228.0

  /// Creation dates in cells of two fifths of a width: five cells span it twice.
  func madeCells(width: Double) -> [UInt16] { CreationCell.cells(made, width: width * 0.4) }

  /// Ages at following in cells of two fifths of a width.
  func ageCells(width: Double) -> [UInt16] { CreationCell.cells(age, width: width * 0.4) }
}

/// The nearest whole number, halves away from 0, as `rounded()` gives it, without a call for each.
@inline(__always)
func nearestInteger(_ number: Double) -> Int32 {
  Int32(number + Double(signOf: number, magnitudeOf: 0.5.nextDown))
}

/// A cell of dates: from 3, so that two cells below lies one; 0 for whoever takes no part.
enum CreationCell {
  /// One past the highest cell that may be read.
  static let limit = 1 << 13

  /// The cells of days, NaN for whoever takes no part.
  static func cells(_ days: [Double], width: Double) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: days.count) { cells, count in
      days.withUnsafeBufferPointer { days in
        guard let first = days.baseAddress, let out = cells.baseAddress else { return }
        ck_date_cells(first, days.count, width, Double(limit - 6), out)
      }
      count = days.count
    }
  }
}
