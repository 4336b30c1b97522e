import Tasks

extension LogReading {
  /// How many different texts each group of the result has, by a bit for each group and text.
  ///
  /// Nil for other values, whose numbers are not dense, and where the bits would be more than a word for
  /// each entry. O(entries + bits / 64 a worker).
  func distinctTexts(groupCount: Int) throws(EvaluationFailure) -> Store<Int64>? {
    guard let texts else { return nil }
    let width = texts.texts.count / 64 + 1
    guard groupCount <= entryCount / width else { return nil }
    let marks = Portions<Store<UInt64>>(count: logs.count)
    try workers.run(logs.count) { _, number throws(EvaluationFailure) in
      marks.set(number, marked(number, groupCount: groupCount, width: width))
    }
    let all = marks.all
    let distinct = Store<Int64>(repeating: 0, count: max(1, groupCount))
    try workers.run(groupCount) { _, group throws(EvaluationFailure) in
      var count = 0
      for word in (group * width)..<((group + 1) * width) {
        var bits: UInt64 = 0
        for marks in all { bits |= marks.pointer[word] }
        count &+= bits.nonzeroBitCount
      }
      distinct.pointer[group] = Int64(count)
    }
    return distinct
  }

  /// The texts of one log: `width` words a group.
  private func marked(_ number: Int, groupCount: Int, width: Int) -> Store<UInt64> {
    let (states, log) = logs[number]
    let marks = Store<UInt64>(repeating: 0, count: max(1, groupCount * width))
    guard let translation = translations[number] else { return marks }
    let indexes = merged.indexes(of: states)
    let into = marks.pointer
    log.forEachBlock { block in
      for row in 0..<block.count {
        let group = Int(indexes.pointer[Int(block.groups[row])])
        if group < 0 { continue }
        let text = Int(translation.pointer[Int(truncatingIfNeeded: block.words[row])])
        into[group &* width &+ text &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: text & 63)
      }
    }
    return marks
  }
}
