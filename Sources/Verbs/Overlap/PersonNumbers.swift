import Columns
import Statistics

/// The same number for the same person in all lists.
struct PersonNumbers {
  private var numbers: [String: Int32] = [:]

  /// The people of a column of keys; −1 under a null.
  mutating func numbers(_ keys: Column) -> [Int32] {
    let (texts, own) = keys.textNumbers()
    let people = texts.map { text -> Int32 in
      if let known = numbers[text] { return known }
      let number = Int32(truncatingIfNeeded: numbers.count)
      numbers[text] = number
      return number
    }
    return own.map { $0 < 0 ? -1 : people[Int($0)] }
  }
}

/// One account of a list: its members in follow order, each once.
struct AccountMembers {
  let name: String
  var account: OverlapAccount
  /// Follow day of each member, `Int64.min` where unknown.
  var days: [Int64] = []

  /// The accounts of a list with `#account` and `#key`; with `#followed` and `#day` in follow order, with
  /// `class` marked as suspect.
  static func all(_ table: Table, _ people: inout PersonNumbers) -> [AccountMembers] {
    guard let accountColumn = table.column("#account"), let keys = table.column("#key") else {
      preconditionFailure("a list without #account and #key")
    }
    let persons = people.numbers(keys)
    let followed = table.column("#followed")?.integers()
    let days = table.column("#day")?.integers()
    let suspects = table.column("class").map { Self.suspects($0) }
    let (names, numbers) = accountColumn.textNumbers()
    var rows = [[Int]](repeating: [], count: names.count)
    for row in 0..<table.rowCount where numbers.pointer[row] >= 0 && persons[row] >= 0 {
      rows[Int(numbers.pointer[row])].append(row)
    }
    return zip(names, rows).filter { !$0.1.isEmpty }.map { name, own in
      var own = own
      if let followed {
        own.sort { (followed.pointer[$0], $0) < (followed.pointer[$1], $1) }
      }
      var seen: Set<Int32> = []
      own = own.filter { seen.insert(persons[$0]).inserted }
      return AccountMembers(
        name: name,
        account: OverlapAccount(
          members: own.map { persons[$0] }, isSuspect: suspects.map { all in own.map { all[$0] } }),
        days: days.map { days in own.map { days.pointer[$0] } } ?? [])
    }
  }

  private static func suspects(_ classes: Column) -> [Bool] {
    let (words, codes) = classes.textNumbers()
    let isSuspect = words.map { $0 == "fake" || $0 == "suspect" }
    return codes.map { $0 >= 0 && isSuspect[Int($0)] }
  }
}
