/// Which of up to eight accounts each person follows outside the account's events: a bit an account.
///
/// So where the followers of all eight stand in another list is found by one look at each of its members,
/// not by eight. A byte a person.
package struct QuietPlane: Sendable {
  /// Indices of the accounts, the first at the lowest bit.
  let accounts: [Int]
  /// How many follow each of them outside its events.
  private let counts: [Int]
  /// By person.
  private let sets: [UInt8]

  /// The accounts that have events, by eights: those of a plane each.
  package static func accounts(of events: [OverlapEvent]) -> [[Int]] {
    let all = Set(events.map(\.account)).sorted()
    return stride(from: 0, to: all.count, by: 8).map { Array(all[$0..<min(all.count, $0 + 8)]) }
  }

  /// O(people + members of these accounts).
  package init(
    of own: [Int], _ accounts: [OverlapAccount], _ events: [OverlapEvent], people: Int
  ) {
    self.accounts = own
    var sets = [UInt8](repeating: 0, count: people)
    var counts: [Int] = []
    for (lane, index) in own.enumerated() {
      let bit: UInt8 = 1 << UInt8(lane)
      let members = accounts[index].members
      for member in members { sets[Int(member)] |= bit }
      // Members stand in a list once, so who is taken out is out; a row may be of several events.
      var count = members.count
      for event in events where event.account == index {
        for row in event.rows where sets[Int(members[row])] & bit != 0 {
          sets[Int(members[row])] ^= bit
          count -= 1
        }
      }
      counts.append(count)
    }
    self.counts = counts
    self.sets = sets
  }

  /// Where those of each account stand in a list.
  ///
  /// O(members).
  func places(in members: [Int32]) -> [PlacesInList] {
    let words = members.count / 64 + 1
    var bits = [UInt64](repeating: 0, count: 8 * words)
    bits.withUnsafeMutableBytes { bits in
      for byte in 0..<members.count / 8 {
        var eight: UInt64 = 0
        for place in 0..<8 {
          let member = Int(truncatingIfNeeded: members[byte &* 8 &+ place])
          eight |= UInt64(truncatingIfNeeded: sets[member]) &<< UInt64(place &* 8)
        }
        var lanes = transposed(eight)
        for lane in 0..<8 {
          bits[lane &* words &* 8 &+ byte] = UInt8(truncatingIfNeeded: lanes)
          lanes &>>= 8
        }
      }
    }
    for place in members.count / 8 * 8..<members.count {
      let set = UInt64(sets[Int(members[place])])
      for lane in 0..<8 {
        bits[lane * words + place >> 6] |= (set >> UInt64(lane) & 1) << UInt64(place & 63)
      }
    }
    return counts.indices.map { lane in
      let own = Array(bits[lane * words..<(lane + 1) * words])
      return PlacesInList(PlaceRanks(words: own), all: counts[lane])
    }
  }
}

/// Eight rows of eight bits with rows and columns changed.
///
/// H. Warren, "Hacker's Delight", 2nd edition, section 7-3.
@inline(__always)
func transposed(_ rows: UInt64) -> UInt64 {
  var bits = rows
  var moved = (bits ^ bits &>> 7) & 0x00AA_00AA_00AA_00AA
  bits ^= moved ^ moved &<< 7
  moved = (bits ^ bits &>> 14) & 0x0000_CCCC_0000_CCCC
  bits ^= moved ^ moved &<< 14
  moved = (bits ^ bits &>> 28) & 0x0000_0000_F0F0_F0F0
  return bits ^ moved ^ moved &<< 28
}
