import Columns

/// The upper median of some rows of a column without NaN; 0 of none.
///
/// Counts by the leading bits first, so that only the values of one of 65,536 groups are sorted. O(n).
func middle(of values: BufferSlice<Double>, _ rows: BufferSlice<Int32>) -> Double {
  if rows.count == 0 { return 0 }
  var counts = [Int32](repeating: 0, count: 1 << 16)
  for place in 0..<rows.count {
    counts[group(values.pointer[Int(rows.pointer[place])])] &+= 1
  }
  var rest = rows.count / 2
  var wanted = 0
  while Int(counts[wanted]) <= rest {
    rest -= Int(counts[wanted])
    wanted += 1
  }
  var members: [Double] = []
  members.reserveCapacity(Int(counts[wanted]))
  for place in 0..<rows.count {
    let value = values.pointer[Int(rows.pointer[place])]
    if group(value) == wanted { members.append(value) }
  }
  members.sort()
  return members[rest]
}

/// The leading bits of a value, made to rise with it.
@inline(__always)
private func group(_ value: Double) -> Int {
  let bits = value.bitPattern
  let isNegative = bits >> 63 != 0
  return Int(truncatingIfNeeded: (isNegative ? ~bits : bits | 1 << 63) >> 48)
}
