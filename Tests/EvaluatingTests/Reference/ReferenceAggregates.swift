import Columns
import Glibc
import Plans

/// An aggregate over the rows of a group, as the definitions say it.
func aggregate(_ call: AggregateCall, _ rows: [[Scalar]], _ fields: [Field]) -> Scalar {
  guard let first = call.arguments.first else { return .int(Int64(rows.count)) }
  let second = call.arguments.count > 1 ? call.arguments[1] : first
  let pairs = rows.map { (value(first, $0, fields), value(second, $0, fields)) }
    .filter { $0.0 != .null && $0.1 != .null }
  let values = pairs.map(\.0)
  let trues = Int64(values.count { $0 == .bool(true) })
  switch call.function {
  case .count: return .int(first.type == .bool ? trues : Int64(values.count))
  case .share: return values.isEmpty ? .null : .float(Double(trues) / Double(values.count))
  case .any: return values.isEmpty ? .null : .bool(trues > 0)
  case .all: return values.isEmpty ? .null : .bool(trues == values.count)
  case .sum:
    if first.type == .float { return .float(sum(values)) }
    return .make(Int64(integerSum(values)), of: call.type)
  case .avg: return average(values, call.type)
  case .ratio:
    let under = sum(pairs.map(\.1))
    return under == 0 ? .null : .float(sum(values) / under)
  case .stddev: return deviation(values)
  case .min: return values.min(by: precedes) ?? .null
  case .max:
    return values.reduce(nil) { best, next in
      best.map { precedes($0, next) ? next : $0 } ?? next
    } ?? .null
  case .first: return values.first ?? .null
  case .last: return values.last ?? .null
  case .minBy:
    return pairs.reduce(nil) { best, next in
      best.map { precedes(next.1, $0.1) ? next : $0 } ?? next
    }?.0 ?? .null
  case .maxBy:
    return pairs.reduce(nil) { best, next in
      best.map { precedes($0.1, next.1) ? next : $0 } ?? next
    }?.0 ?? .null
  case .distinct: return .int(Int64(Set(values.map(key)).count))
  case .mode: return mode(values)
  case .median: return quantile(values, 0.5, call.type)
  case .quantile: return quantile(values, call.parameter ?? 0.5, call.type)
  case .medianLow, .medianHigh: return bound(values, call)
  case .corr: return correlation(pairs.map { ($0.0.number ?? 0, $0.1.number ?? 0) })
  case .gini: return inequality(values.map { $0.number ?? Double($0.integer ?? 0) })
  case .entropy: return entropy(values)
  case .spark: return bars(values.map { $0.number ?? Double($0.integer ?? 0) })
  }
}

private func sum(_ values: [Scalar]) -> Double {
  values.reduce(0) { $0 + ($1.number ?? Double($1.integer ?? 0)) }
}

private func integerSum(_ values: [Scalar]) -> Int128 {
  values.reduce(0) { $0 + Int128($1.integer ?? 0) }
}

private func average(_ values: [Scalar], _ type: DataType) -> Scalar {
  if values.isEmpty { return .null }
  if type == .float { return .float(sum(values) / Double(values.count)) }
  let unit: Int128 = values[0].type == .date && type == .time ? 86_400_000_000 : 1
  let total = integerSum(values) * unit
  let half = Int128(values.count) / 2
  return .make(Int64((total < 0 ? total - half : total + half) / Int128(values.count)), of: type)
}

private func deviation(_ values: [Scalar]) -> Scalar {
  if values.count < 2 { return .null }
  let numbers = values.map { $0.number ?? 0 }
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return .float((squares / Double(numbers.count - 1)).squareRoot())
}

private func mode(_ values: [Scalar]) -> Scalar {
  var counts: [Scalar: Int] = [:]
  for value in values { counts[key(value), default: 0] += 1 }
  let most = counts.values.max() ?? 0
  return values.first { counts[key($0)] == most } ?? .null
}

private func ordered(_ values: [Scalar], _ type: DataType) -> [Scalar] {
  let isDate = values.first?.type == .date && type == .time
  return values.map { isDate ? .time(($0.integer ?? 0) * 86_400_000_000) : $0 }.sorted(by: precedes)
}

private func quantile(_ values: [Scalar], _ p: Double, _ type: DataType) -> Scalar {
  if values.isEmpty { return .null }
  let values = ordered(values, type)
  let position = Double(values.count - 1) * p
  let low = Int(position)
  let high = min(low + 1, values.count - 1)
  let fraction = position - Double(low)
  if type == .float {
    let (from, to) = (values[low].number ?? 0, values[high].number ?? 0)
    return .float(fraction == 0 || from == to ? from : from + fraction * (to - from))
  }
  let (from, to) = (values[low].integer ?? 0, values[high].integer ?? 0)
  return .make(from + Int64((fraction * Double(to - from)).rounded()), of: type)
}

/// The bounds of the interval of the median, from the binomial distribution summed term by term.
private func bound(_ values: [Scalar], _ call: AggregateCall) -> Scalar {
  let n = values.count
  if n < 6 { return .null }
  var term = 1.0
  for _ in 0..<n { term /= 2 }
  var tail = term
  var rank = 0
  while tail < 0.025 {
    term *= Double(n - rank) / Double(rank + 1)
    rank += 1
    tail += term
  }
  rank = max(1, rank)
  let place = call.function == .medianLow ? rank - 1 : n - rank
  let value = ordered(values, call.type)[place]
  return call.type == .float ? .float(value.number ?? 0) : value
}

/// Pearson's r by its definition, in two passes.
private func correlation(_ pairs: [(Double, Double)]) -> Scalar {
  let n = Double(pairs.count)
  if pairs.count < 2 { return .null }
  let (x, y) = (pairs.map(\.0), pairs.map(\.1))
  if !(x + y).allSatisfy(\.isFinite) { return .float(.nan) }
  if Set(x).count < 2 || Set(y).count < 2 { return .null }
  let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  let common = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
  let (sx, sy) = (
    x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }, y.reduce(0) { $0 + ($1 - my) * ($1 - my) }
  )
  return .float(common / (sx * sy).squareRoot())
}

/// Gini's coefficient as the brief has it: (2 Σ i·x) / (n Σ x) − (n + 1) / n.
private func inequality(_ values: [Double]) -> Scalar {
  if values.contains(where: { $0 < 0 }) || values.allSatisfy({ $0 == 0 }) { return .null }
  if !values.allSatisfy(\.isFinite) { return .float(.nan) }
  let n = Double(values.count)
  let weighted = values.sorted().enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
  return .float(2 * weighted / (n * values.reduce(0, +)) - (n + 1) / n)
}

private func entropy(_ values: [Scalar]) -> Scalar {
  if values.isEmpty { return .null }
  let counts = Dictionary(grouping: values.map(key), by: { $0 }).values.map { Double($0.count) }
  let total = Double(values.count)
  return .float(counts.reduce(0) { $0 - $1 / total * log2($1 / total) } + 0)
}

private func bars(_ values: [Double]) -> Scalar {
  if values.isEmpty { return .null }
  let count = min(20, values.count)
  let means = (0..<count).map { bar -> Double in
    let run = values[bar * values.count / count..<(bar + 1) * values.count / count]
    return run.reduce(0, +) / Double(run.count)
  }
  let finite = means.filter(\.isFinite)
  let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
  let shapes = Array("▁▂▃▄▅▆▇█")
  let text = means.map { mean -> Character in
    if mean.isNaN { return " " }
    if means.allSatisfy({ $0 == means[0] }) || (mean.isFinite && least == greatest) { return "▄" }
    if mean.isInfinite { return mean < 0 ? "▁" : "█" }
    return shapes[min(7, Int((mean - least) / (greatest - least) * 8))]
  }
  return .string(String(text))
}
