/// Writes the numbers of the set bits, ascending, and returns how many there are.
///
/// `rows` has room for `count` numbers and 64 bytes; bits behind `count` are not looked at.
package func selectedRows(
  _ bits: UnsafePointer<UInt64>, count: Int, into rows: UnsafeMutablePointer<UInt32>
) -> Int {
  var found = 0
  for word in 0..<(count &+ 63) / 64 {
    var rest = bits[word]
    let left = count &- word &* 64
    if left < 64 { rest &= (1 &<< UInt64(left)) &- 1 }
    let first = UInt32(truncatingIfNeeded: word &* 64)
    while rest != 0 {
      rows[found] = first &+ UInt32(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
      found &+= 1
    }
  }
  return found
}
