/// The candidates of each group of `TopRows`, in one memory.
///
/// A group that outgrows its place gets one of twice the size at the end.
final class CandidateLists: @unchecked Sendable {
  // @unchecked: as its owner.
  private let memory = Store<TopRows.Candidate>(capacity: 64)
  private let places = Store<Place>(capacity: 16)
  /// How many candidates a group has room for at first.
  private let leastCapacity: Int

  private struct Place: BitwiseCopyable {
    var start = 0
    var count: Int32 = 0
    var capacity: Int32 = 0
  }

  /// Of groups of which so many are to stay.
  init(keeping count: Int) { leastCapacity = min(4, max(1, count) + 1) }

  func resize(to count: Int) { places.resize(to: count, filling: Place()) }

  func count(_ group: Int) -> Int { Int(places.pointer[group].count) }

  /// The candidates of a group; valid until one is added to any.
  func candidates(_ group: Int) -> UnsafeMutableBufferPointer<TopRows.Candidate> {
    let place = places.pointer[group]
    return UnsafeMutableBufferPointer(
      start: memory.pointer + place.start, count: Int(place.count))
  }

  func append(_ candidate: TopRows.Candidate, to group: Int) {
    let place = places.pointer + group
    if place.pointee.count == place.pointee.capacity { grow(place) }
    memory.pointer[place.pointee.start &+ Int(place.pointee.count)] = candidate
    place.pointee.count &+= 1
  }

  /// Keeps the first `count` candidates of a group.
  func cut(_ group: Int, to count: Int) { places.pointer[group].count = Int32(count) }

  private func grow(_ place: UnsafeMutablePointer<Place>) {
    let start = memory.count
    let capacity = max(leastCapacity, 2 * Int(place.pointee.capacity))
    memory.reserve(start + capacity)
    memory.setCount(start + capacity)
    (memory.pointer + start).update(
      from: memory.pointer + place.pointee.start, count: Int(place.pointee.count))
    place.pointee.start = start
    place.pointee.capacity = Int32(capacity)
  }
}
