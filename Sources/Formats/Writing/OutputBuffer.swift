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

  /// Where the next byte goes; `reserve` first.
  var next: UnsafeMutablePointer<UInt8> { memory + count }

  /// Takes bytes that were written to `next`.
  func advance(_ written: Int) { count += written }

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

  /// The decimal digits of an integer, two at a time, from the last on.
  func integer(_ value: Int64) {
    reserve(24)
    if value < 0 {
      memory[count] = UInt8(ascii: "-")
      count += 1
    }
    var rest = value.magnitude
    count += OutputBuffer.digitCount(rest)
    var next = memory + count
    let pairs = OutputBuffer.pairs.utf8Start
    while rest >= 100 {
      let pair = Int(truncatingIfNeeded: rest % 100)
      rest /= 100
      next -= 2
      next[0] = pairs[2 &* pair]
      next[1] = pairs[2 &* pair &+ 1]
    }
    if rest >= 10 {
      next -= 2
      next[0] = pairs[2 &* Int(rest)]
      next[1] = pairs[2 &* Int(rest) &+ 1]
    } else {
      next[-1] = UInt8(truncatingIfNeeded: rest) &+ 0x30
    }
  }

  /// 00 to 99.
  private static var pairs: StaticString {
    """
    00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748\
    495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """
  }

  /// 1, 10, 100 and so on to 10^19.
  private nonisolated(unsafe) static let powers: UnsafeMutablePointer<UInt64> = {
    let powers = UnsafeMutablePointer<UInt64>.allocate(capacity: 20)
    var power: UInt64 = 1
    for place in 0..<20 {
      powers[place] = power
      power = power &* 10
    }
    return powers
  }()

  @inline(__always) private static func digitCount(_ value: UInt64) -> Int {
    // 1233 / 4096 is a little more than log10(2): right, or one too many.
    let most = ((64 &- (value | 1).leadingZeroBitCount) &* 1233) &>> 12
    return most &+ ((value | 1) < powers[most] ? 0 : 1)
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
