import Synchronization

/// Which keys of a lookup had several matches, over all workers.
final class LookupMatches: Sendable {
  /// The first rows of such keys that one worker has met.
  final class Seen {
    private var places: Set<Int> = []
    private let matches: LookupMatches

    fileprivate init(_ matches: LookupMatches) { self.matches = matches }

    deinit { matches.take(places) }

    /// Notes a key by the place of its first row.
    func note(_ place: Int) { places.insert(place) }
  }

  private let places = Mutex<Set<Int>>([])

  /// A set for one worker, taken in when the worker's reader is gone.
  func makeSeen() -> Seen { Seen(self) }

  private func take(_ more: Set<Int>) { places.withLock { $0.formUnion(more) } }

  /// `3 keys of the lookup have several matches; the first is taken`; nil when there are none.
  var note: String? {
    let count = places.withLock { $0.count }
    if count == 0 { return nil }
    return count == 1
      ? "1 key of the lookup has several matches; the first is taken"
      : "\(count) keys of the lookup have several matches; the first is taken"
  }
}
