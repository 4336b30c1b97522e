import Testing

@testable import Kernels

private let seed: UInt64 = 20_240_301

/// Every kernel against its plain twin, at every length.
@Suite struct NumberKernelTests {
  private func checkComparisons<Value: ComparableInBlocks & Comparable>(
    _ left: [Value], _ right: [Value], _ order: (Value, Value) -> Int
  ) {
    let count = left.count
    for comparison in Comparison.allCases {
      var bits = [UInt64](repeating: ~0, count: count / 64 + 1)
      right.withUnsafeBufferPointer { right in
        guard let right = right.baseAddress else { return }
        compare(left, comparison, .block(right), count: count, into: &bits)
      }
      if count == 0 { bits = [0] }
      #expect(
        bools(bits, count) == zip(left, right).map { comparison.holds(order($0, $1)) },
        "\(Value.self) \(comparison) \(count) rows")
      #expect(hasCleanEnd(bits, count))
      guard let constant = right.first else { continue }
      compare(left, comparison, .constant(constant), count: count, into: &bits)
      #expect(
        bools(bits, count) == left.map { comparison.holds(order($0, constant)) },
        "\(Value.self) \(comparison) \(constant), \(count) rows")
    }
  }

  @Test func wordsBetweenTwoAreKeptInOrder() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let words = (0..<count).map { _ in Int64.random(in: -50...50, using: &random) }
      let bounds =
        Int64.random(in: -60...0, using: &random)...Int64.random(in: 0...60, using: &random)
      var between = [Int64](repeating: 0, count: count + 1)
      let (below, found) = wordsBetween(
        words, count: count, bounds.lowerBound, bounds.upperBound, into: &between)
      #expect(Array(between.prefix(found)) == words.filter(bounds.contains), "\(count) words")
      #expect(below == words.filter { $0 < bounds.lowerBound }.count)
    }
  }

  /// Row by row, with ties, numbers too large to have such digits, and what is no number.
  @Test(arguments: [Int64(-400), -308, -20, -2, -1, 0, 1, 2, 5, 15, 22, 23, 300])
  func digitsAreRoundedAsOneByOne(digits: Int64) {
    var random = RandomNumbers(seed: seed)
    let power =
      digits.magnitude > 308 ? 1 : (0..<digits.magnitude).reduce(1.0) { power, _ in power * 10 }
    let odd: [Double] = [
      0, -0.0, 0.5, -0.5, 0.05, 0.25, 1.005, 1.95, 0x1p52, 0x1p52 - 0.5, 0x1p51 + 0.5, .infinity,
      -.infinity, .nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 12_345, -15, 25,
    ]
    let values =
      odd
      + (0..<500).map { _ -> Double in
        let exponent = Int.random(in: -36...54, using: &random)
        let scale = Double(sign: .plus, exponent: exponent, significand: 1)
        let value = Double.random(in: -1...1, using: &random) * scale
        return Bool.random(using: &random) ? (value * 8).rounded() / 8 : value
      }
    var out = [Double](repeating: 7, count: values.count)
    round(values, digits: digits, count: values.count, into: &out)
    for (value, found) in zip(values, out) {
      let expected: Double
      if digits > 22 {
        expected = value
      } else if digits < -308 {
        expected = value * 0
      } else if digits < 0 {
        expected = (value / power).rounded(.toNearestOrAwayFromZero) * power
      } else {
        let scaled = value * power
        let isWhole = !(scaled.magnitude < 0x1p52)
        expected = isWhole ? value : scaled.rounded(.toNearestOrAwayFromZero) / power
      }
      #expect(
        found.bitPattern == expected.bitPattern || found.isNaN && expected.isNaN,
        "\(value) to \(digits) digits: \(found), not \(expected); seed \(seed)")
    }
  }

  /// Against 64 bits and divisions: the greatest distances are those of 32 bits.
  @Test func placesOfHistogramsAreThoseOfAPlainLoop() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let base = [Int32(0), -7, .min, 1 << 20][Int.random(in: 0..<4, using: &random)]
      let values = (0..<count).map { _ -> Int32 in
        let most = Int64.random(in: 0...Int64(Int32.max) - Int64(base), using: &random)
        let bits = Int.random(in: 0...32, using: &random)
        return Int32(Int64(base) + most >> Int64(bits))
      }
      let groups = values.indices.map { UInt32($0 % 13) }
      var places = [UInt32](repeating: 9, count: count + 1)
      histogramPlaces(
        values, groups: groups, base: base, bucketCount: 6_400, count: count, into: &places)
      let plain = zip(values, groups).map { value, group -> UInt32 in
        var (distance, power) = (Int64(value) - Int64(base), 0)
        while distance >= 512 { (distance, power) = (distance / 2, power + 1) }
        return group * 6_400 + UInt32(power * 256 + Int(distance))
      }
      #expect(Array(places.prefix(count)) == plain, "\(count) values, seed \(seed)")
    }
  }

  @Test func wordsAreDividedByAPivot() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      for spread in [Int64(0), 3, .max] {
        let words = (0..<count).map { _ in Int64.random(in: -spread...spread, using: &random) }
        let pivot = words.randomElement(using: &random) ?? 0
        var out = [Int64](repeating: 9, count: count + 1)
        let (below, above) = divideWords(words, count: count, by: pivot, into: &out)
        #expect(
          out.prefix(below).sorted() == words.filter { $0 < pivot }.sorted(), "\(count) words")
        #expect(
          out.prefix(count).suffix(above).sorted() == words.filter { $0 > pivot }.sorted(),
          "\(count) words")
        #expect(out[count] == 9)
      }
    }
  }

  @Test func momentsAreThoseOfAPlainLoop() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let left = (0..<count).map { _ in Int64.random(in: -(1 << 24)...(1 << 24), using: &random) }
      let right = (0..<count).map { _ in Int64.random(in: -(1 << 24)...(1 << 24), using: &random) }
      func products(_ a: [Int64], _ b: [Int64]) -> Int64 {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let plain = [
        left.reduce(0, +), products(left, left), right.reduce(0, +), products(right, right),
        products(left, right),
      ]
      var sums = [Int64](repeating: 9, count: 5)
      sumMoments(left, count: count, into: &sums)
      #expect(sums.prefix(2) == plain.prefix(2), "\(count) numbers")
      sumPairMoments(left, right, count: count, into: &sums)
      #expect(sums == plain, "\(count) pairs")
    }
  }

  @Test func fixedPointWordsHoldTheNumbers() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let power = Int.random(in: -60 ... -40, using: &random)
      let misfit = count > 0 && Bool.random(using: &random)
      var numbers = (0..<count).map { _ in
        Double(Int64.random(in: -(1 << 52)...(1 << 52), using: &random)) * exp2(power)
      }
      if misfit { numbers[count / 2] = 1.5 * exp2(power - 1) }
      var words = [Int64](repeating: 7, count: count + 1)
      let fits = writeFixed(numbers, count: count, power: power, spare: 9, into: &words)
      #expect(fits == !misfit, "\(count) numbers of power \(power)")
      if !fits { continue }
      for (number, word) in zip(numbers, words) {
        #expect(Double(word) * exp2(power) == number)
      }
    }
  }

  private func exp2(_ power: Int) -> Double { Double(sign: .plus, exponent: power, significand: 1) }

  private func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : a > b ? 1 : 0
  }

  @Test func comparisons() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      checkComparisons(
        integers(count, &random) as [Int8], integers(count, &random), order)
      checkComparisons(integers(count, &random) as [Int16], integers(count, &random), order)
      checkComparisons(integers(count, &random) as [Int32], integers(count, &random), order)
      checkComparisons(integers(count, &random) as [Int64], integers(count, &random), order)
      checkComparisons(integers(count, &random) as [UInt8], integers(count, &random), order)
      checkComparisons(integers(count, &random) as [UInt16], integers(count, &random), order)
      checkComparisons(doubles(count, &random), doubles(count, &random)) { a, b in
        a.isNaN ? (b.isNaN ? 0 : 1) : b.isNaN ? -1 : order(a, b)
      }
    }
  }

  @Test func floatArithmetic() {
    var random = RandomNumbers(seed: seed)
    for count in lengths where count > 0 {
      let left = doubles(count, &random)
      let right = doubles(count, &random)
      for operation in FloatOperation.allCases {
        let wanted = zip(left, right).map { reference(operation, $0, $1) }
        var out = [Double](repeating: 7, count: count)
        left.withUnsafeBufferPointer { a in
          right.withUnsafeBufferPointer { b in
            guard let a = a.baseAddress, let b = b.baseAddress else { return }
            operation.compute(.block(a), .block(b), count: count, into: &out)
            expectSame(out, wanted, "\(operation) of blocks")
            operation.compute(.block(a), .constant(b[0]), count: count, into: &out)
            expectSame(out, left.map { reference(operation, $0, right[0]) }, "\(operation) const")
            operation.compute(.constant(a[0]), .block(b), count: count, into: &out)
            expectSame(out, right.map { reference(operation, left[0], $0) }, "const \(operation)")
          }
        }
      }
    }
  }

  private func expectSame(_ values: [Double], _ wanted: [Double], _ what: String) {
    for (value, want) in zip(values, wanted) {
      let isSame = value == want || value.isNaN && want.isNaN
      let isNear = (value - want).magnitude <= 4 * want.magnitude.ulp
      #expect(isSame || isNear, "\(what): \(value), not \(want)")
    }
  }

  private func reference(_ operation: FloatOperation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .least: return a.isNaN ? b : b.isNaN ? a : b < a ? b : a
    case .greatest: return a.isNaN || b.isNaN ? .nan : b > a ? b : a
    case .floorDivide: return floored(a, b).quotient
    case .remainder: return floored(a, b).remainder
    case .power: return power(a, b)
    }
  }

  @Test func integerArithmetic() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let left: [Int64] = integers(count, &random)
      let right: [Int64] = integers(count, &random)
      for operation in IntegerOperation.allCases {
        var out = [Int64](repeating: 7, count: count + 1)
        var overflows = [UInt64](repeating: ~0, count: count / 64 + 1)
        let any = operation.computeChecked(
          left, right, count: count, into: &out, overflows: &overflows)
        let wanted = zip(left, right).map { reference(operation, $0, $1) }
        #expect(Array(out.prefix(count)) == wanted.map(\.value))
        #expect(bools(overflows, count) == wanted.map(\.overflow))
        #expect(any == wanted.contains { $0.overflow })
        left.withUnsafeBufferPointer { a in
          right.withUnsafeBufferPointer { b in
            guard let a = a.baseAddress, let b = b.baseAddress, count > 0 else { return }
            operation.compute(.block(a), .block(b), count: count, into: &out)
            #expect(Array(out.prefix(count)) == wanted.map(\.value))
            operation.compute(.constant(a[0]), .block(b), count: count, into: &out)
            #expect(
              Array(out.prefix(count)) == right.map { reference(operation, left[0], $0).value })
            operation.compute(.block(a), .constant(b[0]), count: count, into: &out)
            #expect(
              Array(out.prefix(count)) == left.map { reference(operation, $0, right[0]).value })
          }
        }
      }
    }
  }

  private func reference(
    _ operation: IntegerOperation, _ a: Int64, _ b: Int64
  ) -> (value: Int64, overflow: Bool) {
    let result: (partialValue: Int64, overflow: Bool) =
      switch operation {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .least: (min(a, b), false)
      case .greatest: (max(a, b), false)
      }
    return (result.partialValue, result.overflow)
  }

  @Test func selections() {
    var random = RandomNumbers(seed: seed)
    for count in lengths where count > 0 {
      let bits = (0...count / 64).map { _ in random.next() }
      let chosen: [Int64] = integers(count, &random)
      let other: [Int64] = integers(count, &random)
      let flags = bools(bits, count)
      var out = [Int64](repeating: 7, count: count)
      chosen.withUnsafeBufferPointer { a in
        other.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          select(bits, .block(a), .block(b), count: count, into: &out)
          #expect(out == flags.indices.map { flags[$0] ? chosen[$0] : other[$0] })
          select(bits, .constant(5), .block(b), count: count, into: &out)
          #expect(out == flags.indices.map { flags[$0] ? 5 : other[$0] })
          select(bits, .constant(5), .constant(-6), count: count, into: &out)
          #expect(out == flags.map { $0 ? 5 : -6 })
        }
      }
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var narrow = [UInt8](repeating: 0, count: count)
      bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        select(bits, .constant(9), .block(start), count: count, into: &narrow)
      }
      #expect(narrow == flags.indices.map { flags[$0] ? 9 : bytes[$0] })
      var rows = [UInt32](repeating: 0, count: count + 16)
      let found = selectedRows(bits, count: count, into: &rows)
      #expect(rows.prefix(found).map(Int.init) == flags.indices.filter { flags[$0] })
    }
  }

  @Test func bitsMove() {
    var random = RandomNumbers(seed: seed)
    let source = (0..<8).map { _ in random.next() }
    let flags = bools(source, 512)
    for first in [0, 1, 63, 64, 65, 130] {
      for count in [0, 1, 63, 64, 65, 128, 300] {
        var out = [UInt64](repeating: ~0, count: count / 64 + 1)
        bits(source, from: first, count: count, into: &out)
        #expect(bools(out, count) == Array(flags[first..<first + count]))
        var back = [UInt8](repeating: 9, count: count + 1)
        bytes(ofBits: out, count: count, into: &back)
        #expect(back.prefix(count).map { $0 != 0 } == Array(flags[first..<first + count]))
      }
    }
  }

  @Test func truncation() {
    let values: [Double] = [
      0, -0.0, 1.9, -1.9, .nan, .infinity, -.infinity, 9.3e18, 9_223_372_036_854_774_784,
      -9_223_372_036_854_775_808, -9.3e18,
    ]
    var out = [Int64](repeating: 7, count: values.count)
    var inRange: [UInt64] = [0]
    truncate(values, count: values.count, into: &out, inRange: &inRange)
    #expect(
      out == [0, 0, 1, -1, 0, 0, 0, 0, 9_223_372_036_854_774_784, Int64.min, 0])
    #expect(
      bools(inRange, values.count)
        == [true, true, true, true, false, false, false, false, true, true, false])
  }

  @Test func keySets() {
    var random = RandomNumbers(seed: seed)
    for span in [UInt64(50), 1 << 20, UInt64.max] {
      let keys = (0..<300).map { _ in Int64(bitPattern: random.next() % span) } + [0]
      let values = keys.map { $0 &+ Int64.random(in: -1...1, using: &random) } + [.min, .max]
      let set = IntegerKeySet(keys)
      let wanted = Set(keys)
      var bits = [UInt64](repeating: 0, count: values.count / 64 + 1)
      set.lookUp(values, count: values.count, into: &bits)
      #expect(bools(bits, values.count) == values.map { wanted.contains($0) })
    }
  }

  /// Many keys far apart, among values most of which are none of them.
  @Test func keysAmongManyStrangers() {
    var random = RandomNumbers(seed: seed)
    for count in [1, 40, 20_000] {
      let keys = (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
      for hasZero in [false, true] {
        let all = keys + (hasZero ? [0] : []) + [.min, .max]
        let strangers = (0..<5_001).map { _ in Int64.random(in: .min ... .max, using: &random) }
        let values = (strangers + keys.prefix(700) + [0, .min, .max, 1]).shuffled(using: &random)
        let wanted = Set(all)
        var bits = [UInt64](repeating: ~0, count: values.count / 64 + 1)
        IntegerKeySet(all).lookUp(values, count: values.count, into: &bits)
        #expect(bools(bits, values.count) == values.map { wanted.contains($0) })
        #expect(hasCleanEnd(bits, values.count))
      }
    }
  }

  private func checkStored<Stored: FixedWidthInteger>(
    _ keys: [Int64], _ values: [Stored], _ make: (UnsafePointer<Stored>) -> StoredIntegers
  ) {
    let set = IntegerKeySet(keys)
    var bits = [UInt64](repeating: ~0, count: values.count / 64 + 1)
    let isDone = values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return false }
      return set.lookUp(stored: make(base), count: values.count, into: &bits)
    }
    if !isDone { return }
    let wanted = Set(keys)
    #expect(bools(bits, values.count) == values.map { wanted.contains(Int64($0)) })
    #expect(hasCleanEnd(bits, values.count))
  }

  @Test func storedKeySets() {
    var random = RandomNumbers(seed: seed)
    for count in lengths + [5_000] {
      for base in [0, -128, 100, 32_000, 2_147_483_600, -2_147_483_648, 1 << 40] as [Int64] {
        for span in [255, 4_000, 1 << 18] as [Int64] {
          let keys = (0..<max(9, span / 40)).map { _ in
            base + Int64.random(in: 0..<span, using: &random)
          }
          checkStored(keys, around: base, span: span, count, &random)
        }
      }
    }
  }

  private func checkStored(
    _ keys: [Int64], around base: Int64, span: Int64, _ count: Int, _ random: inout RandomNumbers
  ) {
    func values<Stored: FixedWidthInteger>() -> [Stored] {
      (0..<count).map { _ in
        Stored(truncatingIfNeeded: base + Int64.random(in: -50...span + 50, using: &random))
      }
    }
    checkStored(keys, values() as [Int8]) { .int8($0) }
    checkStored(keys, values() as [Int16]) { .int16($0) }
    checkStored(keys, values() as [Int32]) { .int32($0) }
    checkStored(keys, values() as [Int64]) { .int64($0) }
  }

  /// Keys that narrow values would only reach by wrapping around are not found, and the least and greatest are.
  @Test func storedKeySetsAtTheEnds() {
    let ends: [Int32] = [.min, .min + 1, .min + 44, -1, 0, .max - 1, .max]
    for span in [3, 500, 70_000] as [Int64] {
      let keys = [Int64(Int32.max) - 1, Int64(Int32.max), Int64(Int32.max) + span]
      checkStored(keys, ends) { .int32($0) }
      checkStored(keys.map { -$0 }, ends) { .int32($0) }
      let far = [Int64.max - span, Int64.max]
      checkStored(far, [.min, .min + span - 1, 0, .max - span, .max]) { .int64($0) }
      checkStored(far.map { ~$0 }, [.min, .min + span, 0, .max - span, .max]) { .int64($0) }
    }
  }

  @Test func orderWordsRiseWithDoubles() {
    var random = RandomNumbers(seed: seed)
    for count in lengths {
      let numbers = doubles(count, &random) + [0, -0.0, .infinity, -.infinity, .nan]
      for keepingSigns in [false, true] {
        var words = [Int64](repeating: 7, count: numbers.count)
        writeOrderWords(
          of: numbers, count: numbers.count, keepingSigns: keepingSigns, into: &words)
        let wanted = numbers.map { number -> Int64 in
          if number.isNaN { return .max }
          let bits = Int64(bitPattern: (keepingSigns ? number : number + 0.0).bitPattern)
          return bits < 0 ? bits ^ .max : bits
        }
        #expect(words == wanted)
      }
    }
  }
}
