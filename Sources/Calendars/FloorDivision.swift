// Division that rounds towards minus infinity, for times before 1970. The divisor is positive.

@inline(__always)
func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient &- 1 : quotient
}

@inline(__always)
func floorModulo(_ value: Int, _ divisor: Int) -> Int {
  let remainder = value % divisor
  return remainder < 0 ? remainder &+ divisor : remainder
}

let microsPerSecond = 1_000_000
let microsPerMinute = 60_000_000
let microsPerHour = 3_600_000_000
let microsPerDay = 86_400_000_000
let secondsPerDay = 86_400
