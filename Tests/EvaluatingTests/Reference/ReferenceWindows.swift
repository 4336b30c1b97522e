import Columns
import Plans

/// A window function of the row at `place`, from the values and sort keys of its partition's rows in
/// order: as the language says it, each row by itself.
func windowValue(
  _ call: WindowCall, _ values: [Scalar], _ keys: [[Scalar]], _ place: Int
) -> Scalar {
  let parameter = call.parameter ?? 1
  let soFar = values.prefix(place + 1).filter { $0 != .null }
  let window = values[max(0, place + 1 - min(max(1, parameter), place + 1))...place].filter {
    $0 != .null
  }
  switch call.function {
  case .lag: return parameter > place ? .null : values[place - parameter]
  case .lead: return parameter >= values.count - place ? .null : values[place + parameter]
  case .rowNumber: return .int(Int64(place + 1))
  case .rank:
    let equal = keys.firstIndex { $0.map(key) == keys[place].map(key) } ?? place
    return .int(Int64(equal + 1))
  case .cumsum:
    if call.type == .float {
      return .float(soFar.reduce(0) { $0 + ($1.number ?? 0) })
    }
    return Scalar.make(soFar.reduce(0) { $0 + ($1.integer ?? 0) }, of: call.type)
  case .runningMin: return extreme(soFar) { precedes($0, $1) }
  case .runningMax: return extreme(soFar) { precedes($1, $0) }
  case .rollingCount: return .int(Int64(window.count))
  case .rollingMean:
    if window.isEmpty { return .null }
    return .float(window.reduce(0) { $0 + number($1) } / Double(window.count))
  case .rollingMedian: return window.isEmpty ? .null : .float(middle(window.map(number)))
  case .rollingMAD:
    if window.isEmpty { return .null }
    let median = middle(window.map(number))
    return .float(middle(window.map { abs(number($0) - median) }))
  }
}

private func number(_ value: Scalar) -> Double {
  value.number ?? value.integer.map(Double.init) ?? 0
}

/// The first value before which none goes.
private func extreme(_ values: [Scalar], _ goesBefore: (Scalar, Scalar) -> Bool) -> Scalar {
  guard var best = values.first else { return .null }
  for value in values where goesBefore(value, best) { best = value }
  if case .float(let number) = best { return .float(number + 0) }
  return best
}

private func middle(_ values: [Double]) -> Double {
  let sorted = values.sorted { precedes(.float($0), .float($1)) }
  let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
  if high.isNaN { return .nan }
  return low == high ? low : low + 0.5 * (high - low)
}

/// Draws the rows that `sample` draws, of the rows of one partition by their numbers.
func drawn(_ sampling: Sampling, _ rows: [Int]) -> [Int] {
  func word(_ row: Int) -> UInt64 {
    var random = Seeded(UInt64(bitPattern: sampling.seed))
    var word: UInt64 = 0
    for _ in 0...row { word = random.next() }
    return word
  }
  switch sampling.size {
  case .chance(let chance): return rows.filter { Double(word($0) >> 11) * 0x1p-53 < chance }
  case .rows(let count):
    return rows.sorted { (word($0), $0) < (word($1), $1) }.prefix(count).sorted()
  }
}
