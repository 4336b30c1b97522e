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
    let flags = list.isLowQuality ?? [Bool](repeating: false, count: list.createdDays.count)
    flags.withUnsafeBytes { flags in
      list.createdDays.withUnsafeBufferPointer { created in
        for day in 0..<list.dayCount {
          lowQualityPerDay.append(count(list.rows(ofDay: day), created, flags, day))
        }
      }
    }
  }

  /// Adds the stock of some rows of a day; gives how many rows are of low quality.
  private mutating func count(
    _ rows: Range<Int>, _ created: UnsafeBufferPointer<Int32>, _ flags: UnsafeRawBufferPointer,
    _ day: Int
  ) -> Int {
    guard let created = created.baseAddress,
      let flags = flags.bindMemory(to: UInt8.self).baseAddress
    else { return 0 }
    return ck_count_stock(
      created + rows.lowerBound, flags + rows.lowerBound, rows.count,
      Int32(truncatingIfNeeded: day), UInt32(DripList.ages.lowerBound),
      UInt32(DripList.ages.upperBound - 1), &all, &lowQuality)
  }

  /// The stock, or those of it that are of low quality.
  func stock(isLowQualityOnly: Bool) -> Stock { isLowQualityOnly ? lowQuality : all }

  /// Adds the stock of a week to a number for each place: that of day `first` of signing up is the first of
  /// `places`, and behind those of all its days is one for whoever is not counted.
  func add(
    week: Int, first: Int32, places: [Int32], isLowQualityOnly: Bool, to numbers: inout [Int32]
  ) {
    let other = places.count - 1
    list.createdDays.withUnsafeBufferPointer { created in
      places.withUnsafeBufferPointer { places in
        numbers.withUnsafeMutableBufferPointer { numbers in
          @inline(__always)
          func add(_ isCounted: (Int) -> Bool) {
            for day in 7 * week..<min(dayCount, 7 * week + 7) {
              for row in list.rows(ofDay: day) {
                let isIn = DripList.isOfStock(created: created[row], day: day) && isCounted(row)
                let place = places[isIn ? Int(created[row] &- first) : other]
                numbers[Int(place)] &+= 1
              }
            }
          }
          guard isLowQualityOnly else { return add { _ in true } }
          list.isLowQuality?.withUnsafeBufferPointer { flags in add { flags[$0] } }
        }
      }
    }
  }

  /// How many of the stock of a week were made on days of some bands.
  func count(week: Int, _ bands: [ClosedRange<Int>], isLowQualityOnly: Bool) -> Int {
    var sum = 0
    for day in 7 * week..<min(dayCount, 7 * week + 7) {
      for row in list.rows(ofDay: day) {
        let created = list.createdDays[row]
        guard DripList.isOfStock(created: created, day: day),
          bands.contains(where: { $0.contains(Int(created)) })
        else { continue }
        sum += !isLowQualityOnly || list.isLowQuality?[row] ?? false ? 1 : 0
      }
    }
    return sum
  }
}
