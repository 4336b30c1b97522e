/// Exact sums of a float argument, or of an argument and its square for the standard deviation.
final class FloatSums: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  let sums = ExactSums()
  /// The squares and what rounding took from them, both exactly.
  private let squares: ExactSums?
  /// Both sums of blocks whose values are fixed-point numbers.
  private let fixed: FixedMoments?
  private let doubles: Store<Double>
  private let products: Store<Double>

  init(withSquares: Bool, blockRows: Int) {
    squares = withSquares ? ExactSums() : nil
    fixed = withSquares ? FixedMoments(ofPairs: false, blockRows: blockRows) : nil
    doubles = Store(undefined: blockRows)
    products = Store(undefined: withSquares ? blockRows : 1)
  }

  func resize(to count: Int) {
    sums.resize(to: count)
    squares?.resize(to: count)
    fixed?.resize(to: count)
  }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    var argument = arguments[0]
    // A second argument masks the rows: both must be present.
    argument.groups = arguments[arguments.count - 1].groups
    if let fixed, fixed.add(argument) { return }
    let isOne = rows.isSingleGroup
    var values = UnsafePointer(doubles.pointer)
    if case .float64(let own) = argument.values {
      values = own
    } else {
      argument.doubles(into: doubles.pointer)
    }
    if isOne, arguments.contains(where: { $0.validity != nil }) {
      // Zeros under nulls add nothing.
      for row in 0..<argument.count {
        doubles.pointer[row] = argument.groups[row] == 0 ? 0 : values[row]
      }
      values = UnsafePointer(doubles.pointer)
    }
    let groups = isOne ? rows.groups : argument.groups
    sums.add(values, groups, argument.count, isOne: isOne)
    guard let squares else { return }
    let products = products.pointer
    for row in 0..<argument.count { products[row] = values[row] * values[row] }
    squares.add(products, groups, argument.count, isOne: isOne)
    for row in 0..<argument.count {
      let rest = (-products[row]).addingProduct(values[row], values[row])
      products[row] = rest.isFinite ? rest : 0
    }
    squares.add(products, groups, argument.count, isOne: isOne)
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? FloatSums else { return }
    sums.merge(other.sums, sources, into: targets, count: count)
    guard let own = squares, let from = other.squares else { return }
    own.merge(from, sources, into: targets, count: count)
    guard let fixed = other.fixed else { return }
    if let all = self.fixed, all.merge(fixed, sources, into: targets, count: count) { return }
    for index in 0..<count {
      let (source, target) = (Int(sources[index]), Int(targets[index]))
      sums.add(fixed.sum(.left, source), to: target)
      own.add(fixed.sum(.leftSquare, source), to: target)
    }
  }

  /// The sample standard deviation of `count` values; nil under two.
  ///
  /// n·Σx² − (Σx)² with both sums to twice the precision, so that a large mean costs nothing.
  func standardDeviation(_ group: Int, count: Int64) -> Double? {
    guard count >= 2, let squares else { return nil }
    let n = Double(count)
    let linear = sums.total(group, with: fixed?.sum(.left, group))
    let square = squares.total(group, with: fixed?.sum(.leftSquare, group))
    if !(linear.sum.isFinite && square.sum.isFinite) { return .nan }
    let left = Twofold(square.sum, square.rest).times(Twofold(n, 0))
    let mean = Twofold(linear.sum, linear.rest)
    let spread = left.minus(mean.times(mean))
    return (max(0, spread.high + spread.low) / n / (n - 1)).squareRoot()
  }
}

/// A number as the sum of two doubles, the second below the first's last digit (Dekker 1971).
struct Twofold {
  let high: Double
  let low: Double

  init(_ high: Double, _ low: Double) {
    self.high = high
    self.low = low
  }

  func times(_ other: Twofold) -> Twofold {
    let product = high * other.high
    let rest = (-product).addingProduct(high, other.high) + (high * other.low + low * other.high)
    let sum = product + rest
    return Twofold(sum, rest - (sum - product))
  }

  func minus(_ other: Twofold) -> Twofold {
    let difference = high - other.high
    let virtual = difference - high
    let rest = (high - (difference - virtual)) + (-other.high - virtual) + (low - other.low)
    let sum = difference + rest
    return Twofold(sum, rest - (sum - difference))
  }
}
