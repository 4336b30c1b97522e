/// What the neighbours in follow order add to the weight of evidence of some followers.
package struct OrderEvidence: Sendable {
  /// Of each row, a log likelihood ratio of being one of a batch: 0 for most.
  package var evidence: [Double]
  /// Of each row whose evidence is not 0, what it rests on.
  package var neighbourhoods: [Int: Neighbourhood]
}

extension OrderEvidence {
  /// Neighbours looked at on either side.
  static let reaches = [25, 50, 100, 200]
  /// Days of creation on either side.
  static let widths = [7.0, 30, 90, 180]
  /// Ranks on either side that say what is usual; twice the reach around a follower is left out.
  static let surroundings = 1500
  /// The surprise from which neighbours count at all.
  static let leastSurprise = 4.0
  /// Weights of the sum, fitted on batches of bought followers planted into real lists (scripts/).
  static let weights = (constant: -4.6, surprise: 1.7, mean: 1.0, lift: 0.7)
}

extension FollowRanks {
  /// Order evidence of the rows of a range; the rest of the list is their surroundings.
  ///
  /// Own method, after the sliding histogram of B. Zouzou and O. Varol (EPJ Data Science 2024) and the
  /// mean evidence of neighbours: a bought batch is a stretch of the list in which unusually many aged
  /// accounts were made within a few weeks. For each of four reaches and four widths of creation date the
  /// neighbours made near the follower's own date are counted (k) and held against the greater of two
  /// expectations (e) from 1,500 ranks on either side: of the same creation dates, and of the same age
  /// at following. The most surprising of them by k ln(k/e) − (k − e) counts, with the mean weight of
  /// evidence of those k and ln(k/e). Sliding counts: O(rows), and 3,001 steps for each surprise; the same for every split into ranges.
  package func evidence(of rows: Range<Int>) -> OrderEvidence {
    var result = OrderEvidence(
      evidence: Array(repeating: 0, count: rows.count), neighbourhoods: [:])
    guard !rows.isEmpty else { return result }
    let stretch = RankedStretch(self, around: rows)
    var surprises = [Double](repeating: OrderEvidence.leastSurprise, count: rows.count)
    for width in OrderEvidence.widths {
      stretch.scan(width: width, &surprises) { index, neighbourhood in
        let evidence = neighbourhood.evidence
        result.evidence[index] = evidence
        result.neighbourhoods[rows.lowerBound + index] = evidence > 0 ? neighbourhood : nil
      }
    }
    return result
  }
}

extension RankedStretch {
  /// Passes on the most surprising neighbourhood at one width of each row where it is more surprising
  /// than those at others.
  fileprivate func scan(
    width: Double, _ surprises: inout [Double], _ use: (Int, Neighbourhood) -> Void
  ) {
    let made = SlidingCounts(madeCells(width: width))
    let ages = ageCells(width: width)
    made.slide { found in
      let (index, place) = (found.row, found.row + RankedStretch.margin)
      var counts = NeighbourCounts(band: found.band, totals: found.totals)
      // Ages only raise what is expected: they are counted where the dates alone surprise.
      guard counts.best(width: width, over: surprises[index] - 1e-6) != nil else { return }
      counts.add(ages: SpanCounts(ages, around: place).band)
      guard let best = counts.best(width: width, over: surprises[index]) else { return }
      surprises[index] = best.surprise
      var neighbourhood = best.neighbourhood
      neighbourhood.meanEvidence = meanEvidence(of: neighbourhood, made, place)
      use(index, neighbourhood)
    }
  }

  /// The mean weight of the neighbours made near a row's date, its own not counted.
  private func meanEvidence(
    of neighbourhood: Neighbourhood, _ made: borrowing SlidingCounts, _ place: Int
  ) -> Double {
    let lowest = made.cell(place) - 2
    var sum = -Int(weights[place])
    for other in place - neighbourhood.reach...place + neighbourhood.reach {
      let distance = made.cell(other) - lowest
      if distance >= 0 && distance <= 4 { sum += Int(weights[other]) }
    }
    return Double(sum) / 1024 / Double(neighbourhood.near)
  }
}

extension NeighbourCounts {
  /// The most surprising neighbourhood with its surprise, where that is more than `least`.
  fileprivate func best(
    width: Double, over least: Double
  ) -> (neighbourhood: Neighbourhood, surprise: Double)? {
    var best: (neighbourhood: Neighbourhood, surprise: Double)?
    for reach in OrderEvidence.reaches.indices where isTelling(reach) {
      let candidate = Neighbourhood(
        reach: OrderEvidence.reaches[reach], days: width, near: Int(near[reach]),
        expected: expected(reach), meanEvidence: 0)
      let most = best?.surprise ?? least
      // A surprise is at most (k − e)² / 2e, and well below where it is of any size: no logarithm for the
      // many that are far below.
      let excess = Double(candidate.near) - candidate.expected
      guard excess * excess > 2 * most * candidate.expected else { continue }
      let surprise = candidate.surprise
      if surprise > most { best = (candidate, surprise) }
    }
    return best
  }
}

extension Neighbourhood {
  /// The log likelihood ratio of being one of a batch, never below 0.
  package var evidence: Double {
    let weights = OrderEvidence.weights
    let mean = min(4, max(-2, meanEvidence))
    let lift = min(20, Double(near) / max(expected, 0.01))
    return max(
      0,
      weights.constant + weights.surprise * portableLog(1 + surprise) + weights.mean * mean
        + weights.lift * portableLog(max(1, lift)))
  }
}
