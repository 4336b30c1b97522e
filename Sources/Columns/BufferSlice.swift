/// A typed part of a buffer: the values of one segment, or its offsets, bits or text.
package struct BufferSlice<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // @unchecked: the pointer stays inside `buffer`, which it keeps alive; contents are not written
  // after the slice is shared.
  package let buffer: Buffer
  /// Valid while this slice is; at least 64 bytes behind `count` elements are readable.
  package let pointer: UnsafeMutablePointer<Element>
  package let count: Int

  /// The part of `buffer` of `count` elements from `byteOffset`, a multiple of the alignment.
  package init(buffer: Buffer, byteOffset: Int = 0, count: Int) {
    precondition(
      byteOffset >= 0 && byteOffset + count * MemoryLayout<Element>.stride <= buffer.byteCount,
      "a slice reaches out of its buffer")
    self.buffer = buffer
    self.count = count
    pointer = (buffer.base + byteOffset).assumingMemoryBound(to: Element.self)
  }

  /// New memory for `count` elements, undefined contents.
  package init(capacity count: Int) {
    self.init(
      buffer: Buffer(byteCount: count * MemoryLayout<Element>.stride, mayBeUsed: true), count: count
    )
  }

  /// New memory for `count` elements of zero bits; large regions cost nothing until they are touched.
  package init(zeroed count: Int) {
    self.init(buffer: Buffer(byteCount: count * MemoryLayout<Element>.stride), count: count)
    if buffer.isZero { return }
    UnsafeMutableRawPointer(pointer).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
  }

  /// A copy of an array.
  package init(_ elements: [Element]) {
    self.init(capacity: elements.count)
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: elements.count) }
    }
  }

  /// The elements as a buffer pointer, valid while the slice is: never of a temporary one.
  package var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: pointer, count: count)
  }

  /// The elements as an array; safe also on a slice that nobody else holds.
  package var array: [Element] { withExtendedLifetime(self) { Array(elements) } }

  /// What a transform makes of each element; safe also on a slice that nobody else holds.
  package func map<Result>(_ transform: (Element) -> Result) -> [Result] {
    withExtendedLifetime(self) { elements.map(transform) }
  }

  /// The first `count` elements, sharing the memory.
  package func prefix(_ count: Int) -> BufferSlice {
    precondition(count <= self.count, "a prefix longer than the slice")
    return BufferSlice(
      buffer: buffer, byteOffset: UnsafeRawPointer(pointer) - UnsafeRawPointer(buffer.base),
      count: count)
  }

  /// Writes some elements from a place on; for the builder of the slice alone.
  package func write(_ elements: UnsafeBufferPointer<Element>, at place: Int) {
    precondition(place >= 0 && place + elements.count <= count, "elements beyond the slice")
    if let base = elements.baseAddress {
      (pointer + place).update(from: base, count: elements.count)
    }
  }
}
