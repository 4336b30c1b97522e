import Testing

@testable import Kernels

private let seed: UInt64 = 20_241_130

/// Numbers of groups, and floats as multiples, against their plain twins.
@Suite struct GroupCodeTests {
  private func check<Value: GroupCode>(
    _ values: [Value], from base: Value, count: Int, _ random: inout RandomNumbers
  ) {
    let stride = UInt32.random(in: 1...9, using: &random)
    let before = values.map { _ in UInt32.random(in: 1...50, using: &random) }
    // Beyond 128 bits nothing overflows.
    let codes = values.map { Int128($0) - Int128(base) }
    for isFirst in [false, true] {
      var groups = before
      let isWithin = values.withUnsafeBufferPointer { values in
        values.baseAddress.map {
          Value.addCodes(
            $0, from: base, count: count, stride: stride, isFirst: isFirst, rows: values.count,
            to: &groups)
        }
      }
      let expected = codes.allSatisfy { $0 >= 0 && $0 < count }
      #expect(isWithin ?? expected == expected, "\(Value.self), \(values.count) rows, \(seed)")
      if !expected { continue }
      let numbers = zip(codes, before).map { code, before in
        (isFirst ? 1 : before) + UInt32(code) * stride
      }
      #expect(groups == numbers, "\(Value.self), \(values.count) rows, \(seed)")
    }
  }

  private func check<Value: GroupCode>(_ type: Value.Type, _ random: inout RandomNumbers) {
    for rows in [0, 1, 5, 63, 64, 200] {
      for base in [Value.min, Value.max - 20, 7] {
        let near = (0..<rows).map { _ in base + Value.random(in: 0..<20, using: &random) }
        check(near, from: base, count: 20, &random)
        check(near, from: base, count: 19, &random)
        check(near, from: base + 1, count: 20, &random)
        check(integers(rows, &random) as [Value], from: base, count: 20, &random)
      }
    }
  }

  @Test func codesAreAddedAsByAPlainLoop() {
    var random = RandomNumbers(seed: seed)
    check(UInt8.self, &random)
    check(UInt16.self, &random)
    check(Int32.self, &random)
    check(Int64.self, &random)
  }

  @Test(arguments: [
    FloatUnit.one, FloatUnit(factor: 0.1), FloatUnit(factor: 1_000), FloatUnit(factor: 1 / 3.0),
    FloatUnit(divisor: 10), FloatUnit(divisor: 1e22), FloatUnit(divisor: 7),
  ])
  func multiplesAreThoseOfAPlainLoop(unit: FloatUnit) {
    var random = RandomNumbers(seed: seed)
    let range: ClosedRange<Int64> = -400...1 << 40
    for rows in [0, 1, 9, 64, 333] {
      let multiples = (0..<rows).map { _ -> Int64 in
        Bool.random(using: &random)
          ? Int64.random(in: range, using: &random) : Int64.random(in: -450...50, using: &random)
      }
      let exact = multiples.map { unit.value($0) }
      let mixed = zip(exact, doubles(rows, &random)).map { Bool.random(using: &random) ? $0 : $1 }
      for values in [exact, mixed] {
        var found = [Int64](repeating: 7, count: rows + 1)
        let areAll = values.withUnsafeBufferPointer { values in
          values.baseAddress.map {
            unit.writeMultiples(of: $0, count: rows, in: range, into: &found)
          }
        }
        let expected = values.map { value -> Int64 in
          let nearest = (value * (unit.divisor / unit.factor)).rounded(.toNearestOrEven)
          guard let multiple = Int64(exactly: nearest), range.contains(multiple),
            unit.value(multiple) == value
          else { return .min }
          return multiple
        }
        #expect(Array(found.prefix(rows)) == expected, "\(unit), \(rows) rows, \(seed)")
        #expect(areAll ?? true == !expected.contains(.min), "\(unit), \(rows) rows, \(seed)")
        #expect(found[rows] == 7)
      }
      let inside = zip(multiples, exact).filter { range.contains($0.0) }
      let found = inside.map { unit.multiples(in: $0.1...$0.1) }
      #expect(zip(found, inside).allSatisfy { $0?.contains($1.0) == true }, "\(unit), \(seed)")
    }
    #expect(unit.multiples(in: 0...Double.greatestFiniteMagnitude) == nil || unit.factor > 1e300)
  }

  @Test func stepsAreCountedAsByAPlainLoop() {
    var random = RandomNumbers(seed: seed)
    for rows in [0, 1, 9, 64, 333] {
      for step: Int64 in [2, 7, 1_000_000, 1 << 40] {
        let base = Int64.random(in: -(1 << 50)...1 << 50, using: &random)
        let steps = (0..<rows).map { _ in Int64.random(in: 0..<1 << 21, using: &random) }
        var numbers = steps.map { base + $0 * step }
        countSteps(&numbers, count: rows, from: base, of: step)
        #expect(numbers == steps, "\(step), \(rows) rows, \(seed)")
        var below = steps.map { base - ($0 + 1) * step }
        countSteps(&below, count: rows, from: base, of: step)
        #expect(below.allSatisfy { $0 < 0 }, "\(step), \(rows) rows, \(seed)")
      }
    }
  }

  @Test func bitsOfKeysAreThoseOfEach() {
    var random = RandomNumbers(seed: seed)
    for rows in [0, 1, 9, 64, 333] {
      let values = doubles(rows, &random)
      var bits = [Int64](repeating: 0, count: rows)
      writeKeyBits(of: values, count: rows, into: &bits)
      #expect(bits == values.map(\.keyBits), "\(rows) rows, \(seed)")
    }
  }

  /// Sets whose keys lie far apart, which are looked up by their hash.
  @Test(arguments: [1, 3, 100, 5_000]) func farKeysAreFound(keys count: Int) {
    var random = RandomNumbers(seed: seed)
    let keys = (0..<count).map { _ in Int64(bitPattern: random.next()) } + [.min, .max]
    let known = Set(keys)
    let set = IntegerKeySet(keys)
    for rows in [0, 1, 9, 64, 333, 1_000] {
      let values = (0..<rows).map { _ -> Int64 in
        switch Int.random(in: 0..<4, using: &random) {
        case 0: keys[Int.random(in: 0..<keys.count, using: &random)]
        case 1: Int64.random(in: 0..<2, using: &random)
        default: Int64(bitPattern: random.next())
        }
      }
      var bits = [UInt64](repeating: ~0, count: rows / 64 + 1)
      set.lookUp(values, count: rows, into: &bits)
      #expect(
        bools(bits, rows) == values.map(known.contains), "\(count) keys, \(rows) rows, \(seed)")
    }
  }
}
