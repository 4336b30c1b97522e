import CKernels
import Testing

/// The instruction sets that find separators give the same offsets and flags.
@Test func scannersAgree() {
  let seed: UInt64 = 20_240_301
  var random = SplitMix(seed: seed)
  let alphabet: [UInt8] = Array("\"\",,\n\nab\r;é".utf8)
  for round in 0..<400 {
    let count = round < 200 ? round : Int(random.next() % 3000)
    var text = (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
    text += [UInt8](repeating: 0x22, count: 80)
    let newline: UInt8 = round % 5 == 0 ? 0x0D : 0x0A
    let wanted = index(text, count, newline, DECOY_SIMD_PORTABLE)
    for level in [DECOY_SIMD_SSE2, DECOY_SIMD_AVX2, DECOY_SIMD_AVX512] {
      let found = index(text, count, newline, level)
      // Whether there are bytes above 127 may be said too often at the end.
      #expect(found.offsets == wanted.offsets, "seed \(seed), round \(round), level \(level)")
      #expect(found.flags | 4 == wanted.flags | 4, "seed \(seed), round \(round), level \(level)")
      #expect(found.records == wanted.records)
    }
  }
}

private func index(
  _ text: [UInt8], _ count: Int, _ newline: UInt8, _ level: decoy_simd
) -> (offsets: [UInt32], records: Int, flags: UInt32) {
  var out = [UInt32](repeating: 0, count: count + 80)
  let found = decoy_csv_index(text, count, 0x2C, newline, &out, level)
  return (Array(out[..<found.entries]), found.records, found.flags)
}

@Test func validPrefixOfUTF8() {
  let cases: [(bytes: [UInt8], valid: Int)] = [
    ([], 0), (Array("plain text that is longer than thirty-two bytes".utf8), 47),
    (Array("aé漢😀z".utf8), 11), ([0x61, 0xFF], 1), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
    ([0xE2, 0x82], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF0, 0x9F, 0x98, 0x80], 4),
    ([0x41, 0x80, 0x42], 1),
  ]
  for (bytes, valid) in cases {
    let padded = bytes + [UInt8](repeating: 0, count: 64)
    #expect(decoy_utf8_valid_prefix(padded, bytes.count) == valid, "\(bytes)")
  }
}

/// The validator agrees with the standard library on random bytes near the borders of UTF-8.
@Test func validPrefixAgrees() {
  let seed: UInt64 = 7
  var random = SplitMix(seed: seed)
  let alphabet: [UInt8] = [
    0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
    0xF4, 0xF5,
  ]
  let pieces: [[UInt8]] = ["é", "漢", "😀", "plain ascii, long enough to skip words"].map {
    Array($0.utf8)
  }
  for round in 0..<3000 {
    var bytes: [UInt8] = []
    while bytes.count < round % 150 {
      if random.next() % 20 == 0 {
        bytes.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
      } else {
        bytes += pieces[Int(random.next() % 4)]
      }
    }
    let count = bytes.count
    let valid = decoy_utf8_valid_prefix(bytes + [UInt8](repeating: 0x80, count: 64), count)
    #expect(
      String(validating: bytes[..<valid], as: UTF8.self) != nil, "seed \(seed), round \(round)")
    if valid < count {
      let ends = (valid + 1...min(count, valid + 4))
      #expect(
        ends.allSatisfy { String(validating: bytes[valid..<$0], as: UTF8.self) == nil },
        "seed \(seed), round \(round)")
    }
  }
}

@Test func packedBits() {
  for count in [0, 1, 7, 8, 9, 63, 64, 65, 130] {
    let bytes = (0..<count).map { UInt8($0 % 3 == 0 ? 0 : $0 % 7) }
    var words = [UInt64](repeating: ~0, count: (count + 63) / 64)
    decoy_pack_bits(bytes + [UInt8](repeating: 1, count: 16), count, &words)
    for place in 0..<count {
      #expect((words[place / 64] >> UInt64(place % 64) & 1 == 1) == (bytes[place] != 0))
    }
    if count % 64 != 0, let last = words.last { #expect(last >> UInt64(count % 64) == 0) }
  }
}

/// A small repeatable generator.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Both readers of digits give what `Int64` gives.
@Test func digitsAreReadExactly() {
  let seed: UInt64 = 17
  var random = SplitMix(seed: seed)
  let odd = [
    "007", "-5", "9223372036854775808", "99999999999999999999", "1x", "+1", "١", " 1", "00",
  ]
  for round in 0..<600 {
    var cells = (0..<(round % 30 + 1)).map { _ in
      String(random.next() >> (random.next() % 64 | 1))
    }
    if round % 3 == 1 { cells = cells.map { $0.count < 3 ? "" : $0 } }
    if round % 3 == 2 { cells[round % cells.count] = odd[round / 3 % odd.count] }
    let isGood = cells.allSatisfy {
      $0.isEmpty || Int64($0).map(String.init) == $0 && $0.first != "-"
    }
    let text = [UInt8](repeating: 0x39, count: 32) + Array(cells.joined(separator: ",").utf8)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var place: UInt32 = 32
    for cell in cells {
      starts.append(place)
      ends.append(place + UInt32(cell.utf8.count))
      place += UInt32(cell.utf8.count) + 1
    }
    for level in [DECOY_SIMD_PORTABLE, DECOY_SIMD_AVX512] {
      var values = [Int64](repeating: -1, count: cells.count)
      let bad = (text + [UInt8](repeating: 0x39, count: 64)).withUnsafeBufferPointer {
        decoy_csv_digits($0.baseAddress, starts, ends, cells.count, &values, level)
      }
      #expect((bad == 0) == isGood, "seed \(seed), round \(round), \(level): \(cells)")
      if isGood {
        #expect(values == cells.map { Int64($0) ?? 0 }, "seed \(seed), round \(round), \(level)")
      }
    }
  }
}
