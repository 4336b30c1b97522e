extension ByteAutomaton {
  /// Takes those rows out of some that have no match; bits.
  func match(_ rows: TextRows, count: Int, among bits: UnsafeMutablePointer<UInt64>) {
    table.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      let reader = Reader(table: table, start: Int(start))
      for word in 0..<(count + 63) / 64 {
        var rest = bits[word]
        bits[word] = 0
        while rest != 0 {
          var lanes = Lanes(rows, reader, word: word, taking: &rest)
          lanes.run(reader)
          bits[word] |= lanes.matches(matchesAtEnd)
        }
      }
    }
  }

  fileprivate struct Reader {
    let table: UnsafePointer<UInt16>
    let start: Int
  }
}

/// A text on its way through an automaton.
private struct Lane {
  let text: UnsafePointer<UInt8>
  let count: Int
  let bit: UInt64
  var state: Int

  /// The text of the lowest row of some in a word, which it leaves; the empty one where there is none.
  init(
    _ rows: TextRows, _ reader: ByteAutomaton.Reader, word: Int, taking rest: inout UInt64
  ) {
    bit = rest & (0 &- rest)
    let row = bit == 0 ? -1 : word &* 64 &+ bit.trailingZeroBitCount
    rest ^= bit
    text = row < 0 ? rows.base : rows.base + Int(rows.starts[row])
    count = row < 0 ? 0 : Int(rows.ends[row] &- rows.starts[row])
    state = reader.start
  }

  /// Reads a byte of the text.
  @inline(__always)
  mutating func read(_ place: Int, _ table: UnsafePointer<UInt16>) {
    state = Int(table[state &+ Int(text[place])])
  }

  /// Reads a byte, unless the text has ended; then another text's, or what is readable behind all.
  @inline(__always)
  mutating func readIfInside(_ place: Int, _ table: UnsafePointer<UInt16>) {
    let isInside = place < count
    let next = Int(table[state &+ Int(text[isInside ? place : 0])])
    state = isInside ? next : state
  }

  func match(_ matchesAtEnd: [Bool]) -> UInt64 { matchesAtEnd[state &>> 8] ? bit : 0 }
}

/// Four texts side by side: each look-up waits for the one before in its text, not for the others'.
private struct Lanes {
  var (a, b, c, d): (Lane, Lane, Lane, Lane)

  init(
    _ rows: TextRows, _ reader: ByteAutomaton.Reader, word: Int, taking rest: inout UInt64
  ) {
    a = Lane(rows, reader, word: word, taking: &rest)
    b = Lane(rows, reader, word: word, taking: &rest)
    c = Lane(rows, reader, word: word, taking: &rest)
    d = Lane(rows, reader, word: word, taking: &rest)
  }

  /// Reads the texts until it is known of each whether it matches, or all have ended.
  @inline(__always)
  mutating func run(_ reader: ByteAutomaton.Reader) {
    let table = reader.table
    let shortest = min(min(a.count, b.count), min(c.count, d.count))
    let longest = max(max(a.count, b.count), max(c.count, d.count))
    var place = 0
    while place < shortest, !isDecided {
      a.read(place, table)
      b.read(place, table)
      c.read(place, table)
      d.read(place, table)
      place &+= 1
    }
    while place < longest, !isDecided {
      a.readIfInside(place, table)
      b.readIfInside(place, table)
      c.readIfInside(place, table)
      d.readIfInside(place, table)
      place &+= 1
    }
  }

  /// Whether all are in one of the two states that nothing leads out of, which are the two lowest.
  private var isDecided: Bool {
    (a.state | b.state | c.state | d.state) & ~Int(ByteAutomaton.lost) == 0
  }

  /// The bits of the texts that match.
  func matches(_ matchesAtEnd: [Bool]) -> UInt64 {
    a.match(matchesAtEnd) | b.match(matchesAtEnd) | c.match(matchesAtEnd) | d.match(matchesAtEnd)
  }
}
