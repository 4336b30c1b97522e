/// The interval of a difference of two independent shares, first minus second.
///
/// R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics
/// in Medicine 17 (1998), method 10: the Wilson limits of both, combined. Where a group is empty, its
/// share counts as one half with the limits 0 and 1.
package func newcombeDifference(
  successes1: Int, trials1: Int, successes2: Int, trials2: Int, z: Double = normal95
) -> (difference: Double, interval: Interval) {
  let share1 = trials1 > 0 ? Double(successes1) / Double(trials1) : 0.5
  let share2 = trials2 > 0 ? Double(successes2) / Double(trials2) : 0.5
  let limits1 = wilsonInterval(successes: successes1, trials: trials1, z: z)
  let limits2 = wilsonInterval(successes: successes2, trials: trials2, z: z)
  let difference = share1 - share2
  return (
    difference,
    Interval(
      low: difference - hypotenuse(share1 - limits1.low, limits2.high - share2),
      high: difference + hypotenuse(limits1.high - share1, share2 - limits2.low))
  )
}

private func hypotenuse(_ a: Double, _ b: Double) -> Double {
  (a * a + b * b).squareRoot()
}
