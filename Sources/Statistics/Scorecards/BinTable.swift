/// The bins of a feature as a table over the leading bits of its values: a lookup and one comparison a
/// value, whatever the number of edges.
struct BinTable: Sendable {
  private struct Entry {
    /// The bin below the edge that lies among the values of this entry, and that edge; NaN without one,
    /// which no value reaches, not even an infinite one.
    var bin: Int
    var edge: Double
  }

  private let entries: [Entry]
  /// How many trailing bits of a value are left out, and the leading bits of the first entry.
  private let shift: UInt64
  private let first: Int

  /// Edges from 2⁻²⁰ to 2²⁰ can be looked up.
  private static let reach = 0x1p-20..<0x1p20

  /// nil where edges are out of reach, or so close together that one entry would hold two.
  init?(edges: [Double]) {
    guard edges.allSatisfy(BinTable.reach.contains) else { return nil }
    for shift in stride(from: UInt64(47), through: 43, by: -1) {
      let first = BinTable.key(BinTable.reach.lowerBound, shift)
      let last = BinTable.key(BinTable.reach.upperBound, shift)
      let keys = edges.map { BinTable.key($0, shift) - first }
      guard Set(keys).count == keys.count else { continue }
      self.shift = shift
      self.first = first
      var entries: [Entry] = []
      var bin = 0
      for key in 0...last - first {
        let holdsEdge = bin < keys.count && keys[bin] == key
        entries.append(Entry(bin: bin, edge: holdsEdge ? edges[bin] : .nan))
        bin += holdsEdge ? 1 : 0
      }
      // The last of all is what is missing: a bin of its own behind the others.
      entries.append(Entry(bin: edges.count + 1, edge: .nan))
      self.entries = entries
      return
    }
    return nil
  }

  /// The sign, the exponent and the first bits of the fraction as a number that rises with the value.
  @inline(__always)
  private static func key(_ value: Double, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: Int64(bitPattern: value.bitPattern) &>> Int64(bitPattern: shift))
  }

  /// Calls `use` with each place and its bin: how many edges are at or below the value; one more than
  /// there can be under a NaN.
  @inline(__always)
  func forEach(_ values: [Double], _ use: (_ place: Int, _ bin: Int) -> Void) {
    let (shift, first, last) = (shift, first, entries.count &- 2)
    entries.withUnsafeBufferPointer { entries in
      values.withUnsafeBufferPointer { values in
        for place in 0..<values.count {
          let value = values[place]
          let key = min(last, max(0, BinTable.key(value, shift) &- first))
          let entry = entries[value == value ? key : last &+ 1]
          use(place, entry.bin &+ (value >= entry.edge ? 1 : 0))
        }
      }
    }
  }
}
