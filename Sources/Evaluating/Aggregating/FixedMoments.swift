import Kernels

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

  /// Adds a block of one column; false where its values do not fit.
  func add(_ column: DenseColumn) -> Bool {
    guard left.read(column) else { return false }
    let words = left.words.pointer
    if let rows = fittingRows(column.magnitude, column) {
      addWords(column.groups, column.count, rows)
      return true
    }
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
  func add(_ first: DenseColumn, _ second: DenseColumn) -> Bool {
    var first = first
    first.groups = second.groups
    guard left.read(first), right.read(second) else { return false }
    let magnitude = first.magnitude.flatMap { own in second.magnitude.map { max(own, $0) } }
    if let rows = fittingRows(magnitude, second) {
      addPairs(second.groups, second.count, rows)
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

  /// How many rows have sums of squares and products that fit 64 bits; nil for so few, or so many groups,
  /// that sums of their own do not pay.
  private func fittingRows(_ magnitude: Int64?, _ column: DenseColumn) -> Int? {
    guard let magnitude, magnitude < 1 << 28 else { return nil }
    let rows = Int(Int64.max / max(1, magnitude * magnitude))
    if rows >= column.count { return sums.count <= column.count ? column.count : nil }
    return onlyGroup(column.groups, column.count) == nil ? nil : rows
  }

  /// Adds a block of one column by sums of its own.
  private func addWords(_ groups: UnsafePointer<UInt32>, _ count: Int, _ rows: Int) {
    let words = left.words.pointer
    addBlock(groups, count, rows) { block, place, row in
      block[place] &+= words[row]
      block[place &+ 1] &+= words[row] &* words[row]
    } ofOne: { range, sums in
      sumMoments(words + range.lowerBound, count: range.count, into: sums)
    }
  }

  /// Adds a block of a pair by sums of its own.
  private func addPairs(_ groups: UnsafePointer<UInt32>, _ count: Int, _ rows: Int) {
    let (a, b) = (left.words.pointer, right.words.pointer)
    addBlock(groups, count, rows) { block, place, row in
      let (one, other) = (a[row], b[row])
      block[place] &+= one
      block[place &+ 1] &+= one &* one
      block[place &+ 2] &+= other
      block[place &+ 3] &+= other &* other
      block[place &+ 4] &+= one &* other
    } ofOne: { range, sums in
      sumPairMoments(
        a + range.lowerBound, b + range.lowerBound, count: range.count, into: sums)
    }
  }

  /// Adds a block: its rows one by one, or `rows` at a time where all are of one group.
  @inline(__always)
  private func addBlock(
    _ groups: UnsafePointer<UInt32>, _ count: Int, _ rows: Int,
    each add: (UnsafeMutablePointer<Int64>, Int, Int) -> Void,
    ofOne sum: (Range<Int>, UnsafeMutablePointer<Int64>) -> Void
  ) {
    if let group = onlyGroup(groups, count) {
      block.resize(to: max(block.count, width), filling: 0)
      for start in stride(from: 0, to: count, by: rows) {
        sum(start..<min(count, start + rows), block.pointer)
        for moment in 0..<width {
          self.add(
            Int128(block.pointer[moment]), sums.pointer, carries.pointer, group * width + moment)
        }
      }
      return
    }
    block.resize(to: sums.count, filling: 0)
    block.pointer.update(repeating: 0, count: sums.count)
    let block = block.pointer
    for row in 0..<count { add(block, Int(groups[row]) &* width, row) }
    for place in 0..<sums.count {
      self.add(Int128(block[place]), sums.pointer, carries.pointer, place)
    }
  }

  /// The group that all rows are of; nil where there are several.
  private func onlyGroup(_ groups: UnsafePointer<UInt32>, _ count: Int) -> Int? {
    guard count > 0 else { return nil }
    var differing: UInt32 = 0
    for row in 0..<count { differing |= groups[row] ^ groups[0] }
    return differing == 0 ? Int(groups[0]) : nil
  }

  @inline(__always) private func add(
    _ value: Int128, _ sums: UnsafeMutablePointer<Int128>, _ carries: UnsafeMutablePointer<Int64>,
    _ place: Int
  ) {
    let (sum, isBeyond) = sums[place].addingReportingOverflow(value)
    sums[place] = sum
    if isBeyond { carries[place] &+= value < 0 ? -1 : 1 }
  }

  /// Takes in the sums of other groups; false, and nothing taken, where their words are of other powers.
  func merge(
    _ other: FixedMoments, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) -> Bool {
    guard left.adopt(other.left), right.adopt(other.right) else { return false }
    for index in 0..<count {
      let (source, target) = (Int(sources[index]) &* width, Int(targets[index]) &* width)
      for moment in 0..<width {
        carries.pointer[target &+ moment] &+= other.carries.pointer[source &+ moment]
        add(
          other.sums.pointer[source &+ moment], sums.pointer, carries.pointer, target &+ moment)
      }
    }
    return true
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
