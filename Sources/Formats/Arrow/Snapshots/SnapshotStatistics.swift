import Columns

/// The statistics of all segments, as text in the schema.
///
/// Base64 of little-endian 64-bit words; for each batch and in it for each column: the nulls, 1 where
/// there is a range + 2 where the values ascend, and the range.
enum SnapshotStatistics {
  static let key = "decoy.statistics"
  /// In the footer, which no other program copies: what `mark(of:)` makes of the schema.
  static let markKey = "decoy.snapshot"

  static func text(_ columns: [[SegmentStatistics]]) -> String {
    var bytes: [UInt8] = []
    func add(_ value: Int64) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for batch in 0..<(columns.first?.count ?? 0) {
      for column in columns {
        let statistics = column[batch]
        let range = statistics.integerRange
        add(Int64(statistics.nullCount))
        add((range == nil ? 0 : 1) + (statistics.isAscending ? 2 : 0))
        if let range {
          add(range.lowerBound)
          add(range.upperBound)
        }
      }
    }
    return base64(bytes)
  }

  /// For each batch those of each column; nil where the text is none of these.
  static func read(_ text: String, batches: Int, columns: Int) -> [[SegmentStatistics]]? {
    guard let bytes = base64Bytes(text), bytes.count % 8 == 0 else { return nil }
    let words = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map {
        Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
      }
    }
    var place = 0
    func next() -> Int64? {
      guard place < words.count else { return nil }
      place += 1
      return words[place - 1]
    }
    var all: [[SegmentStatistics]] = []
    for _ in 0..<batches {
      var batch: [SegmentStatistics] = []
      for _ in 0..<columns {
        guard let nulls = next(), let flags = next(), 0...3 ~= flags, nulls >= 0 else { return nil }
        var range: ClosedRange<Int64>?
        if flags & 1 == 1 {
          guard let low = next(), let high = next(), low <= high else { return nil }
          range = low...high
        }
        batch.append(
          SegmentStatistics(
            nullCount: Int(nulls), integerRange: range, isAscending: flags & 2 == 2))
      }
      all.append(batch)
    }
    return place == words.count ? all : nil
  }

  /// A number that a file with this schema and its statistics, and no rewritten one, has in its
  /// footer.
  static func mark(of schema: ArrowSchema) -> String {
    var checksum = SnapshotChecksum()
    schema.flat.message().withUnsafeBytes { checksum.add($0) }
    return SnapshotChecksum.text([checksum.value])
  }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes whose number is a multiple of 8.
  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).reduce(UInt32(0)) {
        $0 << 8 | (start + $1 < bytes.count ? UInt32(bytes[start + $1]) : 0)
      }
      for place in 0..<4 {
        let isPadding = start + place > bytes.count
        let digit = Int(group >> (18 - 6 * UInt32(place)) & 63)
        text.append(isPadding ? UInt8(ascii: "=") : digits[digit])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func base64Bytes(_ text: String) -> [UInt8]? {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var group: UInt32 = 0
    var count = 0
    for digit in text.utf8 where digit != UInt8(ascii: "=") {
      let value = values[Int(digit)]
      if value == 255 { return nil }
      group = group << 6 | UInt32(value)
      count += 1
      if count % 4 == 0 {
        for shift in [16, 8, 0] as [UInt32] { bytes.append(UInt8(group >> shift & 255)) }
      }
    }
    switch count % 4 {
    case 2: bytes.append(UInt8(group >> 4 & 255))
    case 3: for shift in [10, 2] as [UInt32] { bytes.append(UInt8(group >> shift & 255)) }
    case 1: return nil
    default: break
    }
    return bytes
  }
}
