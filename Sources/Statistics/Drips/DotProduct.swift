/// The sum of products of two rows of numbers, in eight partial sums: additions that wait for one another
/// take four times as long.
@inline(__always)
func dotProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var (first, second) = (SIMD4<Double>(), SIMD4<Double>())
  let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var place = 0
  while place &+ 8 <= count {
    let offset = place &* 8
    first +=
      rawA.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
      * rawB.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    second +=
      rawA.loadUnaligned(fromByteOffset: offset &+ 32, as: SIMD4<Double>.self)
      * rawB.loadUnaligned(fromByteOffset: offset &+ 32, as: SIMD4<Double>.self)
    place &+= 8
  }
  var sum = (first + second).sum()
  while place < count {
    sum += a[place] * b[place]
    place &+= 1
  }
  return sum
}
