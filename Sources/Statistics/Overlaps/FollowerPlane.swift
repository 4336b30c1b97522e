import CKernels

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
      forEachEight(of: members) { byte, eight in
        var lanes = transposed(eight)
        for lane in 0..<8 {
          bits[lane &* words &* 8 &+ byte] = UInt8(truncatingIfNeeded: lanes)
          lanes &>>= 8
        }
      }
    }
    return accounts.indices.map { lane in Array(bits[lane * words..<(lane + 1) * words]) }
  }

  /// Passes on the sets of each eight members, a byte each, none behind the last.
  private func forEachEight(of members: [Int32], _ body: (Int, UInt64) -> Void) {
    let blockRows = 1 << 12
    members.withUnsafeBufferPointer { members in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: blockRows / 8) { eights in
        guard let own = members.baseAddress,
          let bytes = UnsafeMutableRawBufferPointer(eights).baseAddress
        else { return }
        for start in stride(from: 0, to: members.count, by: blockRows) {
          let count = min(blockRows, members.count - start)
          eights[(count - 1) / 8] = 0
          ck_bytes_at(sets, own + start, count, bytes.assumingMemoryBound(to: UInt8.self))
          for index in 0..<(count + 7) / 8 { body(start / 8 + index, eights[index].littleEndian) }
        }
      }
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
