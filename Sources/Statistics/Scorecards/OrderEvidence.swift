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
  /// evidence of those k and ln(k/e). Sliding counts: O(rows), the same for every split into ranges.
  package func evidence(of rows: Range<Int>) -> OrderEvidence {
    let telling = neighbourhoods(of: rows).filter { $0.value.evidence > 0 }
    var evidence = [Double](repeating: 0, count: rows.count)
    for (row, neighbourhood) in telling {
      evidence[row - rows.lowerBound] = neighbourhood.evidence
    }
    return OrderEvidence(evidence: evidence, neighbourhoods: telling)
  }

  /// The most surprising neighbourhood of each row of a range that has one.
  package func neighbourhoods(of rows: Range<Int>) -> [Int: Neighbourhood] {
    guard !rows.isEmpty else { return [:] }
    var best = [Double](repeating: 0, count: rows.count)
    var found: [Int: Neighbourhood] = [:]
    for width in OrderEvidence.widths {
      let cells = CreationCells(self, width: width, around: rows)
      scan(rows, cells, width: width, &best, &found)
    }
    return found
  }

  private func scan(
    _ rows: Range<Int>, _ cells: CreationCells, width: Double, _ best: inout [Double],
    _ found: inout [Int: Neighbourhood]
  ) {
    var counts = NeighbourCounts(cells, at: rows.lowerBound)
    for row in rows {
      if row > rows.lowerBound { counts.advance(to: row, cells) }
      let cell = Int(cells.made[row - cells.first])
      guard cell > 0 else { continue }
      for (index, reach) in OrderEvidence.reaches.enumerated() {
        let near = counts.near(index, cell)
        guard near >= 5 else { continue }
        let expected = counts.expected(index, cell, Int(cells.age[row - cells.first]))
        guard Double(near) > 1.5 * expected else { continue }
        var candidate = Neighbourhood(
          reach: reach, days: width, near: near, expected: expected, meanEvidence: 0)
        let surprise = candidate.surprise
        guard surprise > max(OrderEvidence.leastSurprise, best[row - rows.lowerBound]) else {
          continue
        }
        best[row - rows.lowerBound] = surprise
        candidate.meanEvidence = counts.meanEvidence(index, cell, without: cells.evidence(row))
        found[row] = candidate
      }
    }
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
