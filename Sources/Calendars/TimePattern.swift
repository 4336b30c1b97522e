/// How to write dates and times, by C's `strftime`: `%d %b %Y`; names are English.
package struct TimePattern: Sendable {
  /// What is wrong with a pattern, in words for the user.
  package struct Problem: Error, Sendable, Hashable {
    package let message: String
  }

  /// Whether the offset of the zone from UTC is written.
  package let needsOffset: Bool
  /// Bytes that the text of any time fits in.
  package let capacity: Int
  private let pieces: [Piece]

  private enum Piece: Sendable {
    case text([UInt8])
    case field(UInt8)
  }

  /// Whether the text depends on the day alone.
  package var isOfDay: Bool {
    pieces.allSatisfy { piece in
      if case .field(let field) = piece { !Self.clockFields.contains(field) } else { true }
    }
  }

  private static let clockFields = Array("HIMSpTz".utf8)
  private static let fields = Array("YymdeHIMSpbBaAjGVuFTz".utf8)
  private static let longestField = 64

  /// Reads a pattern; throws what is wrong with it.
  package init(_ text: String) throws(Problem) {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var isField = false
    for byte in text.utf8 {
      if !isField && byte != UInt8(ascii: "%") {
        literal.append(byte)
      } else if !isField {
        isField = true
      } else {
        isField = false
        if byte == UInt8(ascii: "%") {
          literal.append(byte)
          continue
        }
        guard TimePattern.fields.contains(byte) else { throw .unknown(text, byte) }
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = []
        pieces.append(.field(byte))
      }
    }
    if isField { throw Problem(message: "a '%' at the end of the format: \(Problem.known)") }
    if !literal.isEmpty { pieces.append(.text(literal)) }
    self.pieces = pieces
    var capacity = 0
    var needsOffset = false
    for piece in pieces {
      switch piece {
      case .text(let bytes): capacity += bytes.count
      case .field(let field):
        capacity += TimePattern.longestField
        if field == UInt8(ascii: "z") { needsOffset = true }
      }
    }
    self.capacity = max(1, capacity)
    self.needsOffset = needsOffset
  }

  /// Writes a time to at least `capacity` bytes and returns how many it took.
  ///
  /// Days since 1970 and the second of the day are by the local clock, the offset from UTC is in
  /// seconds. Year and week of `%G` and `%V` are those of ISO 8601.
  package func write(
    days: Int, second: Int, offset: Int, to out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let date = civilDate(fromDays: days)
    var writer = ByteWriter(out)
    for piece in pieces {
      switch piece {
      case .text(let bytes): for byte in bytes { writer.byte(byte) }
      case .field(let field):
        writer.field(field, days: days, date: date, second: second, offset: offset)
      }
    }
    return writer.count
  }
}

extension TimePattern.Problem {
  fileprivate static let known =
    "there are %Y %y %m %d %e %H %I %M %S %p %b %B %a %A %j %G %V %u %F %T %z %%"

  fileprivate static func unknown(_ text: String, _ byte: UInt8) -> TimePattern.Problem {
    var shown = "%"
    let scalars = text.unicodeScalars
    // The scalar that begins with the byte, where it is more than ASCII.
    if byte < 0x80 {
      shown.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      var before: Unicode.Scalar = " "
      for scalar in scalars {
        if before == "%", String(scalar).utf8.first == byte {
          shown.unicodeScalars.append(scalar)
          break
        }
        before = scalar
      }
    }
    return TimePattern.Problem(message: "no '\(shown)' in a format: \(known)")
  }
}

extension ByteWriter {
  fileprivate mutating func field(
    _ field: UInt8, days: Int, date: CivilDate, second: Int, offset: Int
  ) {
    switch field {
    case UInt8(ascii: "Y"): year(date.year)
    case UInt8(ascii: "y"): twoDigits(floorModulo(date.year, 100))
    case UInt8(ascii: "m"): twoDigits(date.month)
    case UInt8(ascii: "d"): twoDigits(date.day)
    case UInt8(ascii: "e"):
      if date.day < 10 { byte(0x20) }
      number(UInt(date.day))
    case UInt8(ascii: "b"): name(monthNames[date.month - 1], 3)
    case UInt8(ascii: "B"): name(monthNames[date.month - 1])
    case UInt8(ascii: "a"): name(weekdayNames[weekday(ofDays: days) - 1], 3)
    case UInt8(ascii: "A"): name(weekdayNames[weekday(ofDays: days) - 1])
    case UInt8(ascii: "u"): number(UInt(weekday(ofDays: days)))
    case UInt8(ascii: "j"):
      let first = daysFromCivil(year: date.year, month: 1, day: 1)
      number(UInt(max(0, days &- first)) &+ 1, minimumDigits: 3)
    case UInt8(ascii: "G"): year(isoWeek(days).year)
    case UInt8(ascii: "V"): twoDigits(isoWeek(days).week)
    case UInt8(ascii: "F"):
      year(date.year)
      byte(0x2D)
      twoDigits(date.month)
      byte(0x2D)
      twoDigits(date.day)
    default: clockField(field, second, offset)
    }
  }

  private mutating func clockField(_ field: UInt8, _ second: Int, _ offset: Int) {
    let hour = second / 3600
    switch field {
    case UInt8(ascii: "H"): twoDigits(hour)
    case UInt8(ascii: "I"): twoDigits((hour + 11) % 12 + 1)
    case UInt8(ascii: "M"): twoDigits(second / 60 % 60)
    case UInt8(ascii: "S"): twoDigits(second % 60)
    case UInt8(ascii: "p"): name(hour < 12 ? "AM" : "PM")
    case UInt8(ascii: "T"): clock(seconds: second)
    default:
      byte(offset < 0 ? 0x2D : 0x2B)
      twoDigits(abs(offset) / 3600)
      twoDigits(abs(offset) / 60 % 60)
      if offset % 60 != 0 { twoDigits(abs(offset) % 60) }
    }
  }

  /// Four digits at least; years before 0 have a minus, those beyond 9999 a plus.
  private mutating func year(_ year: Int) {
    if year < 0 { byte(0x2D) } else if year > 9999 { byte(0x2B) }
    number(year.magnitude, minimumDigits: 4)
  }

  private mutating func name(_ name: StaticString, _ length: Int = .max) {
    for place in 0..<min(length, name.utf8CodeUnitCount) { byte(name.utf8Start[place]) }
  }
}

/// The ISO 8601 week of a day and the year that it counts to: that of the week's Thursday.
private func isoWeek(_ days: Int) -> (year: Int, week: Int) {
  let thursday = days &+ 4 &- weekday(ofDays: days)
  let year = civilDate(fromDays: thursday).year
  return (year, (thursday &- daysFromCivil(year: year, month: 1, day: 1)) / 7 + 1)
}

private let monthNames: [StaticString] = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December",
]
private let weekdayNames: [StaticString] = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]
