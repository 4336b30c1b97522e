import Glibc
import Synchronization

/// Large regions that buffers gave back, kept for the next: the first touch of fresh memory is dear.
///
/// At most 512 MB stay, or half of what is in use where that is more. What is mapped anew pushes out what was kept longest, as far as all regions
/// together, in use and kept, would else be more than they ever were: keeping adds nothing to the peak
/// of a program's memory.
final class KeptRegions: Sendable {
  static let shared = KeptRegions()

  /// Memory of whole huge pages.
  struct Region: @unchecked Sendable {
    // @unchecked: nobody but its holder knows the address.
    let base: UnsafeMutableRawPointer
    let byteCount: Int
  }

  private static let keptBytes = 512 << 20

  private struct State {
    /// Longest kept first.
    var kept: [Region] = []
    var keptBytes = 0
    var usedBytes = 0
    /// The most that was kept and in use at a time.
    var peak = 0
    /// The most that may be kept.
    var mostKept: Int { max(KeptRegions.keptBytes, usedBytes / 2) }
  }

  private let state = Mutex(State())

  /// A region of at least this size and little more, contents undefined; nil where none is kept.
  func take(_ byteCount: Int) -> Region? {
    let most = byteCount + byteCount / 4
    return state.withLock { state in
      var best: Int?
      for (place, region) in state.kept.enumerated()
      where region.byteCount >= byteCount && region.byteCount <= most {
        if best.map({ region.byteCount < state.kept[$0].byteCount }) ?? true { best = place }
      }
      guard let best else { return nil }
      let region = state.kept.remove(at: best)
      state.keptBytes -= region.byteCount
      state.usedBytes += region.byteCount
      return region
    }
  }

  /// Makes room for a region that is about to be mapped; it is in use until it is given back.
  func makeRoom(_ byteCount: Int) {
    let pushedOut = state.withLock { state -> [Region] in
      state.usedBytes += byteCount
      let removed = KeptRegions.oldest(
        of: &state, state.usedBytes + state.keptBytes - state.peak)
      state.peak = max(state.peak, state.usedBytes + state.keptBytes)
      return removed
    }
    for region in pushedOut { munmap(region.base, region.byteCount) }
  }

  /// Takes back that so much is in use: it could not be mapped.
  func forget(_ byteCount: Int) { state.withLock { $0.usedBytes -= byteCount } }

  /// Keeps a region that nobody uses any more, in the place of older ones.
  func give(_ region: Region) {
    let pushedOut = state.withLock { state -> [Region] in
      state.usedBytes -= region.byteCount
      // One that is too large by itself must not push out the others.
      if region.byteCount > state.mostKept { return [region] }
      state.kept.append(region)
      state.keptBytes += region.byteCount
      return KeptRegions.oldest(of: &state, state.keptBytes - state.mostKept)
    }
    for region in pushedOut { munmap(region.base, region.byteCount) }
  }

  /// Removes the oldest regions, so many bytes together if there are as many.
  private static func oldest(of state: inout State, _ byteCount: Int) -> [Region] {
    var (count, bytes) = (0, 0)
    while count < state.kept.count, bytes < byteCount {
      bytes += state.kept[count].byteCount
      count += 1
    }
    let removed = Array(state.kept.prefix(count))
    state.kept.removeFirst(count)
    state.keptBytes -= bytes
    return removed
  }
}
