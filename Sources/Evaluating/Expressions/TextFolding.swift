import Kernels

// Case folding: letters that differ in case alone become the same. Simple folding, one scalar for
// one, as the lower case of the upper case; scalars whose mapping is longer stay as they are.

/// The folded text as UTF-8.
func foldedBytes(_ text: String) -> [UInt8] {
  var folded: [UInt8] = []
  for scalar in text.unicodeScalars { folded.append(contentsOf: Array(fold(scalar).utf8)) }
  return folded
}

/// For each scalar of a text all that are folded to the same.
func foldingVariants(_ text: String) -> [[Unicode.Scalar]] {
  text.unicodeScalars.map { scalar in
    guard let folded = fold(scalar).unicodeScalars.first else { return [scalar] }
    return Array(Set((FoldingVariants.others[folded] ?? []) + [folded]))
  }
}

private enum FoldingVariants {
  /// The scalars that are folded to another, by that one.
  static let others: [Unicode.Scalar: [Unicode.Scalar]] = {
    var others: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    // Between those are scripts without cases, and no more come behind them: CJK, Hangul, private use.
    for range: ClosedRange<UInt32> in [
      0...0x2FFF, 0xA640...0xABFF, 0xFB00...0xFFFF, 0x10000...0x1EFFF,
    ] {
      for scalar in range.lazy.compactMap({ Unicode.Scalar($0) }) {
        let properties = scalar.properties
        guard properties.changesWhenUppercased || properties.changesWhenLowercased,
          let folded = fold(scalar).unicodeScalars.first, folded != scalar
        else { continue }
        others[folded, default: []].append(scalar)
      }
    }
    return others
  }()
}

/// Whether the folded text contains a folded needle.
func containsFolded(_ text: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
  contains(foldedBytes(String(decoding: text, as: UTF8.self)), needle)
}

/// Whether bytes contain others; plain search, for short texts.
func contains(_ bytes: some RandomAccessCollection<UInt8>, _ needle: [UInt8]) -> Bool {
  if needle.isEmpty { return true }
  var start = bytes.startIndex
  while bytes.distance(from: start, to: bytes.endIndex) >= needle.count {
    if bytes[start] == needle[0], bytes[start...].starts(with: needle) { return true }
    start = bytes.index(after: start)
  }
  return false
}

private func fold(_ scalar: Unicode.Scalar) -> String {
  if scalar.isASCII {
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    return byte >= 0x41 && byte <= 0x5A ? String(Unicode.Scalar(byte | 0x20)) : String(scalar)
  }
  // The dotless i folds to itself, and so does the dotted capital: they are other letters.
  if scalar.value == 0x131 || scalar.value == 0x130 { return String(scalar) }
  let upper = scalar.properties.uppercaseMapping.unicodeScalars
  guard upper.count == 1, let capital = upper.first else { return String(scalar) }
  let lower = capital.properties.lowercaseMapping
  return lower.unicodeScalars.count == 1 ? lower : String(scalar)
}
