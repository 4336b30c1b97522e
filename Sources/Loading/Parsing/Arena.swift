import Columns

/// Memory for finished segments: parts of a few large buffers.
///
/// One for each worker. Large regions come as huge pages, whose first touch is cheap.
final class Arena {
  private var buffer: Buffer
  private var used = 0
  private let regionSize: Int

  /// Takes the bytes that are expected, which bound the size of a region.
  init(expected: Int) {
    regionSize = min(max(expected, 1 << 12), 64 << 20)
    buffer = Buffer(byteCount: regionSize)
  }

  /// Memory for `count` elements, of undefined contents.
  func slice<Element: BitwiseCopyable & Sendable>(
    of type: Element.Type = Element.self, count: Int
  ) -> BufferSlice<Element> {
    let byteCount = (count * MemoryLayout<Element>.stride + 63) & ~63
    if used + byteCount > buffer.byteCount {
      if byteCount > regionSize / 4 { return BufferSlice(capacity: count) }
      buffer = Buffer(byteCount: regionSize)
      used = 0
    }
    defer { used += byteCount }
    return BufferSlice(buffer: buffer, byteOffset: used, count: count)
  }
}
