import Columns
import Kernels
import Plans
import Testing

@testable import Evaluating

@Suite struct KeySetTests {
  /// Workers that have copies of one list share its set, and so do equal lists.
  @Test func listsAreToldApart() {
    let sets = KeySets()
    let first: [Scalar] = (0..<100).map { .int($0) }
    let copy = first
    let other: [Scalar] = (0..<100).map { .int($0 * 3) }
    #expect(sets.set(of: first).name == sets.set(of: copy).name)
    #expect(sets.set(of: first).name != sets.set(of: other).name)
    #expect(sets.set(of: (0..<100).map { .int($0 * 3) }).name == sets.set(of: other).name)
    let accents: [[Scalar]] = [[.string("\u{e9}")], [.string("e\u{301}")]]
    #expect(sets.set(of: accents[0]).name != sets.set(of: accents[1]).name)
    for _ in 0..<100 {
      // Memory of lists that nobody else has any more is not used again.
      let passing: [Scalar] = (0..<100).map { .int(Int64.random(in: 0...9) - $0 - 1) }
      #expect(![first, other].contains { sets.set(of: $0).name == sets.set(of: passing).name })
    }
    guard case .integers(let keys) = sets.set(of: other).set else {
      Issue.record("no integers")
      return
    }
    var bits: [UInt64] = [0]
    keys.lookUp([0, 1, 2, 3, 297, 300], count: 6, into: &bits)
    #expect(bits[0] == 0b011001)
  }
}
