/// The members of all events, numbered from 0 on.
struct EventPeople: Sendable {
  private let ranks: PlaceRanks
  /// By event the number of each member.
  let numbers: [[Int32]]

  /// O(people / 64 + members of events).
  init(_ accounts: [OverlapAccount], _ events: [OverlapEvent], people: Int) {
    let persons = events.map { event in event.rows.map { accounts[event.account].members[$0] } }
    var ranks = PlaceRanks(length: people)
    for person in persons.joined() { ranks.mark(Int(person)) }
    ranks.finish()
    self.ranks = ranks
    numbers = persons.map { own in
      own.map { Int32(truncatingIfNeeded: ranks.count(below: Int($0))) }
    }
  }

  var count: Int { ranks.count }

  /// The number of a person, or nil of one who is in no event.
  @inline(__always)
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

  /// The row of each member of an event, −1 for who is not in the list.
  func places(of event: Int) -> [Int32] { people.numbers[event].map { rows[Int($0)] } }
}
