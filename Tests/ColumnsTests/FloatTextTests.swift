import Testing

@testable import Columns

@Suite struct FloatTextTests {
  private func text(_ value: Double) -> String {
    let room = [UInt8](unsafeUninitializedCapacity: floatTextCapacity) { room, count in
      count = room.baseAddress.map { writeFloat(value, to: $0) } ?? 0
    }
    return String(decoding: room, as: UTF8.self)
  }

  @Test func bordersAreWrittenAsSwiftDoes() {
    var values: [Double] = [
      0, 1, 0.1, 0.3, 2.0 / 3, 1e15, 1e16, 1e17, 9_007_199_254_740_992, .leastNonzeroMagnitude,
    ]
    values += [.greatestFiniteMagnitude, .leastNormalMagnitude, 1e-4, 1e-5, 9.999e-5, 123_456]
    for exponent in -330...308 {
      values.append(Double("1e\(exponent)") ?? 0)
      values.append(Double("9.5e\(exponent)") ?? 0)
    }
    for exponent in 50...56 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      values += [power.nextDown, power, power.nextUp]
    }
    for value in values where value.isFinite {
      #expect(text(value) == value.description)
      #expect(text(-value) == (-value).description)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func floatsAreWrittenAsSwiftDoes(seed: UInt64) {
    var state = seed
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 31
    }
    for _ in 0..<100_000 {
      let bits = Double(bitPattern: next())
      let ratio = Double(next() % 100_000) / Double(next() % 10_000 + 1)
      let short = Double(next() % 10_000_000) / 1000
      for value in [bits, ratio, short] where value.isFinite {
        if text(value) != value.description {
          Issue.record("seed \(seed): \(value) as \(text(value))")
          return
        }
      }
    }
  }
}
