import Testing

@testable import Kernels

@Suite struct ExponentialTests {
  private func check(
    _ function: FloatFunction, _ values: [Double], _ reference: (Double) -> Double
  ) {
    var out = [Double](repeating: 0, count: values.count)
    function.compute(values, count: values.count, into: &out)
    for (value, result) in zip(values, out) {
      let wanted = reference(value)
      if wanted.isNaN {
        #expect(result.isNaN, "\(function)(\(value))")
      } else {
        let isNear =
          (result - wanted).magnitude <= 1.5 * max(wanted.magnitude.ulp, .leastNonzeroMagnitude)
        #expect(result == wanted || isNear, "\(function)(\(value)) is \(result), not \(wanted)")
      }
    }
  }

  private let edges: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 0x1p-1030,
    .greatestFiniteMagnitude,
    709.78271289338397, 709.7827128933841, -745.1332191019411, -745.1332191019412, -708.4, -740,
  ]

  @Test func exponential() {
    var random = RandomNumbers(seed: 7)
    let values = edges + (0..<5000).map { _ in Double.random(in: -750...712, using: &random) }
    check(.exp, values, naturalExponential)
  }

  @Test func logarithms() {
    var random = RandomNumbers(seed: 8)
    var values = edges + (0..<100).map(Double.init)
    values += (0..<3000).map { _ in Double.random(in: 0...3, using: &random) }
    values += (0..<3000).map { _ in
      Double(bitPattern: random.next() % Double.infinity.bitPattern)
    }
    check(.ln, values, naturalLogarithm)
    check(.log10, values, decimalLogarithm)
  }

  @Test func powersOfTenAreExact() {
    let values = (0...22).map { power(10, Double($0)) }
    var out = [Double](repeating: 0, count: values.count)
    FloatFunction.log10.compute(values, count: values.count, into: &out)
    #expect(out == (0...22).map(Double.init))
  }

  /// The same bits whatever the place in the block: vectors and the rest of the loop agree.
  @Test func resultsDoNotDependOnThePlace() {
    var random = RandomNumbers(seed: 9)
    let values = (0..<67).map { _ in Double.random(in: 0.001...50, using: &random) }
    for function in [FloatFunction.exp, .ln, .log10] {
      var together = [Double](repeating: 0, count: values.count)
      function.compute(values, count: values.count, into: &together)
      for (place, value) in values.enumerated() {
        var alone = 0.0
        function.compute([value], count: 1, into: &alone)
        #expect(alone.bitPattern == together[place].bitPattern)
      }
    }
  }

  /// The same bits as alone, whatever else is in the block: only numbers that need no care, or few that do.
  @Test(arguments: 0..<8 as Range<UInt64>) func logarithmsDoNotDependOnTheBlock(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let values = (0..<700).map { row in
      row >= 300 && Int.random(in: 0..<40, using: &random) == 0
        ? edges[Int.random(in: 0..<edges.count, using: &random)]
        : Double.random(in: 0.001...5000, using: &random)
    }
    for function in [FloatFunction.ln, .log10] {
      var together = [Double](repeating: 0, count: values.count)
      function.compute(values, count: values.count, into: &together)
      for (row, value) in values.enumerated() {
        var alone = 0.0
        function.compute([value], count: 1, into: &alone)
        let isSame =
          alone.bitPattern == together[row].bitPattern || alone.isNaN && together[row].isNaN
        #expect(isSame, "seed \(seed): \(function)(\(value)) is \(together[row]), not \(alone)")
      }
    }
  }

  /// The same bits as alone, whatever else is in the block: exponents of one kind or of all.
  @Test(arguments: 0..<12 as Range<UInt64>) func powersDoNotDependOnTheBlock(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let special: [Double] = [
      0, -0.0, 1, -1, 2, 0.5, -3, 64, 65, -64, 1e300, 0x1p53, .leastNonzeroMagnitude, .infinity,
      -.infinity, .nan,
    ]
    func number() -> Double {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: special[Int.random(in: 0..<special.count, using: &random)]
      case 1: Double(bitPattern: random.next())
      case 2: Double(Int.random(in: -70...900, using: &random))
      default: Double.random(in: 0...50, using: &random)
      }
    }
    let count = 700
    let bases = (0..<count).map { _ in number() }
    let one = number()
    let exponents = (0..<count).map { _ in seed % 2 == 0 ? one : number() }
    var together = [Double](repeating: 0, count: count)
    bases.withUnsafeBufferPointer { bases in
      exponents.withUnsafeBufferPointer { exponents in
        guard let left = bases.baseAddress, let right = exponents.baseAddress else { return }
        FloatOperation.power.compute(.block(left), .block(right), count: count, into: &together)
      }
    }
    for row in 0..<count {
      var alone = 0.0
      FloatOperation.power.compute(
        .constant(bases[row]), .constant(exponents[row]), count: 1, into: &alone)
      let isSame =
        alone.bitPattern == together[row].bitPattern || alone.isNaN && together[row].isNaN
      #expect(isSame, "seed \(seed): \(bases[row]) ^ \(exponents[row])")
      let expected = power(bases[row], exponents[row])
      #expect(
        alone.isNaN
          ? expected.isNaN
          : alone == expected || abs(alone / expected - 1) < 1e-14
            || abs(expected) < 1e-307, "seed \(seed): \(bases[row]) ^ \(exponents[row])")
    }
  }

  @Test func wholePowersAreExact() {
    let bases: [Double] = [10, 3, -2, 0.5, 7]
    for exponent in 0...15 {
      var out = [Double](repeating: 0, count: bases.count)
      bases.withUnsafeBufferPointer { bases in
        guard let start = bases.baseAddress else { return }
        FloatOperation.power.compute(
          .block(start), .constant(Double(exponent)), count: bases.count, into: &out)
      }
      #expect(out == bases.map { base in (0..<exponent).reduce(1) { power, _ in power * base } })
    }
  }
}
