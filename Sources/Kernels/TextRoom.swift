/// Memory that texts are written to, one behind the other; it grows, and 64 bytes behind are readable.
final class TextRoom {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12
  private(set) var count = 0

  private static let padding = 64

  init() {
    memory = .allocate(capacity: capacity + Self.padding)
    memory.initialize(repeating: 0, count: capacity + Self.padding)
  }

  deinit { memory.deallocate() }

  /// What is written; valid until more is.
  var bytes: UnsafePointer<UInt8> { UnsafePointer(memory) }

  func clear() { count = 0 }

  /// Forgets what is behind a place.
  func cut(to place: Int) { count = place }

  /// Adds a part of texts with at least 15 readable bytes behind it: 16 at a time.
  @inline(__always)
  func append(_ base: UnsafePointer<UInt8>, _ part: Range<UInt32>) {
    let length = Int(part.upperBound &- part.lowerBound)
    if count &+ length > capacity { grow(length) }
    let source = UnsafeRawPointer(base + Int(part.lowerBound))
    let target = UnsafeMutableRawPointer(memory + count)
    var offset = 0
    while offset < length {
      let few = source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      target.storeBytes(of: few, toByteOffset: offset, as: SIMD16<UInt8>.self)
      offset &+= 16
    }
    count &+= length
  }

  @inline(__always)
  func append(_ bytes: [UInt8]) {
    if count &+ bytes.count > capacity { grow(bytes.count) }
    for byte in bytes {
      memory[count] = byte
      count &+= 1
    }
  }

  @inline(never)
  private func grow(_ wanted: Int) {
    capacity = max(2 * capacity, count + wanted)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.padding)
    larger.update(from: memory, count: count)
    (larger + count).initialize(repeating: 0, count: capacity + Self.padding - count)
    memory.deallocate()
    memory = larger
  }
}
