import CKernels

/// Running counts of followers by bins of creation dates, some days each.
struct DateBins {
  let first: Int32
  let bins: Int
  private let days: Int
  private let width: Int
  /// A number a bin, and one for dates that do not count.
  private var numbers: [Int32]

  /// The bins that a stock spans; none where it is too small to be looked at.
  init(_ stock: CreationCounts.Stock, width: Int) {
    self.width = width
    first = stock.first
    days = stock.count < Self.fewest ? 0 : Int(stock.last) - Int(stock.first) + 1
    bins = (days + width - 1) / width
    numbers = [Int32](repeating: 0, count: bins + 1)
  }

  private static let fewest = 50

  var isEmpty: Bool { bins == 0 }
  /// Those of the bins.
  var counts: ArraySlice<Int32> { numbers[..<bins] }

  /// For the loop over rows.
  mutating func withBins(_ body: (ck_date_bins) -> Void) {
    let (first, days, bins) = (first, UInt32(days), UInt32(bins))
    // Exact for days below 2^28.
    let reciprocal = UInt32((UInt64(1) << 32 + UInt64(width) - 1) / UInt64(width))
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      body(
        ck_date_bins(
          numbers: start, first: first, days: days, reciprocal: reciprocal, bins: bins))
    }
  }
}
