import Columns

/// Memory that text is written to before it goes to a sink in large pieces.
final class OutputBuffer {
  let sink: (UnsafeRawBufferPointer) throws -> Void
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  private static let pieceSize = 256 << 10

  init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.sink = sink
    capacity = OutputBuffer.pieceSize + (64 << 10)
    memory = .allocate(capacity: capacity)
  }

  deinit { memory.deallocate() }

  /// Buffers that are not handed over by themselves.
  static func several(_ count: Int) -> [OutputBuffer] {
    (0..<count).map { _ in OutputBuffer { _ in } }
  }

  /// Where the next byte goes; `reserve` first.
  var next: UnsafeMutablePointer<UInt8> { memory + count }

  /// The end of the memory from `next` on.
  var end: UnsafeMutablePointer<UInt8> { memory + capacity }

  /// Takes bytes that were written to `next`.
  func advance(_ written: Int) { count += written }

  /// Takes what was written from `next` up to a place.
  func advance(to place: UnsafeMutablePointer<UInt8>) { count = place - memory }

  /// Makes room for some bytes.
  @inline(__always)
  func reserve(_ wanted: Int) {
    if count + wanted > capacity { grow(wanted) }
  }

  @inline(never)
  private func grow(_ wanted: Int) {
    capacity = (count + wanted) * 2
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.update(from: memory, count: count)
    memory.deallocate()
    memory = grown
  }

  func byte(_ byte: UInt8) {
    reserve(1)
    memory[count] = byte
    count += 1
  }

  func bytes(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    (memory + count).update(from: base, count: bytes.count)
    count += bytes.count
  }

  func word(_ word: StaticString) {
    bytes(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  func word(_ word: String) {
    var word = word
    word.withUTF8 { bytes($0) }
  }

  /// The decimal digits of an integer.
  func integer(_ value: Int64) {
    reserve(integerTextCapacity)
    count += writeInteger(value, to: memory + count)
  }

  /// Hands over what is there when it is a large piece.
  func flushIfFull() throws {
    if count >= OutputBuffer.pieceSize { try flush() }
  }

  /// What is there, before it is handed over.
  var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

  /// Forgets what is there.
  func clear() { count = 0 }

  /// Hands over what is there.
  func flush() throws {
    if count == 0 { return }
    try sink(UnsafeRawBufferPointer(start: memory, count: count))
    count = 0
  }
}
