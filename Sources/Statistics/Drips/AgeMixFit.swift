import Glibc

/// How the ages of the followers of some weeks differ from those of other weeks, as a smooth change.
///
/// Attention from elsewhere, a campaign or a new audience brings followers whose accounts are younger or older
/// than usual: dates of like ages then supply more or fewer alike. The followers of a bin of dates in these weeks
/// are a binomial share of all of its followers; the logit of the share is that of the surface and a cubic in
/// ln age, fitted by Newton's method (P. McCullagh, J. A. Nelder, Generalized Linear Models, 1989, part 4.4). A
/// stock of accounts is a block of dates with edges, which no such curve follows: a level of its own for the dates
/// of a band, above the curve, is tested by the likelihood ratio.
struct AgeMixFit {
  /// The bins of which something is known, by number; and of each all followers, those in the weeks, and the logit
  /// of their share by the surface.
  private var bins: [Int] = []
  private var totals: [Double] = []
  private var insides: [Double] = []
  private var logits: [Double] = []
  /// Of each bin the powers of ln age from 0 to 3, and whether it is in a band: 0.
  private var terms: [Double] = []
  /// The fit without a band.
  private var plain = LogisticCurve(numbers: [0, 0, 0, 0], lnDensity: 0)
  /// What the curve leaves: sums of (misses, weights × powers) over the bins before each, and the factor of the
  /// information.
  private var misses: [Double] = [0]
  private var weights: [Double]
  private var factor: CholeskyFactor

  private static let powers = 4
  private static let columns = 5

  /// `age`: of a bin's followers in the middle of the weeks, in days.
  init(_ observed: CellCounts, _ expected: CellSums, _ weeks: Range<Int>, age: (Int) -> Double) {
    factor = CholeskyFactor([1], 1)
    weights = [Double](repeating: 0, count: Self.powers)
    let all = 0..<observed.weeks
    for bin in 0..<observed.bins {
      let total = observed.count(all, bin..<bin + 1)
      let share =
        expected.count(weeks, bin..<bin + 1) / max(1e-12, expected.count(all, bin..<bin + 1))
      // Of dates that hardly take part in other weeks, or in these, nothing is known.
      guard total > 0, share > 1e-4, share < 0.98 else { continue }
      bins.append(bin)
      totals.append(Double(total))
      insides.append(Double(observed.count(weeks, bin..<bin + 1)))
      logits.append(log(share / (1 - share)))
      // Half of ln age, from a year on: between about −1 and 1.5.
      let x = log(max(30, age(bin)) / 365) / 2
      terms += [1, x, x * x, x * x * x, 0]
    }
    plain = fitted(from: plain.numbers, terms)
    sumUp()
  }

  /// Whether a band may stand out by a likelihood ratio (ln).
  ///
  /// By the statistic of the score test, which is mostly above it, and needs no fit. O(bins).
  func mayStandOut(_ band: Range<Int>, likelihood: Double) -> Bool {
    let places = places(band)
    let miss = misses[places.upperBound] - misses[places.lowerBound]
    guard miss > 0 else { return false }
    let own = (0..<Self.powers).map {
      weights[places.upperBound * Self.powers + $0] - weights[places.lowerBound * Self.powers + $0]
    }
    let shared = factor.solved(own).reduce(0) { $0 + $1 * $1 }
    return miss * miss >= 2 * likelihood * max(1e-9, own[0] - shared)
  }

  /// The followers that the curve has of the dates of a band, and the likelihood ratio (ln) of those above it; nil
  /// where there are none.
  func standing(_ band: Range<Int>) -> (usual: Double, likelihood: Double)? {
    let places = places(band)
    var terms = terms
    for place in places { terms[place * Self.columns + Self.powers] = 1 }
    let fit = fitted(from: plain.numbers + [0], terms)
    guard let level = fit.numbers.last, level > 0 else { return nil }
    let usual = places.reduce(0) { sum, place in
      sum + totals[place] * share(place, fit.numbers, self.terms)
    }
    return (usual, fit.lnDensity - plain.lnDensity)
  }

  /// The places of the bins of a band.
  private func places(_ band: Range<Int>) -> Range<Int> {
    let first = bins.firstIndex { $0 >= band.lowerBound } ?? bins.count
    return first..<(bins[first...].firstIndex { $0 >= band.upperBound } ?? bins.count)
  }

  private func share(_ place: Int, _ numbers: [Double], _ terms: [Double]) -> Double {
    var logit = logits[place]
    for column in numbers.indices {
      logit += numbers[column] * terms[place * Self.columns + column]
    }
    return 1 / (1 + exp(-logit))
  }

  private mutating func sumUp() {
    var information = LogisticStep(count: Self.powers)
    for place in bins.indices {
      let share = share(place, plain.numbers, terms)
      let miss = insides[place] - totals[place] * share
      let weight = totals[place] * share * (1 - share)
      misses.append(misses[place] + miss)
      for power in 0..<Self.powers {
        weights.append(
          weights[place * Self.powers + power] + weight * terms[place * Self.columns + power])
      }
      information.add(terms, from: place * Self.columns, miss: miss, weight: weight)
    }
    factor = information.factor
  }

  /// The likeliest numbers, one for each of the first columns of some terms.
  private func fitted(from start: [Double], _ terms: [Double]) -> LogisticCurve {
    var numbers = start
    for _ in 0..<12 {
      var step = LogisticStep(count: numbers.count)
      step.pull(to: numbers)
      for place in bins.indices {
        let share = share(place, numbers, terms)
        step.add(
          terms, from: place * Self.columns, miss: insides[place] - totals[place] * share,
          weight: totals[place] * share * (1 - share))
      }
      let change = step.solution()
      for column in numbers.indices { numbers[column] += max(-1, min(1, change[column])) }
      if change.allSatisfy({ abs($0) < 1e-3 }) { break }
    }
    return LogisticCurve(numbers: numbers, lnDensity: lnDensity(numbers, terms))
  }

  private func lnDensity(_ numbers: [Double], _ terms: [Double]) -> Double {
    bins.indices.reduce(0) { sum, place in
      let share = share(place, numbers, terms)
      return sum + insides[place] * log(max(1e-12, share))
        + (totals[place] - insides[place]) * log(max(1e-12, 1 - share))
    }
  }
}

/// The numbers of a fitted curve, and ln of the density of what was counted, less a constant.
private struct LogisticCurve {
  let numbers: [Double]
  let lnDensity: Double
}

/// One step of Newton's method: gradient and information of a few numbers.
private struct LogisticStep {
  private let count: Int
  private var gradient: [Double]
  private var information: [Double]
  /// A weak pull to 0 keeps a curve from running away where nobody is.
  private static let ridge = 0.1

  init(count: Int) {
    self.count = count
    gradient = [Double](repeating: 0, count: count)
    information = [Double](repeating: 0, count: count * count)
    for row in 0..<count { information[row * count + row] = Self.ridge }
  }

  mutating func pull(to numbers: [Double]) {
    for row in 0..<count { gradient[row] -= Self.ridge * numbers[row] }
  }

  mutating func add(_ terms: [Double], from place: Int, miss: Double, weight: Double) {
    for row in 0..<count {
      gradient[row] += miss * terms[place + row]
      for column in 0...row {
        information[row * count + column] += weight * terms[place + row] * terms[place + column]
      }
    }
  }

  var factor: CholeskyFactor { CholeskyFactor(information, count) }

  func solution() -> [Double] {
    let factor = factor
    return factor.solvedTransposed(factor.solved(gradient))
  }
}
