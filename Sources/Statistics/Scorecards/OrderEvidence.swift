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
  /// How many cells that are counted make one of a width: those of the first width, and of the second.
  static let cellSizes = [1, 1, 3, 6]
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
  /// evidence of those k and ln(k/e). Sliding counts: O(rows), and 3,001 steps for each surprise; the same
  /// for every split into ranges.
  ///
  /// `limits`: rows that cannot reach one are left out; none are unless given.
  package func evidence(
    of rows: Range<Int>, reaching limits: WeightLimits? = nil
  ) -> OrderEvidence {
    var result = OrderEvidence(
      evidence: Array(repeating: 0, count: rows.count), neighbourhoods: [:])
    guard !rows.isEmpty else { return result }
    let stretch = RankedStretch(self, around: rows)
    var scan = NeighbourScan(stretch)
    let least =
      limits.map {
        NeededSurprises($0, usual: usual).least(
          of: UnsafeBufferPointer(rebasing: self.rows[rows]),
          weights: scan.weights[RankedStretch.margin...])
      } ?? [Float](repeating: Float(OrderEvidence.leastSurprise), count: rows.count)
    scan.slidingCounts().slide(over: least) { found in
      guard let neighbourhood = scan.best(found, over: Double(least[found.row])) else { return }
      let evidence = neighbourhood.evidence
      result.evidence[found.row] = evidence
      if evidence > 0 { result.neighbourhoods[rows.lowerBound + found.row] = neighbourhood }
    }
    return result
  }
}

/// The search for the most surprising neighbourhoods of the rows of a stretch.
private struct NeighbourScan {
  let weights: [Int16]
  private let stretch: RankedStretch
  private let narrow: [UInt16]
  private let wide: [UInt16]
  /// Cells of ages, the narrow and the wide ones, once they were asked for.
  private var ages: [[UInt16]?] = [nil, nil]

  init(_ stretch: RankedStretch) {
    self.stretch = stretch
    weights = stretch.weights()
    narrow = stretch.cells(.narrow)
    wide = stretch.cells(.wide)
  }

  func slidingCounts() -> SlidingCounts { SlidingCounts(narrow: narrow, wide: wide) }

  /// The most surprising neighbourhood at any width where that is more surprising than `least`.
  mutating func best(_ found: SlidingCounts.Found, over least: Double) -> Neighbourhood? {
    var best: (neighbourhood: Neighbourhood, surprise: Double)?
    var bestWidth = 0
    let place = found.row + RankedStretch.margin
    for (index, width) in OrderEvidence.widths.enumerated() {
      guard let band = found.band(index) else { continue }
      let most = best?.surprise ?? least
      var counts = NeighbourCounts(band: band, totals: found.totals)
      // Ages only raise what is expected: they are counted where the dates alone surprise.
      guard counts.best(width: width, over: most - 1e-6) != nil else { continue }
      let ages = SpanCounts(
        ages(width: index), size: OrderEvidence.cellSizes[index], around: place)
      counts.add(ages: ages.band)
      guard let own = counts.best(width: width, over: most) else { continue }
      best = own
      bestWidth = index
    }
    guard var neighbourhood = best?.neighbourhood else { return nil }
    neighbourhood.meanEvidence = meanEvidence(of: neighbourhood, width: bestWidth, place)
    return neighbourhood
  }

  private mutating func ages(width: Int) -> [UInt16] {
    let kind = min(width, 1)
    if let cells = ages[kind] { return cells }
    let cells = stretch.cells(kind == 0 ? .narrowAge : .wideAge)
    ages[kind] = cells
    return cells
  }

  /// The mean weight of the neighbours made near a row's date, its own not counted.
  private func meanEvidence(
    of neighbourhood: Neighbourhood, width: Int, _ place: Int
  ) -> Double {
    let cells = width == 0 ? narrow : wide
    let size = OrderEvidence.cellSizes[width]
    let lowest = Int(cells[place]) / size - 2
    var sum = -Int(weights[place])
    for other in place - neighbourhood.reach...place + neighbourhood.reach {
      let distance = Int(cells[other]) / size - lowest
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
  /// The mean evidence, and the lift, above which more of them says no more.
  static let mostMean = 4.0
  static let mostLift = 20.0

  /// The log likelihood ratio of being one of a batch, never below 0.
  package var evidence: Double {
    let weights = OrderEvidence.weights
    let mean = min(Neighbourhood.mostMean, max(-2, meanEvidence))
    let lift = min(Neighbourhood.mostLift, Double(near) / max(expected, 0.01))
    return max(
      0,
      weights.constant + weights.surprise * portableLog(1 + surprise) + weights.mean * mean
        + weights.lift * portableLog(max(1, lift)))
  }
}
