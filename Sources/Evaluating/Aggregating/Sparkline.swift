/// The greatest number of bars of the aggregate `spark`.
private let barCount = 20

/// Numbers as a line of bars ▁▂▃▄▅▆▇█, from the least to the greatest in eight even steps; nil for
/// none.
///
/// All alike are ▄. NaN leaves a gap; the infinities are as low and as high as bars go.
func sparkline(_ values: [Double]) -> String? {
  let finite = values.filter(\.isFinite)
  let least = finite.min() ?? 0
  let greatest = finite.max() ?? 0
  // Halves, so that no difference overflows.
  let range = greatest / 2 - least / 2
  let isLevel = values.allSatisfy { $0 == values.first }
  var bars = String.UnicodeScalarView()
  for value in values {
    let level: UInt32
    if value.isNaN {
      bars.append(" ")
      continue
    } else if isLevel || (value.isFinite && range == 0) {
      level = 3
    } else if value.isInfinite {
      level = value < 0 ? 0 : 7
    } else {
      level = min(7, UInt32((value / 2 - least / 2) / range * 8))
    }
    if let bar = Unicode.Scalar(0x2581 + level) { bars.append(bar) }
  }
  return values.isEmpty ? nil : String(bars)
}

/// The values of ints in row order, of more than 20 the means of 20 even runs.
func barsOfIntegers(_ words: UnsafeMutableBufferPointer<Int64>) -> [Double] {
  runs(words.count).map { run in
    var sum: Int128 = 0
    for place in run { sum &+= Int128(words[place]) }
    return Double(sum) / Double(run.count)
  }
}

/// The same of order words of floats.
func barsOfFloats(_ words: UnsafeMutableBufferPointer<Int64>) -> [Double] {
  runs(words.count).map { run in
    var sum = CarefulSum()
    var plain = 0.0
    for place in run {
      sum.add(orderedFloat(words[place]))
      // Parts, for a mean of numbers whose sum overflows.
      plain += orderedFloat(words[place]) / Double(run.count)
    }
    return sum.total.isFinite ? sum.total / Double(run.count) : plain
  }
}

/// The runs of rows that the bars stand for: from k·n/20 to (k + 1)·n/20.
private func runs(_ count: Int) -> [Range<Int>] {
  let bars = min(count, barCount)
  return (0..<bars).map { bar in bar * count / bars..<(bar + 1) * count / bars }
}
