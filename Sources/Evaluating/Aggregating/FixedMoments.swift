/// Exact sums of fixed-point words a group: of one or two columns, their squares and products.
///
/// A sum is 128 bits wide, with a count of how often it went beyond them.
final class FixedMoments: @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  enum Moment: Int, CaseIterable {
    case left
    case leftSquare
    case right
    case rightSquare
    case product
  }

  private let width: Int
  private let sums: Store<Int128>
  private let carries: Store<Int64>
  /// The sums of one block.
  private let block = Store<Int64>(capacity: 16)
  private var left: FixedPoint
  private var right: FixedPoint

  /// For one column or for a pair.
  init(ofPairs: Bool, blockRows: Int) {
    width = ofPairs ? 5 : 2
    sums = Store(capacity: 16)
    carries = Store(capacity: 16)
    left = FixedPoint(blockRows: blockRows)
    right = FixedPoint(blockRows: ofPairs ? blockRows : 1)
  }

  func resize(to count: Int) {
    sums.resize(to: count * width, filling: 0)
    carries.resize(to: count * width, filling: 0)
  }

  /// Adds a block of one column with its values as floats; false where they do not fit.
  func add(_ column: DenseColumn, _ values: UnsafePointer<Double>) -> Bool {
    guard left.read(column, values) else { return false }
    let words = left.words.pointer
    let (sums, carries) = (sums.pointer, carries.pointer)
    for row in 0..<column.count {
      let place = Int(column.groups[row]) &* 2
      let word = Int128(words[row])
      add(word, sums, carries, place)
      add(word &* word, sums, carries, place &+ 1)
    }
    return true
  }

  /// Adds a block of a pair of columns, by the groups of the second.
  func add(
    _ first: DenseColumn, _ firstValues: UnsafePointer<Double>, _ second: DenseColumn,
    _ secondValues: UnsafePointer<Double>
  ) -> Bool {
    var first = first
    first.groups = second.groups
    guard left.read(first, firstValues), right.read(second, secondValues) else { return false }
    if fitWords(first, second) {
      addWords(second.groups, second.count)
      return true
    }
    let (a, b) = (left.words.pointer, right.words.pointer)
    let (sums, carries) = (sums.pointer, carries.pointer)
    for row in 0..<second.count {
      let place = Int(second.groups[row]) &* 5
      let (one, other) = (Int128(a[row]), Int128(b[row]))
      add(one, sums, carries, place)
      add(one &* one, sums, carries, place &+ 1)
      add(other, sums, carries, place &+ 2)
      add(other &* other, sums, carries, place &+ 3)
      add(one &* other, sums, carries, place &+ 4)
    }
    return true
  }

  /// Whether the sums of a block fit 64 bits, and are few.
  private func fitWords(_ first: DenseColumn, _ second: DenseColumn) -> Bool {
    guard let a = first.magnitude, let b = second.magnitude, sums.count <= second.count else {
      return false
    }
    return max(a, b) < 1 << 25 && second.count <= 1 << 12
  }

  /// Adds a block of a pair by sums of its own.
  private func addWords(_ groups: UnsafePointer<UInt32>, _ count: Int) {
    block.resize(to: sums.count, filling: 0)
    block.pointer.update(repeating: 0, count: sums.count)
    let (a, b, block) = (left.words.pointer, right.words.pointer, block.pointer)
    for row in 0..<count {
      let place = Int(groups[row]) &* 5
      let (one, other) = (a[row], b[row])
      block[place] &+= one
      block[place &+ 1] &+= one &* one
      block[place &+ 2] &+= other
      block[place &+ 3] &+= other &* other
      block[place &+ 4] &+= one &* other
    }
    for place in 0..<sums.count {
      add(Int128(block[place]), sums.pointer, carries.pointer, place)
    }
  }

  @inline(__always) private func add(
    _ value: Int128, _ sums: UnsafeMutablePointer<Int128>, _ carries: UnsafeMutablePointer<Int64>,
    _ place: Int
  ) {
    let (sum, isBeyond) = sums[place].addingReportingOverflow(value)
    sums[place] = sum
    if isBeyond { carries[place] &+= value < 0 ? -1 : 1 }
  }

  /// The sum of a group, to be added to one of floats.
  func sum(_ moment: Moment, _ group: Int) -> ExactSums.Wide {
    let place = group * width + moment.rawValue
    return ExactSums.Wide(
      low: sums.pointer[place], carry: carries.pointer[place], power: power(moment))
  }

  private func power(_ moment: Moment) -> Int {
    let (left, right) = (left.power ?? 0, right.power ?? 0)
    return switch moment {
    case .left: left
    case .leftSquare: 2 * left
    case .right: right
    case .rightSquare: 2 * right
    case .product: left + right
    }
  }
}
