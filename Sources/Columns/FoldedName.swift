/// A name without the case of letters, spaces, apostrophes, `_`, `.`, `-` and `#`: by it the names that
/// exports give to a column are compared.
package func foldedName(_ name: String) -> String {
  let isPlain = name.utf8.allSatisfy { $0 < 0x80 }
  let lower = isPlain ? name : name.lowercased().filter { $0 != "\u{2019}" }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(lower.utf8.count)
  for byte in lower.utf8 {
    switch byte {
    case 0x20, 0x23, 0x27, 0x2D, 0x2E, 0x5F: continue
    case 0x41...0x5A: bytes.append(byte | 0x20)
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
