import Columns
import Glibc
import Plans

/// Which ranks of n sorted values an aggregate is made of, and how.
struct Quantile {
  /// Ranks from 0, and how far from the first to the second.
  let low: Int
  let high: Int
  let fraction: Double

  /// The ranks for a call over `count` values; nil when it is null for so few.
  init?(_ call: AggregateCall, count: Int) {
    guard count > 0 else { return nil }
    switch call.function {
    case .medianLow, .medianHigh:
      guard count >= 6 else { return nil }
      let tail = Quantile.medianTail(count)
      low = call.function == .medianLow ? tail - 1 : count - tail
      high = low
      fraction = 0
    default:
      // Linear between the nearest ranks: type 7 of Hyndman and Fan 1996.
      let p = call.function == .median ? 0.5 : min(1, max(0, call.parameter ?? 0.5))
      let position = Double(count - 1) * (p.isNaN ? 0.5 : p)
      low = min(count - 1, Int(position))
      high = min(count - 1, low + 1)
      fraction = position - Double(low)
    }
  }

  /// The smallest a, at least 1, with P(Bin(n, ½) ≤ a) ≥ 0.025.
  static func medianTail(_ count: Int) -> Int {
    let n = Double(count)
    var rank = max(0, Int((n - 2.5 * n.squareRoot()) / 2) - 2)
    // P(Bin ≤ rank): the terms fall by a ratio below 1 from the last one down.
    func logTerm(_ k: Double) -> Double {
      lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * 0.693147180559945309417
    }
    var tail = 0.0
    var term = exp(logTerm(Double(rank)))
    var k = Double(rank)
    while k >= 0 && term > 0 && term > tail * 1e-18 {
      tail += term
      term *= k / (n - k + 1)
      k -= 1
    }
    while tail < 0.025 {
      rank += 1
      tail += exp(logTerm(Double(rank)))
    }
    return max(1, rank)
  }

  /// The value between the words of the two ranks.
  func cell(_ low: Int64, _ high: Int64, of type: DataType, as result: DataType) -> Cell {
    if type == .float {
      let (from, to) = (orderedFloat(low), orderedFloat(high))
      return .float(fraction == 0 || low == high ? from : from + fraction * (to - from))
    }
    let (difference, overflows) = high.subtractingReportingOverflow(low)
    let step = fraction * (overflows ? Double(high) - Double(low) : Double(difference))
    if result == .float { return .float(Double(low) + step) }
    return .integer(low &+ Int64(step.rounded()))
  }
}
