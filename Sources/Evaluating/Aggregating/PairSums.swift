/// What a correlation of two arguments is made of, over the rows where both are present.
///
/// All sums are exact, those of products with what rounding took from each product, so that neither
/// the order of rows nor a large mean matters.
final class PairSums: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  private let counts = Store<Int64>(capacity: 64)
  private let left = Side()
  private let right = Side()
  private let products = ExactSums()
  /// The same sums of blocks whose values are fixed-point numbers.
  private let fixed: FixedMoments
  private let scratch: Store<Double>

  /// The sums of one argument and of its squares, and its least and greatest value.
  private final class Side: @unchecked Sendable {
    // @unchecked: as its owner.
    let sums = ExactSums()
    let squares = ExactSums()
    let least = Store<Double>(capacity: 64)
    let greatest = Store<Double>(capacity: 64)
    /// 1 for groups whose values are known to differ, and for group 0.
    private let varied = Store<UInt8>(capacity: 64)
    /// How many are not known to differ.
    private var alike = 0

    func resize(to count: Int) {
      sums.resize(to: count)
      squares.resize(to: count)
      least.resize(to: count, filling: .infinity)
      greatest.resize(to: count, filling: -.infinity)
      alike += max(0, count - max(1, varied.count))
      varied.resize(to: count, filling: 0)
      if count > 0 { varied.pointer[0] = 1 }
    }

    /// Whether the values of a block may be the first of a group that differ: only that is asked for.
    func mayWiden(_ groups: UnsafePointer<UInt32>, _ count: Int) -> Bool {
      if alike == 0 { return false }
      let varied = varied.pointer
      var allVary: UInt8 = 1
      for row in 0..<count { allVary &= varied[Int(groups[row])] }
      return allVary == 0
    }

    func widen(_ values: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ count: Int) {
      let varied = varied.pointer
      let least = least.pointer
      let greatest = greatest.pointer
      for row in 0..<count {
        let group = Int(groups[row])
        least[group] = values[row] < least[group] ? values[row] : least[group]
        greatest[group] = values[row] > greatest[group] ? values[row] : greatest[group]
        let isWide: UInt8 = least[group] < greatest[group] ? 1 : 0
        alike &-= Int(isWide & ~varied[group])
        varied[group] |= isWide
      }
    }

    func isConstant(_ group: Int) -> Bool { least.pointer[group] >= greatest.pointer[group] }

    func merge(
      _ other: Side, _ sources: UnsafePointer<UInt32>, _ targets: UnsafePointer<UInt32>,
      _ count: Int
    ) {
      sums.merge(other.sums, sources, into: targets, count: count)
      squares.merge(other.squares, sources, into: targets, count: count)
      for index in 0..<count {
        let (source, target) = (Int(sources[index]), Int(targets[index]))
        least.pointer[target] = min(least.pointer[target], other.least.pointer[source])
        greatest.pointer[target] = max(greatest.pointer[target], other.greatest.pointer[source])
      }
    }
  }

  init(blockRows: Int) {
    scratch = Store(undefined: 3 * blockRows)
    fixed = FixedMoments(ofPairs: true, blockRows: blockRows)
  }

  func resize(to count: Int) {
    counts.resize(to: count, filling: 0)
    left.resize(to: count)
    right.resize(to: count)
    products.resize(to: count)
    fixed.resize(to: count)
  }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let count = rows.count
    let room = scratch.pointer
    let size = scratch.count / 3
    let (one, other) = (arguments[0], arguments[arguments.count - 1])
    // The groups of the last argument are those of the rows where both are present.
    let groups = other.groups
    if left.mayWiden(groups, count) { left.widen(one.doubles(scratch: room), groups, count) }
    if right.mayWiden(groups, count) { right.widen(other.doubles(scratch: room), groups, count) }
    let isOne = rows.isSingleGroup && one.validity == nil && other.validity == nil
    if isOne {
      counts.pointer[1] &+= Int64(count)
    } else {
      for row in 0..<count { counts.pointer[Int(groups[row])] &+= 1 }
    }
    if fixed.add(one, other) { return }
    let first = one.doubles(scratch: room)
    let second = other.doubles(scratch: room + size)
    let work = room + 2 * size
    left.sums.add(first, groups, count, isOne: isOne)
    right.sums.add(second, groups, count, isOne: isOne)
    func addProducts(
      _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, to sums: ExactSums
    ) {
      for row in 0..<count { work[row] = left[row] * right[row] }
      sums.add(work, groups, count, isOne: isOne)
      // What rounding took from each product.
      for row in 0..<count {
        let rest = (-work[row]).addingProduct(left[row], right[row])
        work[row] = rest.isFinite ? rest : 0
      }
      sums.add(work, groups, count, isOne: isOne)
    }
    addProducts(first, first, to: left.squares)
    addProducts(second, second, to: right.squares)
    addProducts(first, second, to: products)
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? PairSums else { return }
    left.merge(other.left, sources, targets, count)
    right.merge(other.right, sources, targets, count)
    products.merge(other.products, sources, into: targets, count: count)
    for index in 0..<count {
      counts.pointer[Int(targets[index])] += other.counts.pointer[Int(sources[index])]
    }
    if fixed.merge(other.fixed, sources, into: targets, count: count) { return }
    for index in 0..<count {
      let (source, target) = (Int(sources[index]), Int(targets[index]))
      for moment in FixedMoments.Moment.allCases {
        sums(of: moment).add(other.fixed.sum(moment, source), to: target)
      }
    }
  }

  private func sums(of moment: FixedMoments.Moment) -> ExactSums {
    switch moment {
    case .left: left.sums
    case .leftSquare: left.squares
    case .right: right.sums
    case .rightSquare: right.squares
    case .product: products
    }
  }

  private func total(_ moment: FixedMoments.Moment, _ group: Int) -> Twofold {
    let total = sums(of: moment).total(group, with: fixed.sum(moment, group))
    return Twofold(total.sum, total.rest)
  }

  /// Pearson's r; nil under two rows and where an argument is always the same, NaN where one is not
  /// finite or its square is beyond all floats.
  func correlation(_ group: Int) -> Double? {
    let count = counts.pointer[group]
    if count < 2 { return nil }
    let (left, leftSquare) = (total(.left, group), total(.leftSquare, group))
    let (right, rightSquare) = (total(.right, group), total(.rightSquare, group))
    let product = total(.product, group)
    let sums = [left, leftSquare, right, rightSquare, product]
    if !sums.allSatisfy(\.high.isFinite) { return .nan }
    for side in [self.left, self.right] where side.isConstant(group) { return nil }
    let n = Twofold(Double(count), 0)
    let common = product.times(n).minus(left.times(right))
    let scale =
      left.spread(leftSquare, n).squareRoot() * right.spread(rightSquare, n).squareRoot()
    if !(scale > 0) { return nil }
    return min(1, max(-1, (common.high + common.low) / scale))
  }
}

extension Twofold {
  /// n·Σx² − (Σx)², n² times the variance; this is Σx.
  fileprivate func spread(_ squares: Twofold, _ n: Twofold) -> Double {
    let spread = squares.times(n).minus(times(self))
    return spread.high + spread.low
  }
}
