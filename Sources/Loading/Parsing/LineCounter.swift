import CKernels

/// Counts lines from the start of a chunk to places that come in ascending order.
struct LineCounter {
  private let newline: UInt8
  private var place: Int
  private var lines = 0

  init(from start: Int, newline: UInt8) {
    self.newline = newline
    place = start
  }

  /// The line of a place behind `base`, from 0.
  mutating func line(at wanted: Int, base: UnsafePointer<UInt8>) -> Int {
    if wanted > place {
      lines += decoy_count_byte(base + place, wanted - place, newline)
      place = wanted
    }
    return lines
  }
}

/// The line ends in a run of bytes.
func lineCount(_ bytes: UnsafeBufferPointer<UInt8>, newline: UInt8) -> Int {
  bytes.baseAddress.map { decoy_count_byte($0, bytes.count, newline) } ?? 0
}
