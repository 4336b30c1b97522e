/// A bit for each of sixteen times as many hashes as the table of a join has buckets.
///
/// Few words that are in no bucket have a bit that is set, so that most rows without a match are known
/// before a bucket is read. Two bytes a bucket.
struct JoinFilter: Sendable {
  private let bits: Store<UInt64>
  private let shift: UInt64

  /// Tables of fewer entries are in the nearest cache themselves, and the bits of more would not be in any.
  private static let entryCounts = 64...1 << 19

  /// Of the entries of a table, O(n); nil where it has too few or too many, or a bucket for each word.
  init?(_ entries: Store<JoinTable.Entry>, count: Int, _ buckets: JoinBuckets) {
    guard JoinFilter.entryCounts.contains(count), !buckets.isDirect else { return nil }
    let hashBits = buckets.bits + 4
    shift = UInt64(64 - hashBits)
    bits = Store(repeating: 0, count: max(1, 1 << (hashBits - 6)))
    for entry in 0..<count {
      let place = KeyTable.hash(entries.pointer[entry].word) &>> shift
      bits.pointer[Int(place &>> 6)] |= 1 &<< (place & 63)
    }
  }

  /// 1 where a word may be in the table, 0 where it is not.
  @inline(__always) func mayHold(_ word: UInt64) -> UInt64 {
    let place = KeyTable.hash(word) &>> shift
    return bits.pointer[Int(truncatingIfNeeded: place &>> 6)] &>> (place & 63) & 1
  }
}
