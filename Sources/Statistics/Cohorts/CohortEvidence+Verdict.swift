import Glibc

extension CohortEvidence {
  /// The verdict, by the first rule that applies.
  var verdict: CohortFinding.Verdict {
    if input.cohort.count < 10 || excess < 8 { return .tooFew }
    if lowQuality == nil && shape == nil && creation == nil { return .noProfiles }
    let isGrave = signs.contains(.lowQuality) || signs.contains(.creation)
    let isTwofold = signs.contains(.creation) && signs.contains(.shape)
    if isGrave && signs.count >= 2 && (isTwofold || !decays) { return .boughtLike }
    let isBelow = (lowQuality?.interval.high ?? 0) < 0.3 && (shape ?? 0) < 0.22
    let isQuiet = !signs.contains(.creation) && !signs.contains(.abruptEnd)
    if isBelow && isQuiet { return .noSign }
    return .unusual
  }

  /// True where the event decays over days, as attention does.
  var decays: Bool { (input.course?.blockEvidence ?? 0) < -2 }

  /// The score from 0 to 1, held beside the verdict: at least 0.6 or at most 0.4 with a clear one.
  func score(for verdict: CohortFinding.Verdict) -> Double? {
    let score = 1 / (1 + exp(-logit))
    switch verdict {
    case .tooFew, .noProfiles: return nil
    case .boughtLike: return max(0.6, score)
    case .noSign: return min(0.4, score)
    case .unusual: return score
    }
  }

  /// The weight of all evidence.
  ///
  /// The course counts at most 1.5, since sellers can spread a delivery and some attention ends at once.
  var logit: Double {
    var z = -2.2
    z += 5 * max(0, min(1, lowQuality?.difference ?? 0))
    z += 0.9 * log(max(1, min(20, creation?.lift ?? 1)))
    z += 7 * max(0, min(1, shape ?? 0))
    z += 0.5 * max(-3, min(3, input.course?.blockEvidence ?? 0))
    return z
  }

  /// How many of the cohort were bought, as far as the evidence goes.
  ///
  /// The excess times the share of low quality among it, or of those inside a strong creation window,
  /// whichever is larger; without the verdict only what exceeds the usual share counts. Only what looks
  /// bought has a least number: of an unusual event the estimate is weighed by its score and the interval
  /// begins at 0, and where no sign was found none are taken for bought: real people whom something brought
  /// together may be quieter than the usual ones, so that all of them may be real. Well-made profiles of scattered
  /// dates are seen by neither: where there is a sign, the interval reaches up to the whole excess.
  func boughtEstimate(_ verdict: CohortFinding.Verdict) -> (estimate: Double, interval: Interval) {
    let part = boughtShare(verdict)
    let low = max(0, min(excess, input.excessInterval.low))
    let high = max(0, input.excessInterval.high)
    let most = high * (signs.isEmpty ? part.interval.high : 1)
    let whole = max(0, excess) * part.share
    switch verdict {
    case .boughtLike: return (whole, Interval(low: low * part.interval.low, high: most))
    case .unusual: return (whole * (score(for: verdict) ?? 0), Interval(low: 0, high: most))
    case .noSign, .tooFew, .noProfiles: return (0, Interval(low: 0, high: most))
    }
  }

  private func boughtShare(_ verdict: CohortFinding.Verdict) -> (share: Double, interval: Interval)
  {
    var share = 0.0
    var interval = Interval(low: 0, high: 0)
    func clip(_ value: Double) -> Double { max(0, min(1, value)) }
    if let low = lowQuality {
      // Above the usual share, of those who would be of low quality if all were bought.
      func corrected(_ difference: Double) -> Double { clip(difference / max(1e-9, 1 - low.usual)) }
      // Of a batch that is bought-like all of low quality are taken for bought; others may have come with it, the
      // usual share of whom is of low quality too: the lower limit is without those.
      func whole(_ difference: Double) -> Double { clip(low.usual + difference) }
      let part = verdict == .boughtLike ? whole : corrected
      share = part(low.difference)
      interval = Interval(low: corrected(low.interval.low), high: part(low.interval.high))
    }
    if let creation, creation.isStrong {
      let inside = windowShare(creation)
      if inside.share > share { return inside }
    }
    return (share, interval)
  }

  /// The share of those above the expected that were created inside the window, with Wilson's limits.
  private func windowShare(_ window: CreationConcentration) -> (share: Double, interval: Interval) {
    let normal = input.expected * window.usualShare
    let extra = max(1, excess)
    func among(_ share: Double) -> Double {
      max(0, min(1, (share * Double(input.cohort.count) - normal) / extra))
    }
    let limits = wilsonInterval(successes: window.count, trials: input.cohort.count)
    return (
      among(Double(window.count) / Double(max(1, input.cohort.count))),
      Interval(low: among(limits.low), high: among(limits.high))
    )
  }
}
