import Kernels

extension TextMemory {
  /// Adds all rows with what stands at some places replaced; false, nothing added, where a text might
  /// become too long.
  ///
  /// Bytes between places are copied whatever the rows; rows behind a place are moved by as much as
  /// the texts so far have grown.
  func addReplacing(
    _ places: NeedlePlaces, of length: Int, in texts: PlainTexts, with replacement: [UInt8]
  ) -> Bool {
    let growth = replacement.count - length
    let most = texts.byteCount + max(0, growth) * places.count
    if byteCount + most > TextLimits.text { return false }
    let ends = extendOffsets(by: texts.count)
    var (done, row) = (texts.start, 0)
    var shift = byteCount - texts.start
    func endRows(before next: Int) {
      for index in row..<next {
        ends[index] = UInt32(truncatingIfNeeded: Int(texts.offsets[index + 1]) &+ shift)
      }
      row = next
    }
    for index in 0..<places.count {
      let place = places[index]
      // One that overlaps the one before.
      if place.byte < done { continue }
      endRows(before: place.row)
      addMade(UnsafeBufferPointer(start: texts.bytes + done, count: place.byte - done))
      replacement.withUnsafeBufferPointer { addMade($0) }
      done = place.byte + length
      shift += growth
    }
    endRows(before: texts.count)
    addMade(
      UnsafeBufferPointer(
        start: texts.bytes + done, count: texts.start + texts.byteCount - done))
    return true
  }
}
