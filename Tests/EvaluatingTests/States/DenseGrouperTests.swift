import Columns
import Testing

@testable import Evaluating

/// Groups of a key that may be null, of which more was promised than holds.
@Suite struct DenseGrouperTests {
  private func groups(
    _ domain: KeyLayout.Domain, mayBeNull: Bool, _ values: [Int64?]
  ) -> [UInt32]? {
    let key = KeyLayout(type: .int, domain: domain, unit: 1, isStored: false, mayBeNull: mayBeNull)
    let grouper = DenseGrouper(layout: GroupingLayout(keys: [key], rows: 1 << 20))
    let bits = values.indices.reduce(UInt64(0)) { $0 | (values[$1] == nil ? 0 : 1 << UInt64($1)) }
    // Under a null may stand anything.
    let stored = values.map { $0 ?? .max }
    let ones = [UInt32](repeating: 1, count: values.count)
    var (numbers, words) = (ones, stored)
    let isWithin = withUnsafePointer(to: bits) { bits in
      stored.withUnsafeBufferPointer { stored in
        ones.withUnsafeBufferPointer { ones -> Bool in
          guard let first = stored.baseAddress, let groups = ones.baseAddress else { return false }
          let column = DenseColumn(
            count: values.count, values: .int64(first), scale: 1, range: nil, validity: bits,
            groups: groups)
          let rows = GroupedRows(
            count: values.count, groups: groups, isSingleGroup: true, firstOrdinal: 0,
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

  @Test func aNullThatWasNotPromisedIsNoGroup() {
    #expect(groups(.integers(base: 5, count: 3), mayBeNull: false, [5, nil, 7]) == nil)
  }
}
