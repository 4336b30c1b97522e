import Columns

/// Aggregates over the rows of a group, as their definitions say; nulls are skipped.
extension Evaluation {
  func aggregate(
    _ aggregate: Aggregate, _ arguments: [Term], _ parameter: Double?, _ type: DataType
  ) throws(ReferenceEnd) -> Scalar {
    guard let first = arguments.first else { return .int(Int64(group.count)) }
    var pairs: [(Scalar, Scalar)] = []
    for row in group {
      let inner = Evaluation(reference: reference, fields: fields, row: row, group: [])
      let pair = (try inner.value(first), try inner.value(arguments[arguments.count - 1]))
      if pair.0 != .null && pair.1 != .null { pairs.append(pair) }
    }
    if reference.flaw == .sumSkipsNegatives, aggregate == .sum {
      pairs = pairs.filter { ($0.0.integer ?? 0) >= 0 && ($0.0.number ?? 0) >= 0 }
    }
    return try computed(aggregate, pairs, type, parameter)
  }

  private func computed(
    _ aggregate: Aggregate, _ pairs: [(Scalar, Scalar)], _ type: DataType, _ p: Double?
  ) throws(ReferenceEnd) -> Scalar {
    let values = pairs.map(\.0)
    let trues = Int64(values.count { $0 == .bool(true) })
    switch aggregate {
    case .count: return .int(values.first?.type == .bool ? trues : Int64(values.count))
    case .distinct: return .int(Int64(Set(values.map(\.key)).count))
    case .sum: return try sum(values, type)
    default: break
    }
    if values.isEmpty { return .null }
    switch aggregate {
    case .share: return .float(Double(trues) / Double(values.count))
    case .any: return .bool(trues > 0)
    case .all: return .bool(trues == values.count)
    case .avg: return try average(values, type)
    case .ratio:
      let below = try floatSum(pairs.map(\.1))
      return below == 0 ? .null : .float(try floatSum(values) / below)
    case .stddev: return try deviation(values)
    case .first: return values[0]
    case .last: return values[values.count - 1]
    case .min, .minBy: return best(pairs, by: aggregate == .min ? \.0 : \.1) { $0 < 0 }
    case .max, .maxBy: return best(pairs, by: aggregate == .max ? \.0 : \.1) { $0 > 0 }
    case .mode: return mode(values)
    case .entropy: return .float(entropy(values))
    case .corr: return try correlation(pairs)
    case .gini: return try gini(values)
    case .spark: return .string(try spark(values))
    case .median: return try quantile(values, 0.5, type)
    case .quantile: return try quantile(values, p ?? 0.5, type)
    default: return bound(values, type, isLow: aggregate == .medianLow)
    }
  }

  /// The first of the values whose key is least, or greatest.
  private func best(
    _ pairs: [(Scalar, Scalar)], by key: KeyPath<(Scalar, Scalar), Scalar>,
    _ isBetter: (Int) -> Bool
  ) -> Scalar {
    var best = pairs[0]
    for pair in pairs where isBetter(order(pair[keyPath: key], best[keyPath: key])) { best = pair }
    return best.0
  }

  private func mode(_ values: [Scalar]) -> Scalar {
    var counts: [ValueKey: Int] = [:]
    for value in values { counts[value.key, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return values.first { counts[$0.key] == most } ?? .null
  }
}

// MARK: Numbers

/// A sum of floats, or of ints as floats; unsure where the order of adding shows.
func floatSum(_ values: [Scalar]) throws(ReferenceEnd) -> Double {
  let numbers = values.map { $0.number ?? Double($0.integer ?? 0) }
  let total = numbers.reduce(0, +)
  let size = numbers.reduce(0) { $0 + $1.magnitude }
  let special = numbers.contains { !$0.isFinite }
  if !special, !size.isFinite || size > 1e5 * total.magnitude && size > 1e14 { throw .unsure }
  return total
}

private func exactSum(_ values: [Scalar]) -> Int128 {
  values.reduce(0) { $0 + Int128($1.integer ?? 0) }
}

private func sum(_ values: [Scalar], _ type: DataType) throws(ReferenceEnd) -> Scalar {
  if type == .float { return .float(try floatSum(values)) }
  guard let total = Int64(exactly: exactSum(values)) else { throw .fault }
  return .make(total, of: type)
}

private func average(_ values: [Scalar], _ type: DataType) throws(ReferenceEnd) -> Scalar {
  let count = values.count
  if type == .float {
    if values[0].type == .int { return .float(Double(exactSum(values)) / Double(count)) }
    return .float(try floatSum(values) / Double(count))
  }
  // To the nearest microsecond, halves away from zero.
  let total = exactSum(values.map { $0.widened(to: type) })
  let half = Int128(count) / 2
  return .make(Int64((total < 0 ? total - half : total + half) / Int128(count)), of: type)
}

private func deviation(_ values: [Scalar]) throws(ReferenceEnd) -> Scalar {
  if values.count < 2 { return .null }
  let numbers = values.map { $0.number ?? 0 }
  let mean = try floatSum(values) / Double(numbers.count)
  let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let largest = numbers.map(\.magnitude).max() ?? 0
  // Rounding of the mean shows where the values lie far from zero and close together.
  if largest.isFinite, squares > 0, largest * largest * Double(numbers.count) > 1e5 * squares {
    throw .unsure
  }
  if largest > 1e150 || numbers.contains(where: { !$0.isFinite }) { throw .unsure }
  return .float((squares / Double(numbers.count - 1)).squareRoot())
}

private func quantile(
  _ values: [Scalar], _ p: Double, _ type: DataType
) throws(ReferenceEnd) -> Scalar {
  let sorted = values.map { $0.widened(to: type) }.sorted { order($0, $1) < 0 }
  let position = Double(sorted.count - 1) * p
  let low = Int(position.rounded(.down))
  let high = min(low + 1, sorted.count - 1)
  let part = position - Double(low)
  if type == .float {
    let (from, to) = (sorted[low].number ?? 0, sorted[high].number ?? 0)
    if part == 0 || from == to { return .float(from) }
    if !(to - from).isFinite { throw .unsure }
    return .float(from + part * (to - from))
  }
  let (from, to) = (sorted[low].integer ?? 0, sorted[high].integer ?? 0)
  let step = (part * Double(Int128(to) - Int128(from))).rounded()
  guard step.magnitude < 1e15 else { throw .unsure }
  return .make(from + Int64(step), of: type)
}

/// An end of the 95 % interval of the median by order statistics: binomial tails, term by term.
private func bound(_ values: [Scalar], _ type: DataType, isLow: Bool) -> Scalar {
  let n = values.count
  if n < 6 { return .null }
  // log2 of the term, so that it does not vanish for many rows.
  var (tail, rank, logTerm) = (0.0, 0, -Double(n))
  while tail + power(2, logTerm) < 0.025 {
    tail += power(2, logTerm)
    logTerm += naturalLogarithm(Double(n - rank) / Double(rank + 1)) / naturalLogarithm(2)
    rank += 1
  }
  let sorted = values.map { $0.widened(to: type) }.sorted { order($0, $1) < 0 }
  let place = max(1, rank) - 1
  return sorted[isLow ? place : n - 1 - place]
}
