/// Copies texts that lie anywhere behind each other.
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
      let text = from[index]
      var source = UnsafeRawPointer(text.bytes)
      var rest = text.count
      if rest > 64 {
        next.copyMemory(from: source, byteCount: rest)
        next += rest
        continue
      }
      while rest >= 8 {
        next.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
        (source, next, rest) = (source + 8, next + 8, rest &- 8)
      }
      while rest > 0 {
        next.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
        (source, next, rest) = (source + 1, next + 1, rest &- 1)
      }
    }
  }
}
