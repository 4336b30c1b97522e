import Columns
import Kernels
import Testing

@testable import Evaluating

/// Groups of a key that may be null, of which more was promised than holds.
@Suite struct DenseGrouperTests {
  private func groups(
    _ domain: KeyLayout.Domain, mayBeNull: Bool, _ values: [Int64?]
  ) -> [UInt32]? {
    // Under a null may stand anything.
    groups(
      domain, mayBeNull: mayBeNull, values.map { $0 ?? .max }, areNull: values.map { $0 == nil },
      type: .int
    ) { .int64($0) }
  }

  private func groups<Value>(
    _ domain: KeyLayout.Domain, mayBeNull: Bool, _ stored: [Value], areNull: [Bool],
    type: DataType, _ values: (UnsafePointer<Value>) -> DenseColumn.Values
  ) -> [UInt32]? {
    let key = KeyLayout(type: type, domain: domain, unit: 1, isStored: false, mayBeNull: mayBeNull)
    let grouper = DenseGrouper(layout: GroupingLayout(keys: [key], rows: 1 << 20))
    let bits = areNull.indices.reduce(UInt64(0)) { $0 | (areNull[$1] ? 0 : 1 << UInt64($1)) }
    let ones = [UInt32](repeating: 1, count: stored.count)
    var (numbers, words) = (ones, [Int64](repeating: 0, count: stored.count))
    let isWithin = withUnsafePointer(to: bits) { bits in
      stored.withUnsafeBufferPointer { stored in
        ones.withUnsafeBufferPointer { ones -> Bool in
          guard let first = stored.baseAddress, let groups = ones.baseAddress else { return false }
          let column = DenseColumn(
            count: stored.count, values: values(first), scale: 1, range: nil, validity: bits,
            groups: groups)
          let rows = GroupedRows(
            count: stored.count, groups: groups, isSingleGroup: true, firstOrdinal: 0,
            positions: nil)
          return grouper.number([column], rows, into: &numbers, words: &words)
        }
      }
    }
    return isWithin ? numbers : nil
  }

  @Test func nullHasTheGroupBehindTheDomain() {
    #expect(groups(.integers(base: 5, count: 3), mayBeNull: true, [5, nil, 7]) == [1, 4, 3])
    #expect(
      groups(.multiples(base: -20, step: 10, count: 3), mayBeNull: true, [0, nil, -20])
        == [3, 4, 1])
  }

  @Test func aValueBehindTheDomainIsNotNull() {
    #expect(groups(.integers(base: 5, count: 3), mayBeNull: true, [5, nil, 8]) == nil)
    #expect(groups(.integers(base: 5, count: 3), mayBeNull: true, [4, nil, 7]) == nil)
    #expect(
      groups(.multiples(base: -20, step: 10, count: 3), mayBeNull: true, [10, nil, 0]) == nil)
    #expect(
      groups(.multiples(base: -20, step: 10, count: 3), mayBeNull: true, [-30, nil, 0]) == nil)
  }

  @Test func floatsAreNumberedByTheirMultiples() {
    func floats(_ values: [Double?]) -> [UInt32]? {
      groups(
        .floats(FloatUnit(factor: 0.1), base: -2, count: 4), mayBeNull: true,
        values.map { $0 ?? .nan }, areNull: values.map { $0 == nil }, type: .float
      ) { .float64($0) }
    }
    #expect(floats([-2 * 0.1, nil, 0.1, -0.0]) == [1, 5, 4, 3])
    #expect(floats([2 * 0.1, nil]) == nil)
    #expect(floats([-3 * 0.1, nil]) == nil)
    #expect(floats([0.05, nil]) == nil)
    #expect(floats([.nan, nil]) == nil)
    #expect(floats([.infinity, nil]) == nil)
  }

  @Test func aNullThatWasNotPromisedIsNoGroup() {
    #expect(groups(.integers(base: 5, count: 3), mayBeNull: false, [5, nil, 7]) == nil)
  }
}
