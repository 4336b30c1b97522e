/// The members of all events, numbered from 0 on.
struct EventPeople: Sendable {
  private let ranks: PlaceRanks

  /// O(people / 64 + members of events).
  init(_ accounts: [OverlapAccount], _ events: [OverlapEvent], people: Int) {
    var ranks = PlaceRanks(length: people)
    for event in events {
      let members = accounts[event.account].members
      for row in event.rows { ranks.mark(Int(members[row])) }
    }
    ranks.finish()
    self.ranks = ranks
  }

  var count: Int { ranks.count }

  /// The number of a person, or nil of one who is in no event.
  func number(of person: Int32) -> Int? {
    ranks.contains(Int(person)) ? ranks.count(below: Int(person)) : nil
  }
}

/// Where the members of events stand in a list: only of those is it asked.
struct EventRows {
  private let people: EventPeople
  /// By number of the person, −1 for who is not in the list.
  private let rows: [Int32]

  /// O(members).
  init(_ people: EventPeople, in account: OverlapAccount) {
    var rows = [Int32](repeating: -1, count: people.count)
    for (row, member) in account.members.enumerated() {
      if let number = people.number(of: member) { rows[number] = Int32(truncatingIfNeeded: row) }
    }
    self.people = people
    self.rows = rows
  }

  /// The row of a member, or nil.
  func row(of member: Int32) -> Int? {
    guard let number = people.number(of: member), rows[number] >= 0 else { return nil }
    return Int(rows[number])
  }
}
