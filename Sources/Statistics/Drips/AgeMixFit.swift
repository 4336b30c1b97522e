import CKernels
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
  /// Of the bins of which something is known: half of ln age, from a year on (between about −1 and 1.5); all
  /// followers, those in the weeks, and the logit of their share by the surface.
  private var x: [Double] = []
  private var totals: [Double] = []
  private var insides: [Double] = []
  private var logits: [Double] = []
  /// How many of them are before each bin.
  private var places: [Int] = [0]
  /// The fit without a band, and the share it has of each bin.
  private var plain = LogisticCurve(numbers: [0, 0, 0, 0], lnDensity: 0)
  private var shares: [Double] = []
  /// What the curve leaves: sums of (misses, weights × powers) over the bins before each, and the factor of the
  /// information.
  private var misses: [Double] = [0]
  private var weights: [Double]
  private var factor: CholeskyFactor

  private static let powers = 4

  /// `age`: of a bin's followers in the middle of the weeks, in days.
  init(_ observed: CellCounts, _ expected: CellSums, _ weeks: Range<Int>, age: (Int) -> Double) {
    factor = CholeskyFactor([1], 1)
    weights = [Double](repeating: 0, count: Self.powers)
    let all = 0..<observed.weeks
    for bin in 0..<observed.bins {
      defer { places.append(x.count) }
      let total = observed.count(all, bin..<bin + 1)
      if total == 0 { continue }
      let share =
        expected.count(weeks, bin..<bin + 1) / max(1e-12, expected.count(all, bin..<bin + 1))
      // Of dates that hardly take part in other weeks, or in these, nothing is known.
      guard share > 1e-4, share < 0.98 else { continue }
      totals.append(Double(total))
      insides.append(Double(observed.count(weeks, bin..<bin + 1)))
      logits.append(share / (1 - share))
      x.append(max(30, age(bin)) / 365)
    }
    ck_ln_f64(logits, &logits, logits.count)
    ck_ln_f64(x, &x, x.count)
    for place in x.indices { x[place] /= 2 }
    shares = [Double](repeating: 0, count: x.count)
    var step = LogisticStep(band: 0..<0)
    plain = fitted(from: plain.numbers, &step, &shares)
    sumUp()
  }

  /// Whether a band may stand out by a likelihood ratio (ln).
  ///
  /// By the statistic of the score test, which is mostly above it, and needs no fit. O(1).
  func mayStandOut(_ band: Range<Int>, likelihood: Double) -> Bool {
    let (first, end) = (places[band.lowerBound], places[band.upperBound])
    let miss = misses[end] - misses[first]
    guard miss > 0 else { return false }
    let own = (0..<Self.powers).map {
      weights[end * Self.powers + $0] - weights[first * Self.powers + $0]
    }
    let shared = factor.solved(own).reduce(0) { $0 + $1 * $1 }
    return miss * miss >= 2 * likelihood * max(1e-9, own[0] - shared)
  }

  /// The followers that the curve has of the dates of a band, and the likelihood ratio (ln) of those above it; nil
  /// where there are none.
  func standing(_ band: Range<Int>) -> (usual: Double, likelihood: Double)? {
    let own = places[band.lowerBound]..<places[band.upperBound]
    var shares = shares
    var step = LogisticStep(band: own)
    let fit = fitted(from: plain.numbers + [0], &step, &shares)
    guard let level = fit.numbers.last, level > 0 else { return nil }
    write(Array(fit.numbers.prefix(Self.powers)), own, to: &shares)
    let usual = own.reduce(0) { sum, place in sum + totals[place] * shares[place] }
    return (usual, fit.lnDensity - plain.lnDensity)
  }

  private mutating func sumUp() {
    for place in x.indices {
      let hit = totals[place] * shares[place]
      var weight = hit * (1 - shares[place])
      misses.append(misses[place] + insides[place] - hit)
      for power in 0..<Self.powers {
        weights.append(weights[place * Self.powers + power] + weight)
        weight *= x[place]
      }
    }
    var step = LogisticStep(band: 0..<0)
    step.read(self, shares)
    factor = step.factor(Self.powers)
  }

  /// The shares of some places by the numbers of the powers of x.
  private func write(_ numbers: [Double], _ places: Range<Int>, to shares: inout [Double]) {
    x.withUnsafeBufferPointer { x in
      logits.withUnsafeBufferPointer { logits in
        shares.withUnsafeMutableBufferPointer { shares in
          guard let x = x.baseAddress, let logits = logits.baseAddress,
            let shares = shares.baseAddress
          else { return }
          let first = places.lowerBound
          ck_logistic_shares(x + first, logits + first, numbers, places.count, shares + first)
        }
      }
    }
  }

  /// The likeliest numbers, those of the powers and, if there is one more, the level of the step's band.
  private func fitted(
    from start: [Double], _ step: inout LogisticStep, _ shares: inout [Double]
  ) -> LogisticCurve {
    var numbers = start
    writeAll(numbers, step.band, to: &shares)
    for _ in 0..<12 {
      step.read(self, shares)
      let change = step.solution(numbers)
      for column in numbers.indices { numbers[column] += max(-1, min(1, change[column])) }
      writeAll(numbers, step.band, to: &shares)
      if change.allSatisfy({ abs($0) < 1e-3 }) { break }
    }
    return LogisticCurve(numbers: numbers, lnDensity: lnDensity(shares))
  }

  private func writeAll(_ numbers: [Double], _ band: Range<Int>, to shares: inout [Double]) {
    var powers = Array(numbers.prefix(Self.powers))
    write(powers, 0..<x.count, to: &shares)
    guard numbers.count > Self.powers else { return }
    powers[0] += numbers[Self.powers]
    write(powers, band, to: &shares)
  }

  private func lnDensity(_ shares: [Double]) -> Double {
    var (insideLogs, outsideLogs) = (shares, shares)
    for place in shares.indices {
      insideLogs[place] = max(1e-12, shares[place])
      outsideLogs[place] = max(1e-12, 1 - shares[place])
    }
    ck_ln_f64(insideLogs, &insideLogs, insideLogs.count)
    ck_ln_f64(outsideLogs, &outsideLogs, outsideLogs.count)
    return shares.indices.reduce(0) { sum, place in
      sum + insides[place] * insideLogs[place]
        + (totals[place] - insides[place]) * outsideLogs[place]
    }
  }

  /// Sums over some places: see `ck_logistic_sums`.
  fileprivate func writeSums(
    _ places: Range<Int>, _ shares: [Double], to sums: inout [Double]
  ) {
    func from(_ values: [Double], _ body: (UnsafePointer<Double>) -> Void) {
      values.withUnsafeBufferPointer { values in
        if let base = values.baseAddress { body(base + places.lowerBound) }
      }
    }
    for index in sums.indices { sums[index] = 0 }
    from(x) { x in
      from(totals) { totals in
        from(insides) { insides in
          from(shares) { shares in
            ck_logistic_sums(x, totals, insides, shares, places.count, &sums)
          }
        }
      }
    }
  }

  fileprivate var allPlaces: Range<Int> { x.indices }
}

/// The numbers of a fitted curve, and ln of the density of what was counted, less a constant.
private struct LogisticCurve {
  let numbers: [Double]
  let lnDensity: Double
}

/// One step of Newton's method: gradient and information of the powers and of the level of a band, by the sums of
/// all places and of the band's.
private struct LogisticStep {
  /// The places of the band.
  let band: Range<Int>
  private var all = [Double](repeating: 0, count: Int(CK_LOGISTIC_SUMS))
  private var own = [Double](repeating: 0, count: Int(CK_LOGISTIC_SUMS))

  private static let powers = 4
  /// Where the misses begin among the sums.
  private static let misses = 7
  /// A weak pull to 0 keeps a curve from running away where nobody is.
  private static let ridge = 0.1

  init(band: Range<Int>) { self.band = band }

  mutating func read(_ mix: AgeMixFit, _ shares: [Double]) {
    mix.writeSums(mix.allPlaces, shares, to: &all)
    if !band.isEmpty { mix.writeSums(band, shares, to: &own) }
  }

  /// The factor of the information of so many numbers.
  func factor(_ count: Int) -> CholeskyFactor {
    var information = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        information[row * count + column] =
          row < Self.powers ? all[row + column] : own[column < Self.powers ? column : 0]
      }
      information[row * count + row] += Self.ridge
    }
    return CholeskyFactor(information, count)
  }

  /// What numbers are changed by.
  func solution(_ numbers: [Double]) -> [Double] {
    let gradient = numbers.indices.map { row in
      (row < Self.powers ? all[Self.misses + row] : own[Self.misses]) - Self.ridge * numbers[row]
    }
    let factor = factor(numbers.count)
    return factor.solvedTransposed(factor.solved(gradient))
  }
}
