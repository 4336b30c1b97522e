import CKernels
import Glibc
import Testing

@testable import Statistics

/// The kernels of logistic curves against loops of one place at a time.
@Suite struct LogisticKernelTests {
  @Test(arguments: [0, 1, 7, 8, 9, 400]) func sumsAreThoseOfAPlainLoop(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count + 1))
    let x = (0..<count).map { _ in 3 * generator.uniform() - 1 }
    let totals = (0..<count).map { _ in Double(generator.integer(below: 90)) }
    let insides = totals.map { Double(generator.integer(below: Int($0) + 1)) }
    let logits = (0..<count).map { _ in 8 * generator.uniform() - 4 }
    let numbers = [0.3, -1.2, 0.4, 0.1]
    var shares = [Double](repeating: 9, count: count + 1)
    ck_logistic_shares(x, logits, numbers, count, &shares)
    #expect(shares[count] == 9)
    var sums = [Double](repeating: 0, count: Int(CK_LOGISTIC_SUMS))
    ck_logistic_sums(x, totals, insides, shares, count, &sums)
    var plain = [Double](repeating: 0, count: Int(CK_LOGISTIC_SUMS))
    for place in 0..<count {
      let cubic = (0..<4).reduce(0.0) { $0 + numbers[$1] * pow(x[place], Double($1)) }
      let share = 1 / (1 + exp(-logits[place] - cubic))
      #expect(abs(shares[place] - share) < 1e-14, "place \(place)")
      for power in 0..<7 {
        plain[power] += totals[place] * share * (1 - share) * pow(x[place], Double(power))
      }
      for power in 0..<4 {
        plain[7 + power] += (insides[place] - totals[place] * share) * pow(x[place], Double(power))
      }
    }
    for row in plain.indices {
      #expect(abs(sums[row] - plain[row]) <= 1e-10 * max(1, abs(plain[row])), "row \(row)")
    }
  }
}
