import CKernels

/// The followers of a list as the channels of a drip test count them.
///
/// By day of following; and of those whose ages tell of a stock of accounts, how many there are and which
/// days of signing up they span, for the grids that are made of them. Followers younger than 60 days at
/// their follow, and those of unknown age, are in the days alone. O(rows).
struct CreationCounts {
  /// Followers of a stock of accounts: how many, and their first and last day of signing up.
  typealias Stock = ck_stock

  private let list: DripList
  private let flags: [Bool]
  /// Per day the followers, and those of low quality; masked days 0.
  let perDay: [Int]
  private(set) var lowQualityPerDay: [Int] = []
  private var all = Stock(count: 0, first: .max, last: .min)
  private var lowQuality = Stock(count: 0, first: .max, last: .min)

  var dayCount: Int { list.dayCount }
  var weeks: Int { (dayCount + 6) / 7 }

  init(_ list: DripList) {
    self.list = list
    perDay = (0..<list.dayCount).map { list.rows(ofDay: $0).count }
    lowQualityPerDay.reserveCapacity(list.dayCount)
    // Without flags nobody is of low quality.
    flags = list.isLowQuality ?? [Bool](repeating: false, count: list.createdDays.count)
    for day in 0..<list.dayCount {
      var flagged = 0
      list.withRows(ofDay: day, flags) { created, flags, count in
        flagged = ck_count_stock(
          created, flags, count, Int32(truncatingIfNeeded: day), UInt32(DripList.ages.lowerBound),
          UInt32(DripList.ages.upperBound - 1), &all, &lowQuality)
      }
      lowQualityPerDay.append(flagged)
    }
  }

  /// The stock.
  var stock: Stock { all }

  /// Those of the stock that are of low quality, counted from a day some whole widths behind the first of all.
  func lowQualityStock(inStepsOf width: Int) -> Stock {
    guard lowQuality.count > 0 else { return lowQuality }
    var stock = lowQuality
    stock.first -= (stock.first - all.first) % Int32(width)
    return stock
  }

  /// Adds the stock of a week to numbers by bins of dates, and those of it that are of low quality to others.
  func add(week: Int, to all: inout DateBins, lowQuality: inout DateBins) {
    all.withBins { all in
      lowQuality.withBins { lowQuality in
        for day in 7 * week..<min(dayCount, 7 * week + 7) {
          list.withRows(ofDay: day, flags) { created, flags, count in
            ck_add_stock(
              created, flags, count, Int32(truncatingIfNeeded: day),
              UInt32(DripList.ages.lowerBound), UInt32(DripList.ages.upperBound - 1), all,
              lowQuality)
          }
        }
      }
    }
  }

  /// How many of the stock of a week were made on some days.
  func count(week: Int, _ days: CreationDays, isLowQualityOnly: Bool) -> Int {
    var sum = 0
    for day in 7 * week..<min(dayCount, 7 * week + 7) {
      list.withRows(ofDay: day, flags) { created, flags, count in
        for row in 0..<count {
          let isIn =
            DripList.isOfStock(created: created[row], day: day) && days.contains(created[row])
          sum &+= isIn && (!isLowQualityOnly || flags[row] != 0) ? 1 : 0
        }
      }
    }
    return sum
  }
}

extension CreationCounts {
  /// The followers of some days by quality, and who of them had just signed up.
  func newcomers(_ days: Range<Int>) -> NewcomerCounts {
    var counts = NewcomerCounts()
    for day in days {
      list.withRows(ofDay: day, flags) { created, flags, count in
        for row in 0..<count where created[row] != .min {
          counts.add(age: Int32(truncatingIfNeeded: day) &- created[row], isLow: flags[row] != 0)
        }
      }
    }
    return counts
  }
}

/// Days of signing up, looked up in O(1).
struct CreationDays {
  private let first: Int32
  private let isIn: [Bool]

  /// Those of some bands, of which there is one.
  init(_ bands: [ClosedRange<Int>]) {
    let first = bands.map(\.lowerBound).min() ?? 0
    var isIn = [Bool](repeating: false, count: (bands.map(\.upperBound).max() ?? first) - first + 1)
    for day in bands.joined() { isIn[day - first] = true }
    (self.first, self.isIn) = (Int32(first), isIn)
  }

  @inline(__always) func contains(_ day: Int32) -> Bool {
    let place = Int(day) - Int(first)
    return place >= 0 && place < isIn.count && isIn[place]
  }
}
