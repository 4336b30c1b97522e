/// A window as a sorted array of few numbers, all of which are written at each step.
///
/// Cost of a step: O(k), 10 ns for 50 integers of 32 bits and twice that for floats.
final class ShortWindow<Lane: WindowLane>: OrderedWindow {
  /// Windows up to so many rows; longer ones are faster with what moves only some of them.
  static var limit: Int { 128 }

  private let lanes: UnsafeMutablePointer<Lane>
  private var vectors = 0
  private(set) var numberCount = 0
  private var nanCount = 0

  init() {
    let count = Self.limit + 2 * Lane.perVector
    lanes = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Lane>.stride, alignment: 64
    ).bindMemory(to: Lane.self, capacity: count)
  }

  deinit { UnsafeMutableRawPointer(lanes).deallocate() }

  var count: Int { numberCount &+ nanCount }

  /// Empties it, for up to `size` values.
  func removeAll(size: Int) {
    precondition(size <= Self.limit, "a window that is not short")
    (numberCount, nanCount) = (0, 0)
    vectors = (size + Lane.perVector - 1) / Lane.perVector
    lanes.initialize(repeating: Lane.greatest, count: (vectors + 1) * Lane.perVector)
  }

  @inline(__always) func number(at rank: Int) -> Double { lanes[rank].number }

  /// A free place holds the greatest number, which is taken out like any other.
  func insert(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &+= 1
      return
    }
    Lane.replace(Lane.greatest, by: Lane(number: value), in: lanes, vectors: vectors)
    numberCount &+= 1
  }

  func remove(_ value: Double, _ place: Int) {
    if value.isNaN {
      nanCount &-= 1
      return
    }
    Lane.replace(Lane(number: value), by: Lane.greatest, in: lanes, vectors: vectors)
    numberCount &-= 1
  }

  @inline(__always)
  func replace(_ old: Double, _ oldPlace: Int, by new: Double, _ newPlace: Int) {
    if old.isNaN || new.isNaN {
      remove(old, oldPlace)
      insert(new, newPlace)
      return
    }
    Lane.replace(Lane(number: old), by: Lane(number: new), in: lanes, vectors: vectors)
  }
}
