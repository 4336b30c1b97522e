/// Writes texts in which every match of a pattern is replaced, as RE2 does.
struct MatchReplacement: Sendable {
  private let finder: MatchFinder
  private let parts: [Part]

  /// What a match is replaced by, in order.
  private enum Part {
    case bytes([UInt8])
    /// A group of a match: so many bytes stand before it and behind it.
    case group(before: UInt32, behind: UInt32)
  }

  /// nil where it is left to RE2: for matches that may be empty, and groups whose place varies.
  ///
  /// In `rewrite` \0 to \9 are what groups matched, and \\ is a backslash.
  init?(_ pattern: BytePattern, with rewrite: [UInt8], groupCount: Int) {
    guard !pattern.mayBeEmpty, let finder = MatchFinder(pattern) else { return nil }
    self.finder = finder
    var parts: [Part] = []
    var bytes: [UInt8] = []
    var rest = rewrite[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) else {
        bytes.append(next)
        continue
      }
      let number = Int(next - UInt8(ascii: "0"))
      if number > groupCount { continue }
      guard let group = finder.group(number)?.distances else { return nil }
      if !bytes.isEmpty { parts.append(.bytes(bytes)) }
      bytes = []
      parts.append(.group(before: group.before, behind: group.behind))
    }
    if !bytes.isEmpty { parts.append(.bytes(bytes)) }
    self.parts = parts
  }

  /// Writes a block; see `RegexReplacement`.
  func write(
    _ rows: TextRows, count: Int, limit: Int, blockLimit: Int, into room: TextRoom,
    offsets: UnsafeMutablePointer<UInt32>, tooLong: UnsafeMutablePointer<UInt64>
  ) {
    room.clear()
    offsets[0] = 0
    finder.findLikely(rows, count: count, into: tooLong)
    finder.read { readers in
      for word in 0..<(count + 63) / 64 {
        let likely = tooLong[word]
        var failed: UInt64 = 0
        for row in word * 64..<min(count, word * 64 + 64) {
          let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: row & 63)
          let start = room.count
          let text = rows.starts[row]..<rows.ends[row]
          let longest = min(limit, blockLimit - start)
          if likely & bit == 0 {
            room.append(rows.base, text)
          } else {
            replace(rows.base, text, readers, longest, room)
          }
          if room.count - start > longest {
            room.cut(to: start)
            failed |= bit
          }
          offsets[row + 1] = UInt32(truncatingIfNeeded: room.count)
        }
        tooLong[word] = failed
      }
    }
  }

  /// Adds a text with its matches replaced; part of it where it is longer than `longest`.
  @inline(__always)
  private func replace(
    _ base: UnsafePointer<UInt8>, _ text: Range<UInt32>, _ readers: MatchFinder.Readers,
    _ longest: Int, _ room: TextRoom
  ) {
    let first = room.count
    var place = text.lowerBound
    while let match = readers.next(base, from: place, in: text) {
      room.append(base, place..<match.start)
      for part in parts {
        switch part {
        case .bytes(let bytes): room.append(bytes)
        case .group(let before, let behind):
          room.append(base, match.start &+ before..<match.end &- behind)
        }
      }
      place = match.end
      if room.count - first > longest { return }
    }
    room.append(base, place..<text.upperBound)
  }
}
