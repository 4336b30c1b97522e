/// Sorts runs of rows by whole texts, seven bytes at a time.
///
/// Rows of equal bytes so far are sorted by a word of the next ones, which may lie anywhere in
/// memory but are read in one go, where comparing texts two by two would read them again and again.
struct TextRuns {
  let texts: UnsafePointer<TextReference>
  let isDescending: Bool
  let sorter: PairSorter

  private static let step = 7
  /// From so many equal bytes on, texts are compared: what recurses must end.
  private static let depthLimit = 20 * step

  /// Sorts a run of rows whose first seven bytes are the same; adds the runs of equal texts.
  func sort(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, into equals: inout [Range<Int>]
  ) {
    // Missing bytes pass as zeros: only the words of short texts tell them apart.
    let hasShort = run.contains { texts[pairs[$0].place].count < TextRuns.step }
    sort(pairs, run, at: hasShort ? 0 : TextRuns.step, into: &equals)
  }

  private func sort(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, at depth: Int,
    into equals: inout [Range<Int>]
  ) {
    if depth > TextRuns.depthLimit {
      compare(pairs, run, into: &equals)
      return
    }
    let flip: UInt64 = isDescending ? ~0 : 0
    for index in run {
      pairs[index].word = texts[pairs[index].place].sortWord(at: depth) ^ flip
    }
    sorter.sort(pairs + run.lowerBound, run.count)
    var start = run.lowerBound
    while start < run.upperBound {
      let word = pairs[start].word
      var end = start + 1
      while end < run.upperBound && pairs[end].word == word { end += 1 }
      if end - start > 1 {
        if (word ^ flip) & 0xFF <= UInt64(TextRuns.step) {
          equals.append(start..<end)
        } else {
          sort(pairs, start..<end, at: depth + TextRuns.step, into: &equals)
        }
      }
      start = end
    }
  }

  /// Sorts a run by comparing its texts.
  func compare(
    _ pairs: UnsafeMutablePointer<SortPair>, _ run: Range<Int>, into equals: inout [Range<Int>]
  ) {
    let sign = isDescending ? -1 : 1
    var rows = UnsafeMutableBufferPointer(start: pairs + run.lowerBound, count: run.count)
    rows.sort {
      let order = texts[$0.place].compare(texts[$1.place]) * sign
      return order != 0 ? order < 0 : $0.place < $1.place
    }
    var start = run.lowerBound
    while start < run.upperBound {
      let text = texts[pairs[start].place]
      var end = start + 1
      while end < run.upperBound && texts[pairs[end].place].equals(text) { end += 1 }
      if end - start > 1 { equals.append(start..<end) }
      start = end
    }
  }
}
