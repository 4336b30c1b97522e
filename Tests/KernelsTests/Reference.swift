import Glibc

/// Floor division by Glibc's exact remainder.
func floored(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double) {
  let rest = fmod(a, b)
  let isBelow = rest != 0 && (rest < 0) != (b < 0)
  let quotient = ((a - rest) / b - (isBelow ? 1 : 0))
  let whole = quotient.rounded(.down)
  return (quotient - whole > 0.5 ? whole + 1 : whole, isBelow ? rest + b : rest)
}

/// Glibc's power.
func power(_ a: Double, _ b: Double) -> Double { pow(a, b) }

/// Glibc's functions, correct to less than one unit of the last place.
func naturalExponential(_ x: Double) -> Double { exp(x) }

func naturalLogarithm(_ x: Double) -> Double { log(x) }

func decimalLogarithm(_ x: Double) -> Double { log10(x) }
