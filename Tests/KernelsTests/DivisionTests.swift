import Testing

@testable import Kernels

/// Floor division against that of single numbers, of small ones and of any.
@Test(arguments: [8, 20, 50, 51, 52, 62])
func floorDivisionsAreThoseOfWholeNumbers(bits: Int) {
  var random = RandomNumbers(seed: UInt64(bits))
  let limit = Int64(1) << Int64(bits)
  for count in lengths {
    let left = (0..<count).map { _ in near(limit, &random) }
    for kind in 0..<4 {
      let one = kind == 2 ? Int64.random(in: 1...9, using: &random) : near(limit, &random)
      let right = (0..<count).map { _ in
        let divisor = kind < 2 ? near(limit, &random) : one
        return divisor == 0 && kind == 0 ? -7 : divisor
      }
      for remainder in [false, true] {
        var out = [Int64](repeating: 7, count: count + 1)
        var undefined = [UInt64](repeating: ~0, count: count / 64 + 1)
        var overflows = [UInt64](repeating: ~0, count: count / 64 + 1)
        floorDivide(
          left, right, count: count, remainder: remainder, into: &out, undefined: &undefined,
          overflows: &overflows)
        let wanted = zip(left, right).map { floored($0, $1, remainder: remainder) }
        #expect(Array(out.prefix(count)) == wanted, "\(bits) bits, \(count) rows")
        #expect(bools(undefined, count) == right.map { $0 == 0 })
        #expect(!bools(overflows, count).contains(true))
      }
    }
  }
}

/// A number below a limit, often close to it or to 0, of either sign.
private func near(_ limit: Int64, _ random: inout RandomNumbers) -> Int64 {
  let number =
    switch Int.random(in: 0..<4, using: &random) {
    case 0: limit - 1 - Int64.random(in: 0..<4, using: &random)
    case 1: Int64.random(in: 0..<4, using: &random)
    default: Int64.random(in: 0..<limit, using: &random)
    }
  return Bool.random(using: &random) ? number : -number
}

private func floored(_ a: Int64, _ b: Int64, remainder: Bool) -> Int64 {
  if b == 0 { return 0 }
  let rest = a % b
  let isBelow = rest != 0 && (rest < 0) != (b < 0)
  if remainder { return isBelow ? rest + b : rest }
  return a / b - (isBelow ? 1 : 0)
}
