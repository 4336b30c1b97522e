/// The value that a standard normal variable stays below with a probability.
///
/// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics
/// 37 (1988), PPND16: relative error about 1e−16. −∞ at 0, +∞ at 1, NaN outside. The same on every
/// machine: only arithmetic, square roots and `portableLog`.
package func normalQuantile(_ probability: Double) -> Double {
  let q = probability - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    return q * polynomial(r, centralTop) / polynomial(r, centralBottom)
  }
  let tail = min(probability, 1 - probability)
  guard tail > 0 else { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
  let r = (-portableLog(tail)).squareRoot()
  let value =
    r <= 5
    ? polynomial(r - 1.6, middleTop) / polynomial(r - 1.6, middleBottom)
    : polynomial(r - 5, farTop) / polynomial(r - 5, farBottom)
  return q < 0 ? -value : value
}

/// Coefficients by rising power.
private typealias Coefficients = (
  Double, Double, Double, Double, Double, Double, Double, Double
)

@inline(__always)
private func polynomial(_ x: Double, _ c: Coefficients) -> Double {
  let upper = ((c.7 * x + c.6) * x + c.5) * x + c.4
  return (((upper * x + c.3) * x + c.2) * x + c.1) * x + c.0
}

private let centralTop: Coefficients = (
  3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727
)
private let centralBottom: Coefficients = (
  1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
  21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610
)
private let middleTop: Coefficients = (
  1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
  3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
  0.0227238449892691845833, 7.74545014278341407640e-4
)
private let middleBottom: Coefficients = (
  1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
  0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
  1.05075007164441684324e-9
)
private let farTop: Coefficients = (
  6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
  0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860,
  2.71155556874348757815e-5, 2.01033439929228813265e-7
)
private let farBottom: Coefficients = (
  1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
  7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
  2.04426310338993978564e-15
)
