import Columns

/// Growable memory for plain values, written by one worker at a time.
///
/// Loops take `pointer` once and work on it; it is valid until the next `resize`. Elements from
/// `count` on are not initialised.
final class Store<Element: BitwiseCopyable>: @unchecked Sendable {
  // @unchecked: one worker writes; others read only after the loop that wrote has ended.
  private(set) var pointer: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int
  private var region: Buffer?

  private static var regionThreshold: Int { 1 << 20 }

  /// Room for `capacity` elements, none of them there yet.
  init(capacity: Int = 16) {
    self.capacity = Swift.max(capacity, 1)
    count = 0
    (pointer, region) = Store.allocate(self.capacity)
  }

  /// `count` elements of one value.
  convenience init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    resize(to: count, filling: value)
  }

  /// `count` elements whose values are undefined until they are written.
  convenience init(undefined count: Int) {
    self.init(capacity: count)
    self.count = count
  }

  deinit { if region == nil { pointer.deallocate() } }

  /// Changes the number of elements; new ones get `value`.
  func resize(to newCount: Int, filling value: Element) {
    reserve(newCount)
    if newCount > count { (pointer + count).initialize(repeating: value, count: newCount - count) }
    count = newCount
  }

  /// Makes room for `wanted` elements in all.
  func reserve(_ wanted: Int) {
    if wanted <= capacity { return }
    let newCapacity = Swift.max(wanted, capacity * 2)
    let (newPointer, newRegion) = Store.allocate(newCapacity)
    newPointer.update(from: pointer, count: count)
    if region == nil { pointer.deallocate() }
    (pointer, region, capacity) = (newPointer, newRegion, newCapacity)
  }

  /// Adds one element; for loops of few turns.
  func append(_ element: Element) {
    if count == capacity { reserve(count + 1) }
    pointer[count] = element
    count += 1
  }

  /// Says that loops have written the first `newCount` elements, for which there is room.
  func setCount(_ newCount: Int) {
    precondition(newCount <= capacity, "more elements than room")
    count = newCount
  }

  /// Forgets all elements, keeping the room.
  func removeAll() { count = 0 }

  var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: pointer, count: count)
  }

  private static func allocate(_ capacity: Int) -> (UnsafeMutablePointer<Element>, Buffer?) {
    let bytes = capacity * MemoryLayout<Element>.stride
    if bytes < regionThreshold { return (.allocate(capacity: capacity), nil) }
    let region = Buffer(scratch: bytes)
    return (region.base.assumingMemoryBound(to: Element.self), region)
  }
}
