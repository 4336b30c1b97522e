import Glibc

/// The drips of a follower list.
///
/// Three channels, the union of which is reported: creation dates that supply too many of all followers
/// (4a of the method), the same among the followers of low quality, where organic followers dilute less,
/// and the cumulative sum of the low-quality share (4b). Segments that overlap, or follow within a week,
/// are one finding with several reasons. By start.
package func drips(
  _ list: DripList, thresholds: DripThresholds = DripThresholds()
) -> [DripSegment] {
  var segments: [DripSegment] = []
  for width in [7, 14] {
    segments += bandSegments(list, width: width, isLowQualityOnly: false, thresholds.bands)
    if list.isLowQuality != nil {
      segments += bandSegments(
        list, width: width, isLowQualityOnly: true, thresholds.lowQualityBands)
    }
  }
  segments += cusumSegments(list, thresholds.cusum)
  return merged(segments, list).filter { $0.excess >= thresholds.excess }
}

private func bandSegments(
  _ list: DripList, width: Int, isLowQualityOnly: Bool, _ thresholds: BandThresholds
) -> [DripSegment] {
  guard let grid = CreationGrid(list, width: width, isLowQualityOnly: isLowQualityOnly) else {
    return []
  }
  return creationBands(grid, thresholds).map { band in
    DripSegment(
      start: band.weeks.lowerBound * 7, end: min(list.dayCount, band.weeks.upperBound * 7) - 1,
      followers: 0, excess: band.excess, lnP: band.lnP, bands: [band.days],
      channels: isLowQualityOnly ? .lowQualityBands : .bands)
  }
}

private func cusumSegments(_ list: DripList, _ settings: CusumSettings) -> [DripSegment] {
  guard let isLowQuality = list.isLowQuality else { return [] }
  var counts = [Int](repeating: 0, count: list.dayCount)
  var marked = counts
  for row in list.followDays.indices where list.isUsed(row) {
    counts[Int(list.followDays[row])] += 1
    if isLowQuality[row] { marked[Int(list.followDays[row])] += 1 }
  }
  return shareRises(counts: counts, marked: marked, settings).map { rise in
    DripSegment(
      start: rise.days.lowerBound, end: rise.days.upperBound, followers: 0, excess: rise.excess,
      lnP: -rise.height, bands: [], channels: .lowQuality)
  }
}

/// Segments joined where they overlap or are at most a week apart.
private func merged(_ segments: [DripSegment], _ list: DripList) -> [DripSegment] {
  var groups: [[DripSegment]] = []
  var end = Int.min / 2
  for segment in segments.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
    if segment.start > end + 7 { groups.append([]) }
    groups[groups.count - 1].append(segment)
    end = max(end, segment.end)
  }
  let perDay = usedPerDay(list)
  return groups.map { trimmed(joined($0, perDay), list, perDay) }
}

private func joined(_ group: [DripSegment], _ perDay: [Int]) -> DripSegment {
  let start = group.map(\.start).min() ?? 0
  let end = group.map(\.end).max() ?? 0
  let channels = group.reduce(into: DripSegment.Channels()) { $0.formUnion($1.channels) }
  return DripSegment(
    start: start, end: end, followers: perDay[start...end].reduce(0, +),
    excess: excess(group), lnP: group.map(\.lnP).min() ?? 0,
    bands: joined(group.flatMap(\.bands)), channels: channels)
}

/// The largest of what each channel sees; bands of one channel and width add up.
private func excess(_ group: [DripSegment]) -> Double {
  let shares = group.filter { $0.channels == .lowQuality }.map(\.excess).reduce(0, +)
  var greatest = shares
  for channel in [DripSegment.Channels.bands, .lowQualityBands] {
    for width in [7, 14] {
      let own = group.filter { $0.channels == channel && $0.bands.first?.count == width }
      greatest = max(greatest, own.map(\.excess).reduce(0, +))
    }
  }
  return greatest
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

private func usedPerDay(_ list: DripList) -> [Int] {
  var counts = [Int](repeating: 0, count: list.dayCount)
  for row in list.followDays.indices where list.isUsed(row) {
    counts[Int(list.followDays[row])] += 1
  }
  return counts
}
