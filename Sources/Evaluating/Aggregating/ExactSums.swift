import Kernels

/// Sums of floats without rounding error, so that the order of addition does not matter.
///
/// A double is an integer of 53 bits times a power of two. For each run of 32 powers there is a
/// 128-bit sum a group, made when the first such value comes; most columns need two or three. A
/// sum takes 2^42 values before it could overflow. (The idea of a sum as wide as the exponents is
/// Kulisch's; this cut of it is ours.)
final class ExactSums: @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  private static let binCount = 64
  private var bins: [Store<Int128>?] = Array(repeating: nil, count: ExactSums.binCount)
  private let pointers: Store<UnsafeMutablePointer<Int128>?>
  /// Bit 0: a positive infinity was seen, bit 1: a negative one, bit 2: NaN.
  private var specials: Store<UInt8>?
  private var groupCount = 0
  /// Around the bins that there are.
  private var madeBins = 0..<0

  init() { pointers = Store(repeating: nil, count: ExactSums.binCount) }

  func resize(to count: Int) {
    groupCount = count
    for (bin, sums) in bins.enumerated() {
      guard let sums else { continue }
      sums.resize(to: count, filling: 0)
      pointers.pointer[bin] = sums.pointer
    }
    specials?.resize(to: count, filling: 0)
  }

  /// Adds each value to the sum of its group.
  func add(
    _ values: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ count: Int
  ) {
    addEach(values, count) { Int(groups[$0]) }
  }

  /// Adds each value to the sum of the group of its row.
  @inline(__always)
  private func addEach(
    _ values: UnsafePointer<Double>, _ count: Int, _ groupOf: (Int) -> Int
  ) {
    let pointers = pointers.pointer
    let hidden = UInt64(1) &<< 52
    for row in 0..<count {
      let bits = values[row].bitPattern
      // Zeros add nothing, and would be the only ones in the lowest bin.
      if bits &<< 1 == 0 { continue }
      let exponent = bits &>> 52 & 0x7FF
      let power = exponent &- 1
      // Of exponent 0 the power is beyond all others.
      guard power < 0x7FE, let sums = pointers[Int(truncatingIfNeeded: power &>> 5)] else {
        addSlowly(values[row], groupOf(row))
        continue
      }
      let magnitude = Int64(truncatingIfNeeded: bits & (hidden &- 1) | hidden)
      let sign = Int64(bitPattern: bits) &>> 63
      let signed = (magnitude ^ sign) &- sign
      let shift = Int64(truncatingIfNeeded: power & 31)
      // Two shifts, for one by 64 would do nothing.
      let high = (signed &>> 1) &>> (63 &- shift)
      let low = UInt64(bitPattern: signed &<< shift)
      let group = groupOf(row)
      sums[group] = sums[group] &+ (Int128(high) &<< 64 | Int128(low))
    }
  }

  /// Adds each value of a block to the sum of its group; all are of the same group where `isOne`.
  func add(
    _ values: UnsafePointer<Double>, _ groups: UnsafePointer<UInt32>, _ count: Int, isOne: Bool
  ) {
    if isOne && count > 0 {
      add(values, count, toOne: Int(groups[0]))
    } else {
      add(values, groups, count)
    }
  }

  /// Adds all values to the sum of one group: about 0.3 ns a value.
  func add(_ values: UnsafePointer<Double>, _ count: Int, toOne group: Int) {
    for start in stride(from: 0, to: count, by: ExactParts.mostValues) {
      let (piece, own) = (values + start, min(count - start, ExactParts.mostValues))
      if ExactParts.forEach(of: piece, count: own, { addSlowly($0, group) }) { continue }
      // Values too far apart, of other sizes or not finite.
      addEach(piece, own) { _ in group }
    }
  }

  private func addSlowly(_ value: Double, _ group: Int) {
    if !value.isFinite {
      let specials = self.specials ?? Store(repeating: 0, count: groupCount)
      self.specials = specials
      specials.pointer[group] |= value.isNaN ? 4 : value > 0 ? 1 : 2
      return
    }
    let bits = value.bitPattern
    let exponent = Int(bits >> 52 & 0x7FF)
    let power = max(exponent, 1) - 1
    let magnitude = Int128(bits & 0xF_FFFF_FFFF_FFFF) + (exponent == 0 ? 0 : 1 << 52)
    makeBin(power >> 5).pointer[group] += (value < 0 ? -magnitude : magnitude) << (power & 31)
  }

  private func makeBin(_ bin: Int) -> Store<Int128> {
    if let sums = bins[bin] { return sums }
    madeBins =
      madeBins.isEmpty
      ? bin..<bin + 1 : min(bin, madeBins.lowerBound)..<max(bin + 1, madeBins.upperBound)
    let sums = Store<Int128>(repeating: 0, count: groupCount)
    bins[bin] = sums
    pointers.pointer[bin] = sums.pointer
    return sums
  }

  /// Takes in the sums of other groups.
  func merge(
    _ other: ExactSums, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    for (bin, from) in other.bins.enumerated() {
      guard let from else { continue }
      let into = makeBin(bin)
      for index in 0..<count {
        into.pointer[Int(targets[index])] &+= from.pointer[Int(sources[index])]
      }
    }
    guard let from = other.specials else { return }
    let into = specials ?? Store(repeating: 0, count: groupCount)
    specials = into
    for index in 0..<count {
      into.pointer[Int(targets[index])] |= from.pointer[Int(sources[index])]
    }
  }

  /// A whole number of some 192 bits times a power of two: (`low` + `carry` · 2^128) · 2^`power`.
  struct Wide {
    let low: Int128
    let carry: Int64
    let power: Int

    fileprivate var isZero: Bool { low == 0 && carry == 0 }

    /// The number and what rounding leaves out; nil where it has more than 96 bits.
    fileprivate var shortTotal: (sum: Double, rest: Double)? {
      carry == 0 && low.magnitude &>> 96 == 0 ? roundedTotal(low, times: power) : nil
    }

    /// The parts of 32 bits that lie in a bin.
    fileprivate func part(_ bin: Int) -> Int128 {
      let place = power + 1074
      let index = bin - place >> 5
      let shift = Int128(place & 31)
      switch index {
      case 0...2: return (low >> Int128(32 * index) & 0xFFFF_FFFF) << shift
      case 3: return (low >> 96) << shift
      case 4: return Int128(carry) << shift
      default: return 0
      }
    }
  }

  /// Adds to the sum of a group.
  func add(_ wide: Wide, to group: Int) {
    if wide.isZero { return }
    let first = (wide.power + 1074) >> 5
    for bin in first...first + 4 {
      let part = wide.part(bin)
      if part != 0 { makeBin(bin).pointer[group] &+= part }
    }
  }

  /// The sum of a group, correctly rounded, and what rounding left out (itself rounded).
  ///
  /// With `more`, as if that had been added.
  func total(_ group: Int, with more: Wide? = nil) -> (sum: Double, rest: Double) {
    if let special = specials?.pointer[group], special != 0 {
      return (special == 1 ? .infinity : special == 2 ? -.infinity : .nan, 0)
    }
    let more = more.flatMap { $0.isZero ? nil : $0 }
    if more == nil, let total = shortTotal(group) { return total }
    if madeBins.isEmpty, let more, let total = more.shortTotal { return total }
    var digits: [UInt32] = []
    var carry: Int128 = 0
    var first = 0
    for bin in 0..<ExactSums.binCount {
      let part = more?.part(bin) ?? 0
      let sum = (bins[bin]?.pointer[group] ?? 0) + part
      if digits.isEmpty && carry == 0 {
        if sum == 0 { continue }
        first = bin
      }
      append(sum + carry, &digits, &carry)
    }
    while carry != 0 && carry != -1 { append(carry, &digits, &carry) }
    return rounded(digits, isNegative: carry < 0, firstBin: first)
  }

  /// The same where the sum has at most 96 bits from the lowest bin on, as it mostly has; nil for
  /// others.
  private func shortTotal(_ group: Int) -> (sum: Double, rest: Double)? {
    var total: Int128 = 0
    var first: Int?
    for bin in madeBins {
      guard let sum = pointers.pointer[bin]?[group], sum != 0 else { continue }
      let shift = 32 &* (bin &- (first ?? bin))
      first = first ?? bin
      if shift >= 96 || sum.magnitude &>> UInt128(96 &- shift) != 0 { return nil }
      total &+= sum &<< Int128(shift)
      if total.magnitude &>> 96 != 0 { return nil }
    }
    guard let first, total != 0 else { return (0, 0) }
    return roundedTotal(total, times: 32 * first - 1074)
  }

  private func append(_ value: Int128, _ digits: inout [UInt32], _ carry: inout Int128) {
    digits.append(UInt32(truncatingIfNeeded: value))
    carry = value >> 32
  }

  /// The double nearest to digits of base 2^32 in two's complement; ties go to even.
  private func rounded(
    _ digits: [UInt32], isNegative: Bool, firstBin: Int
  ) -> (sum: Double, rest: Double) {
    var digits = digits
    if isNegative {
      var borrow: UInt64 = 1
      for index in digits.indices {
        let next = UInt64(~digits[index]) + borrow
        digits[index] = UInt32(truncatingIfNeeded: next)
        borrow = next >> 32
      }
      if borrow != 0 { digits.append(1) }
    }
    guard let top = digits.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
    func digit(_ index: Int) -> UInt128 { index >= 0 ? UInt128(digits[index]) : 0 }
    // Four digits have all of a sum of 96 bits: what is left out is then the same as by `roundedTotal`.
    let head = digit(top) << 96 | digit(top - 1) << 64 | digit(top - 2) << 32 | digit(top - 3)
    let isInexact = top > 3 && digits[..<(top - 3)].contains { $0 != 0 }
    let exponent = 32 * (firstBin + top - 3) - 1074
    let dropped = 128 - head.leadingZeroBitCount - 53
    var kept = head >> UInt128(dropped)
    let tail = head - kept << UInt128(dropped)
    let half = UInt128(1) << UInt128(dropped - 1)
    if tail > half || (tail == half && (isInexact || kept & 1 == 1)) { kept += 1 }
    // The upper bit is none of the difference, which is small.
    let rest = Int128(bitPattern: head &- kept &<< UInt128(dropped))
    let sign = isNegative ? -1.0 : 1.0
    return (
      sign * scaled(Double(UInt64(truncatingIfNeeded: kept)), exponent + dropped),
      sign * scaled(Double(nearest: rest), exponent)
    )
  }
}
