/// The search for the drips of a follower list, by signs that are each looked for by themselves.
///
/// The signs are of three channels: creation dates that supply too many of all followers (4a of the method), the
/// same among the followers of low quality, where organic followers dilute less, and a rise of the low-quality
/// share (in place of 4b). O(rows), beside what the signs take.
package struct DripSearch: Sendable {
  /// What is looked for; those that take longest first, so that no core waits for them at the end.
  package enum Sign: CaseIterable, Sendable {
    case bandsOfFortnights
    case lowQualityBandsOfFortnights
    case bandsOfWeeks
    case lowQualityBandsOfWeeks
    case lowQualityShare
  }

  private let counts: CreationCounts
  private let isFlagged: Bool
  private let all: CreationGrid?
  private let lowQuality: CreationGrid?
  private let thresholds: DripThresholds

  package init(_ list: DripList, thresholds: DripThresholds = DripThresholds()) {
    counts = CreationCounts(list)
    isFlagged = list.isLowQuality != nil
    (all, lowQuality) = CreationGrid.grids(counts, width: 7)
    self.thresholds = thresholds
  }

  /// The stretches that show a sign.
  package func segments(_ sign: Sign) -> [DripSegment] {
    switch sign {
    case .bandsOfWeeks: bandSegments(all, isLowQualityOnly: false)
    case .bandsOfFortnights: bandSegments(all?.inDoubleBins(), isLowQualityOnly: false)
    case .lowQualityBandsOfWeeks: bandSegments(lowQuality, isLowQualityOnly: true)
    case .lowQualityBandsOfFortnights:
      bandSegments(lowQuality?.inDoubleBins(), isLowQualityOnly: true)
    case .lowQualityShare: shareSegments()
    }
  }

  /// The drips that segments of all signs make, by start.
  ///
  /// Segments that overlap, or follow within a week, are one finding with several reasons.
  package func drips(_ segments: [DripSegment]) -> [DripSegment] {
    merged(segments, counts).filter { $0.excess >= thresholds.excess }
  }

  /// Narrow bands of dates, and, where the bins are fortnights, wide ones too.
  private func bandSegments(_ grid: CreationGrid?, isLowQualityOnly: Bool) -> [DripSegment] {
    guard let grid else { return [] }
    var bands =
      isLowQualityOnly
      ? creationBands(
        grid, among: grid.width == 14 ? all?.inDoubleBins() : all, thresholds.lowQualityBands)
      : creationBands(grid, thresholds.bands)
    if grid.width == 14 { bands += wideBands(grid, thresholds.wideBands) }
    return bands.map { band in
      DripSegment(
        start: band.weeks.lowerBound * 7,
        end: min(counts.dayCount, band.weeks.upperBound * 7) - 1,
        followers: 0, excess: band.excess, lnP: band.lnP, bands: [band.days],
        channels: isLowQualityOnly ? .lowQualityBands : .bands)
    }
  }

  private func shareSegments() -> [DripSegment] {
    guard isFlagged else { return [] }
    let rises = shareRises(
      counts: counts.perDay, marked: counts.lowQualityPerDay, thresholds.shares)
    return rises.filter { $0.lacksNewcomers(counts) }.map { rise in
      DripSegment(
        start: rise.days.lowerBound, end: rise.days.upperBound, followers: 0,
        excess: rise.excess, lnP: rise.lnP, bands: [], channels: .lowQuality)
    }
  }
}

/// Segments joined where they overlap or are at most a week apart.
private func merged(_ segments: [DripSegment], _ counts: CreationCounts) -> [DripSegment] {
  var groups: [[DripSegment]] = []
  var end = Int.min / 2
  for segment in segments.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
    if segment.start > end + 7 { groups.append([]) }
    groups[groups.count - 1].append(segment)
    end = max(end, segment.end)
  }
  return groups.map { trimmed(joined($0, counts.perDay), counts) }
}

private func joined(_ group: [DripSegment], _ perDay: [Int]) -> DripSegment {
  let start = group.map(\.start).min() ?? 0
  let end = group.map(\.end).max() ?? 0
  let channels = group.reduce(into: DripSegment.Channels()) { $0.formUnion($1.channels) }
  let followers = perDay[start...end].reduce(0, +)
  return DripSegment(
    start: start, end: end, followers: followers, excess: min(excess(group), Double(followers)),
    lnP: group.map(\.lnP).min() ?? 0,
    bands: joined(group.flatMap(\.bands)), channels: channels)
}

/// The largest of what each channel sees; bands of one channel add up, those of a week, of a fortnight and
/// wider ones each by themselves.
private func excess(_ group: [DripSegment]) -> Double {
  var sums: [Int: Double] = [:]
  for segment in group {
    let width = min(15, segment.bands.first?.count ?? 0)
    sums[segment.channels.rawValue * 16 + width, default: 0] += segment.excess
  }
  return sums.values.max() ?? 0
}

private func joined(_ bands: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
  var result: [ClosedRange<Int>] = []
  for band in bands.sorted(by: { $0.lowerBound < $1.lowerBound }) {
    if let last = result.last, band.lowerBound <= last.upperBound + 1 {
      result[result.count - 1] = last.lowerBound...max(last.upperBound, band.upperBound)
    } else {
      result.append(band)
    }
  }
  return result
}
