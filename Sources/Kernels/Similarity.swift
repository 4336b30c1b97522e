/// The likeness of texts by Jaro and Winkler, over Unicode scalars; belongs to one worker.
///
/// W. E. Winkler, "String comparator metrics and enhanced decision rules in the Fellegi-Sunter model
/// of record linkage", 1990: a shared beginning of up to four scalars counts a tenth of the rest each,
/// where Jaro's measure is above 0.7. Short texts go by bits; for long ones, time is linear in the texts:
/// the places of each scalar of the second stand in a queue, which the window only ever leaves at its
/// head.
package final class Similarity {
  private var short = ShortSimilarity()
  private var left: [UInt32] = []
  private var right: [UInt32] = []
  /// By scalar: the first place in `right` that the window has not passed, or -1.
  private var heads: [Int32]
  /// By place: the next place of the same scalar, or -1.
  private var nexts: [Int32] = []
  private var isTaken: [Bool] = []
  private var matches: [UInt32] = []

  private static let asciiCount = 0x80
  private static let scalarCount = 0x110000

  package init() { heads = [Int32](repeating: -1, count: Similarity.asciiCount) }

  /// From 0 to 1, for valid UTF-8; an empty text is like nothing, not even another one (as DuckDB
  /// has it).
  package func measure(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
  ) -> Double {
    let limit = ShortSimilarity.limit
    if first.count > limit || second.count > limit { return measureLong(first, second) }
    short.setRight(second)
    return short.measure(first)
  }

  /// Writes how like each row is to one text.
  package func measure(
    _ rows: TextRows, count: Int, _ second: UnsafeBufferPointer<UInt8>,
    into results: UnsafeMutablePointer<Double>
  ) {
    let limit = ShortSimilarity.limit
    if second.count <= limit { short.setRight(second) }
    for row in 0..<count {
      let isShort = rows[row].count <= limit && second.count <= limit
      results[row] = isShort ? short.measure(rows[row]) : measureLong(rows[row], second)
    }
  }

  /// As `measure`, for texts of any length.
  func measureLong(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
  ) -> Double {
    decode(first, into: &left)
    decode(second, into: &right)
    if left.isEmpty || right.isEmpty { return 0 }
    if left == right { return 1 }
    var shared = 0
    while shared < min(4, left.count, right.count), left[shared] == right[shared] { shared += 1 }
    return winkler(jaro(), sharing: shared)
  }

  private func decode(_ text: UnsafeBufferPointer<UInt8>, into scalars: inout [UInt32]) {
    scalars.removeAll(keepingCapacity: true)
    for byte in text {
      if byte & 0xC0 != 0x80 {
        scalars.append(leadBits(byte))
      } else if let last = scalars.indices.last {
        scalars[last] = continued(scalars[last], byte)
      }
    }
  }

  private func jaro() -> Double {
    let window = max(0, max(left.count, right.count) / 2 - 1)
    queuePlaces()
    defer { for scalar in right { heads[Int(scalar)] = -1 } }
    matches.removeAll(keepingCapacity: true)
    for (place, scalar) in left.enumerated() where Int(scalar) < heads.count {
      var head = Int(heads[Int(scalar)])
      while head >= 0, head < place - window { head = Int(nexts[head]) }
      if head >= 0, head <= place + window {
        matches.append(scalar)
        isTaken[head] = true
        head = Int(nexts[head])
      }
      heads[Int(scalar)] = Int32(truncatingIfNeeded: head)
    }
    var order = 0
    var moved = 0
    for (place, scalar) in right.enumerated() where isTaken[place] {
      moved += scalar == matches[order] ? 0 : 1
      order += 1
    }
    return jaroMeasure(matches: matches.count, moved: moved, left.count, right.count)
  }

  /// Queues the places of each scalar of `right`.
  private func queuePlaces() {
    if heads.count < Similarity.scalarCount, right.contains(where: { $0 >= heads.count }) {
      heads += [Int32](repeating: -1, count: Similarity.scalarCount * 2 - heads.count)
    }
    nexts.removeAll(keepingCapacity: true)
    nexts.append(contentsOf: repeatElement(-1, count: right.count))
    isTaken.removeAll(keepingCapacity: true)
    isTaken.append(contentsOf: repeatElement(false, count: right.count))
    for place in right.indices.reversed() {
      let scalar = Int(right[place])
      nexts[place] = heads[scalar]
      heads[scalar] = Int32(truncatingIfNeeded: place)
    }
  }
}
