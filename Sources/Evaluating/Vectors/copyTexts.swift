/// Copies texts that lie anywhere behind each other; both have 16 bytes more than the texts.
func copyTexts(
  _ texts: Store<TextReference>, _ offsets: UnsafePointer<UInt32>,
  into bytes: UnsafeMutablePointer<UInt8>
) {
  let readAhead = 64
  let from = texts.pointer
  var next = UnsafeMutableRawPointer(bytes)
  for start in stride(from: 0, to: texts.count, by: readAhead) {
    let chosen = start..<min(texts.count, start + readAhead)
    // A loop of its own, so that the memory accesses of many texts overlap.
    for index in chosen where from[index].count > 0 {
      bytes[Int(offsets[index])] = from[index].bytes[0]
    }
    for index in chosen {
      copyText(from[index], to: next)
      next += from[index].count
    }
  }
}

/// Copies a text, and perhaps up to 15 bytes more, which are there on both sides.
@inline(__always) func copyText(_ text: TextReference, to target: UnsafeMutableRawPointer) {
  let source = UnsafeRawPointer(text.bytes)
  if text.count > 64 {
    target.copyMemory(from: source, byteCount: text.count)
    return
  }
  for place in stride(from: 0, to: text.count, by: 16) {
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self),
      toByteOffset: place, as: SIMD16<UInt8>.self)
  }
}
