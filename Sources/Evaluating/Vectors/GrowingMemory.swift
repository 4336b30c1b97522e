/// Raw memory that grows at its end; one owner.
final class GrowingMemory {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var byteCount = 0
  private var capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity + 64, alignment: 64)
  }

  deinit { base.deallocate() }

  /// Makes room for more bytes at the end, counts them, and gives their place.
  func extend(by bytes: Int) -> UnsafeMutableRawPointer {
    let needed = byteCount + bytes
    if needed > capacity {
      let larger = max(needed, capacity * 2)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger + 64, alignment: 64)
      moved.copyMemory(from: base, byteCount: byteCount)
      base.deallocate()
      base = moved
      capacity = larger
    }
    let place = base + byteCount
    byteCount = needed
    return place
  }

  /// Gives up bytes at the end.
  func shrink(by bytes: Int) { byteCount -= bytes }

  /// Forgets the contents, keeps the memory.
  func removeAll() { byteCount = 0 }

  /// The start as elements of a type.
  func elements<Element>(_ type: Element.Type) -> UnsafeMutablePointer<Element> {
    base.assumingMemoryBound(to: type)
  }
}
