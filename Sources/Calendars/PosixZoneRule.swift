/// The rule for summer time in the form of POSIX's TZ variable: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZoneRule: Equatable {
  /// The offset from UTC in winter, in seconds east.
  var standardOffset: Int
  /// Nil when the zone has one offset.
  var summer: Summer?

  struct Summer: Equatable {
    var offset: Int
    var start: YearDay
    var end: YearDay
  }

  /// A moment in each year by the local clock in force before it.
  struct YearDay: Equatable {
    enum Day: Equatable {
      /// `Jn`, 1 to 365; 29 February is never counted.
      case julian(Int)
      /// `n`, 0 to 365.
      case zeroBased(Int)
      /// `Mm.w.d`: the w-th weekday d (0 is Sunday) of month m; w = 5 is the last.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    var day: Day
    /// Seconds after midnight; may be negative or beyond a day.
    var seconds: Int

    /// Local seconds since 1970 of the moment in a year.
    func localSeconds(year: Int) -> Int {
      dayNumber(year: year) * secondsPerDay + seconds
    }

    private func dayNumber(year: Int) -> Int {
      let newYear = daysFromCivil(year: year, month: 1, day: 1)
      switch day {
      case .julian(let number):
        let afterLeapDay = number >= 60 && isLeapYear(year)
        return newYear + number - (afterLeapDay ? 0 : 1)
      case .zeroBased(let number):
        return newYear + number
      case .weekday(let month, let week, let weekdayNumber):
        let first = daysFromCivil(year: year, month: month, day: 1)
        let firstWeekday = weekday(ofDays: first) % 7
        let date = 1 + (weekdayNumber - firstWeekday + 7) % 7 + (week - 1) * 7
        return first + (date > daysInMonth(year: year, month: month) ? date - 7 : date) - 1
      }
    }
  }

  /// The switches of the years, in ascending order.
  func switches(years: ClosedRange<Int>) -> [ZoneSwitch] {
    guard let summer else { return [] }
    return years.flatMap { year in
      [
        ZoneSwitch(
          time: summer.start.localSeconds(year: year) - standardOffset, offset: summer.offset),
        ZoneSwitch(
          time: summer.end.localSeconds(year: year) - summer.offset, offset: standardOffset),
      ]
    }.sorted { $0.time < $1.time }
  }
}
