import Tasks

/// The texts of several interners under one numbering.
///
/// Texts are divided by their hashes; each part is numbered by itself, on all workers, and the
/// numbers of a part follow those of the part before.
final class UnifiedTexts: Sendable {
  /// By number; entry 0 is the empty text and means nothing.
  let texts: Store<TextReference>
  /// For each interner, what its numbers become.
  let numbers: [Store<UInt32>]
  /// Keeps the arenas of the texts alive.
  private let sources: [TextInterner]

  private static let partBits: UInt64 = 6
  /// Up to so many texts are one part.
  private static let smallCount = 1 << 12

  init(_ interners: [TextInterner], _ workers: Workers) throws(EvaluationFailure) {
    sources = interners
    numbers = interners.map { Store<UInt32>(repeating: 0, count: $0.texts.count) }
    if interners.count == 1 {
      let own = numbers[0]
      for number in 0..<own.count { own.pointer[number] = UInt32(truncatingIfNeeded: number) }
      texts = interners[0].texts
      return
    }
    let total = interners.reduce(0) { $0 + $1.count }
    let partBits = total <= UnifiedTexts.smallCount ? 0 : UnifiedTexts.partBits
    let partCount = 1 << Int(partBits)
    let divided = Portions<(order: Store<UInt32>, starts: [Int])>(count: interners.count)
    try workers.run(interners.count) { _, index throws(EvaluationFailure) in
      divided.set(index, interners[index].divided(into: partCount))
    }
    let divisions = divided.all
    let parts = Portions<TextInterner>(count: partCount)
    let numbers = numbers
    try workers.run(partCount) { _, part throws(EvaluationFailure) in
      let all = TextInterner(isFar: true)
      for (index, division) in divisions.enumerated() {
        let bounds = division.starts[part]..<division.starts[part + 1]
        all.add(interners[index], division.order.pointer, bounds, into: numbers[index].pointer)
      }
      parts.set(part, all)
    }
    let unified = parts.all
    let counts = unified.map(\.count)
    let texts = Store<TextReference>(undefined: counts.reduce(1, +))
    texts.pointer[0] = .empty
    self.texts = texts
    try workers.run(partCount) { _, part throws(EvaluationFailure) in
      let before = counts[..<part].reduce(0, +)
      (texts.pointer + before + 1).update(
        from: unified[part].texts.pointer + 1, count: counts[part])
      for (index, division) in divisions.enumerated() {
        for place in division.starts[part]..<division.starts[part + 1] {
          numbers[index].pointer[Int(division.order.pointer[place])] &+= UInt32(
            truncatingIfNeeded: before)
        }
      }
    }
  }
}

extension TextInterner {
  /// Its numbers in order of part, and where each part begins; parts go by the top bits of hashes.
  fileprivate func divided(into partCount: Int) -> (order: Store<UInt32>, starts: [Int]) {
    let bits = UInt64(partCount.trailingZeroBitCount)
    // Two shifts, for one by 64 would do nothing.
    func part(_ number: Int) -> Int {
      Int(truncatingIfNeeded: (hashes.pointer[number] &>> 1) &>> (63 &- bits))
    }
    var cursors = [Int](repeating: 0, count: partCount)
    for number in 1..<max(1, texts.count) { cursors[part(number)] += 1 }
    var starts = [0]
    for part in 0..<partCount {
      starts.append(starts[part] + cursors[part])
      cursors[part] = starts[part]
    }
    let order = Store<UInt32>(undefined: max(1, count))
    for number in 1..<max(1, texts.count) {
      let part = part(number)
      order.pointer[cursors[part]] = UInt32(truncatingIfNeeded: number)
      cursors[part] += 1
    }
    return (order, starts)
  }

  /// Adds texts of another interner, whose numbers `order` lists, and writes what they become.
  fileprivate func add(
    _ other: TextInterner, _ order: UnsafePointer<UInt32>, _ bounds: Range<Int>,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    let step = min(bounds.count, 1 << 12)
    let texts = Store<TextReference>(undefined: max(1, step))
    let hashes = Store<UInt64>(undefined: max(1, step))
    let found = Store<Int64>(undefined: max(1, step))
    for start in stride(from: bounds.lowerBound, to: bounds.upperBound, by: max(1, step)) {
      let count = min(step, bounds.upperBound - start)
      for index in 0..<count {
        let own = Int(order[start &+ index])
        texts.pointer[index] = other.texts.pointer[own]
        hashes.pointer[index] = other.hashes.pointer[own]
      }
      number(texts.pointer, count, copying: false, hashes: hashes.pointer, into: found.pointer)
      for index in 0..<count {
        numbers[Int(order[start &+ index])] = UInt32(truncatingIfNeeded: found.pointer[index])
      }
    }
  }
}
