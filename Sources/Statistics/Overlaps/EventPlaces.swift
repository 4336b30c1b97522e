/// Where the usual followers of one account stand in another's list, and how many they are in all.
struct PlacesInList {
  let ranks: PlaceRanks
  let all: Int
}

/// Where the followers of an event stand in another account's list.
struct EventPlaces {
  /// Rising.
  let places: [Int]
  /// How many there are, in the list and not.
  let all: Int
  /// Whether they are among the usual followers of their account, and are to be left out of these.
  let areUsual: Bool

  /// Takes where each stands, −1 for who is not in the list.
  init(_ places: [Int32], length: Int, areUsual: Bool) {
    let known = places.filter { $0 >= 0 }
    self.places = EventPlaces.rising(known, length: length)
    all = places.count
    self.areUsual = areUsual
  }

  /// Few are sorted; many are marked, and the marks read.
  private static func rising(_ places: [Int32], length: Int) -> [Int] {
    if places.count < length / 2048 { return places.sorted().map { Int($0) } }
    var ranks = PlaceRanks(length: length)
    for place in places { ranks.mark(Int(place)) }
    return ranks.places
  }
}
