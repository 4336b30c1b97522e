import Columns

/// A date or time in UTC by C's `strftime`, English names.
func dateText(_ moment: Scalar, _ format: String) -> String {
  let micros = moment.widened(to: .time).integer ?? 0
  let day = floored(micros, dayMicros)
  let second = floored(micros - day * dayMicros, 1_000_000)
  var (text, isField) = ("", false)
  for scalar in format.unicodeScalars {
    if isField {
      text += scalar == "%" ? "%" : dateField(scalar, day, second)
      isField = false
    } else if scalar == "%" {
      isField = true
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

private func dateField(_ field: Unicode.Scalar, _ day: Int64, _ second: Int64) -> String {
  let civil = Civil(day: day)
  let weekday = ((day + 3) % 7 + 7) % 7
  let hour = second / 3600
  switch field {
  case "Y": return (civil.year > 9999 ? "+" : "") + padded(civil.year, 4)
  case "y": return padded((civil.year % 100 + 100) % 100, 2)
  case "m": return padded(civil.month, 2)
  case "d": return padded(civil.day, 2)
  case "e": return civil.day < 10 ? " \(civil.day)" : "\(civil.day)"
  case "H": return padded(hour, 2)
  case "I": return padded((hour + 11) % 12 + 1, 2)
  case "M": return padded(second / 60 % 60, 2)
  case "S": return padded(second % 60, 2)
  case "p": return hour < 12 ? "AM" : "PM"
  case "b": return String(months[Int(civil.month) - 1].prefix(3))
  case "B": return months[Int(civil.month) - 1]
  case "a": return String(weekdays[Int(weekday)].prefix(3))
  case "A": return weekdays[Int(weekday)]
  case "j": return padded(day - Civil(year: civil.year, month: 1, day: 1).number + 1, 3)
  case "G":
    let year = isoWeek(day).year
    return (year > 9999 ? "+" : "") + padded(year, 4)
  case "V": return padded(isoWeek(day).week, 2)
  case "u": return "\(weekday + 1)"
  case "F": return civil.text
  case "T": return ["H", "M", "S"].map { dateField($0, day, second) }.joined(separator: ":")
  default: return "+0000"
  }
}

/// The week belongs to the year that its Thursday is in.
private func isoWeek(_ day: Int64) -> (year: Int64, week: Int64) {
  let thursday = floored(day + 3, 7) * 7
  let year = Civil(day: thursday).year
  return (year, (thursday - Civil(year: year, month: 1, day: 1).number) / 7 + 1)
}

private let months = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
]

private let weekdays = [
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
]
