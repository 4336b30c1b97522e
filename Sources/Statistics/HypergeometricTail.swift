import Glibc

/// P(X ≥ count) when `draws` are taken without replacement from `population`, of which `marked` count.
///
/// Fisher's exact test, one-sided. The tail is summed outwards from `count` by the ratio of neighbours,
/// on the side where they fall. O(length of the tail until it no longer matters).
package func hypergeometricTail(
  atLeast count: Int, population: Int, marked: Int, draws: Int
) -> Double {
  exp(lnHypergeometricTail(atLeast: count, population: population, marked: marked, draws: draws))
}

/// The logarithm of `hypergeometricTail`, for ranking what underflows.
package func lnHypergeometricTail(
  atLeast count: Int, population: Int, marked: Int, draws: Int
) -> Double {
  guard population >= 0, (0...population).contains(marked), (0...population).contains(draws) else {
    return .nan
  }
  let urn = Urn(population: population, marked: marked, draws: draws)
  if count <= urn.least { return 0 }
  if count > urn.most { return -Double.infinity }
  if Double(count) > urn.mean {
    return min(0, urn.lnProbability(count) + log(urn.sum(from: count, step: 1)))
  }
  let below = urn.lnProbability(count - 1) + log(urn.sum(from: count - 1, step: -1))
  return lnOneMinusExp(min(0, below))
}

private struct Urn {
  let population: Int
  let marked: Int
  let draws: Int

  var least: Int { max(0, draws + marked - population) }
  var most: Int { min(draws, marked) }
  var mean: Double { Double(draws) * Double(marked) / Double(max(1, population)) }

  func lnProbability(_ k: Int) -> Double {
    lnChoose(marked, k) + lnChoose(population - marked, draws - k) - lnChoose(population, draws)
  }

  /// The sum of the probabilities from k outwards, in units of the one at k.
  func sum(from start: Int, step: Int) -> Double {
    var k = start
    var term = 1.0
    var sum = 1.0
    while k != (step > 0 ? most : least), term > sum * 1e-17 {
      term *= step > 0 ? rise(k) : 1 / rise(k - 1)
      k += step
      sum += term
    }
    return sum
  }

  /// P(k + 1) / P(k).
  private func rise(_ k: Int) -> Double {
    Double(marked - k) * Double(draws - k)
      / (Double(k + 1) * Double(population - marked - draws + k + 1))
  }
}
