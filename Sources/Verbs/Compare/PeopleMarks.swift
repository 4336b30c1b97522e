/// A mark for each of some people, by number.
struct PeopleMarks: Sendable {
  private var words: [UInt64]

  init(_ people: [Int32]) {
    words = [UInt64](repeating: 0, count: Int(people.max() ?? 0) / 64 + 1)
    for person in people { words[Int(person) >> 6] |= 1 << UInt64(person & 63) }
  }

  func contains(_ person: Int32) -> Bool {
    let word = Int(person) >> 6
    return word < words.count && words[word] >> UInt64(person & 63) & 1 != 0
  }
}
