/// Which of up to eight accounts each person follows: a bit an account.
///
/// So where the followers of all eight stand in another list is found by one look at each of its members,
/// not by eight. A byte a person.
struct FollowerPlane: Sendable {
  /// Indices of the accounts, the first at the lowest bit.
  let accounts: [Int]
  /// By person.
  private let sets: [UInt8]

  /// Accounts by eights: those of a plane each.
  static func eights(of accounts: [Int]) -> [[Int]] {
    stride(from: 0, to: accounts.count, by: 8).map {
      Array(accounts[$0..<min(accounts.count, $0 + 8)])
    }
  }

  /// O(people + members of these accounts).
  init(of own: [Int], _ accounts: [OverlapAccount], people: Int) {
    self.accounts = own
    var sets = [UInt8](repeating: 0, count: people)
    for (lane, index) in own.enumerated() {
      let bit: UInt8 = 1 << UInt8(lane)
      for member in accounts[index].members { sets[Int(member)] |= bit }
    }
    self.sets = sets
  }

  /// Where those of each account stand in a list, a bit a member.
  ///
  /// O(members).
  func places(in members: [Int32]) -> [[UInt64]] {
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
    return accounts.indices.map { lane in Array(bits[lane * words..<(lane + 1) * words]) }
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
