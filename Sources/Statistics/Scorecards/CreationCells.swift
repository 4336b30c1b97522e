import CKernels

/// The followers of a range and of its surroundings, with empty places beyond the ends of the list, so
/// that every window fits.
struct RankedStretch {
  /// The most that evidence is told to be above or below the usual.
  static let mostWeight: Int32 = 30
  /// How many places lie before the range.
  static let margin = OrderEvidence.surroundings
  /// Days from the first day to each account's creation; NaN where it takes no part.
  private(set) var made: [Double]
  /// Days from creation to following; NaN likewise.
  private(set) var age: [Double]
  /// Weights of evidence less the usual, in 1,024ths: whole numbers, so that sums are exact.
  private(set) var weights: [Int32]

  init(_ order: FollowRanks, around rows: Range<Int>) {
    let first = rows.lowerBound - RankedStretch.margin
    let places = rows.count + 2 * RankedStretch.margin
    made = Array(repeating: .nan, count: places)
    age = made
    weights = Array(repeating: 0, count: places)
    let known = max(0, first)..<min(order.rows.count, first + places)
    guard let start = order.rows.baseAddress, !known.isEmpty else { return }
    made.withUnsafeMutableBufferPointer { made in
      age.withUnsafeMutableBufferPointer { age in
        weights.withUnsafeMutableBufferPointer { weights in
          guard let made = made.baseAddress, let age = age.baseAddress,
            let weights = weights.baseAddress
          else { return }
          let (place, columns) = (known.lowerBound - first, order.columns)
          ck_ranked_rows(
            start + known.lowerBound, known.count, columns.created, columns.followed,
            columns.evidence, RankedStretch.firstDay, FollowRanks.leastAge, order.usual,
            made + place, age + place, weights + place)
        }
      }
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

/// A cell of dates: from `first`, so that those below lie there; 0 for whoever takes no part.
enum CreationCell {
  /// The cell of the first dates: three and six cells from here are one of the wider widths.
  static let first = UInt16(CK_FIRST_CELL)
  /// One past the highest cell that may be read: behind the last, as many as before the first.
  static let limit = 1 << 13
  private static let last = limit - 1 - 2 * Int(first)

  /// The cells of days, NaN for whoever takes no part.
  static func cells(_ days: [Double], width: Double) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: days.count) { cells, count in
      days.withUnsafeBufferPointer { days in
        guard let first = days.baseAddress, let out = cells.baseAddress else { return }
        ck_date_cells(first, days.count, width, Double(last), CreationCell.first, out)
      }
      count = days.count
    }
  }
}
