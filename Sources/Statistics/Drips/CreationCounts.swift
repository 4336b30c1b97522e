/// The followers of a list as the channels of a drip test count them.
///
/// By day of following; and of those whose ages tell of a stock of accounts, how many there are and which
/// days of signing up they span, for the grids that are made of them. Followers younger than 60 days at
/// their follow, and those of unknown age, are in the days alone. O(rows).
struct CreationCounts {
  /// Followers of a stock of accounts: how many, and their first and last day of signing up.
  struct Stock {
    private(set) var count = 0
    private(set) var first = Int32.max
    private(set) var last = Int32.min
  }

  private let list: DripList
  /// Per day the followers, and those of low quality; masked days 0.
  let perDay: [Int]
  private(set) var lowQualityPerDay: [Int] = []
  private var all = Stock()
  private var lowQuality = Stock()

  var dayCount: Int { list.dayCount }
  var weeks: Int { (dayCount + 6) / 7 }

  init(_ list: DripList) {
    self.list = list
    perDay = (0..<list.dayCount).map { list.rows(ofDay: $0).count }
    lowQualityPerDay.reserveCapacity(list.dayCount)
    for day in 0..<list.dayCount {
      let rows = list.rows(ofDay: day)
      list.createdDays.withUnsafeBufferPointer { created in
        all.add(created, rows, day) { _ in true }
        guard let flags = list.isLowQuality else { return lowQualityPerDay.append(0) }
        flags.withUnsafeBufferPointer { flags in
          lowQuality.add(created, rows, day) { flags[$0] }
          lowQualityPerDay.append(rows.reduce(0) { $0 &+ (flags[$1] ? 1 : 0) })
        }
      }
    }
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

extension CreationCounts.Stock {
  /// Adds those of a day's rows that are counted.
  @inline(__always)
  fileprivate mutating func add(
    _ created: UnsafeBufferPointer<Int32>, _ rows: Range<Int>, _ day: Int,
    _ isCounted: (Int) -> Bool
  ) {
    var (number, first, last) = (Int32(0), first, last)
    for row in rows {
      let own = created[row]
      let isIn = DripList.isOfStock(created: own, day: day) && isCounted(row)
      number &+= isIn ? 1 : 0
      first = min(first, isIn ? own : .max)
      last = max(last, isIn ? own : .min)
    }
    count += Int(number)
    (self.first, self.last) = (first, last)
  }
}
