/// Sums of integers without overflow.
///
/// 64-bit sums as long as the magnitudes seen so far cannot exceed them; then they are added into
/// 128-bit sums, which no table can overflow.
final class IntegerSums: CountingAccumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  private let narrow: Store<Int64>
  private var wide: Store<Int128>?
  /// What may still be added to the narrow sums, in magnitude.
  private var budget = IntegerSums.fullBudget
  private let lanes = Lanes()

  private static let fullBudget = Int64(1) << 62

  init() { narrow = Store(capacity: 64) }

  func resize(to count: Int) {
    narrow.resize(to: count, filling: 0)
    wide?.resize(to: count, filling: 0)
  }

  /// The sum of a group.
  func total(_ group: Int) -> Int128 {
    Int128(narrow.pointer[group]) + (wide?.pointer[group] ?? 0)
  }

  /// The sums of all groups where 64 bits were enough.
  var narrowOnly: Store<Int64>? { wide == nil ? narrow : nil }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    // A second argument masks the rows: both must be present.
    let mask = arguments[arguments.count - 1]
    let groups = mask.groups
    let isSingle = rows.isSingleGroup && arguments.allSatisfy { $0.validity == nil }
    let span = isSingle ? nil : mask.span(in: rows)
    switch argument.values {
    case .int8(let values): add(values, groups, argument, isSingle, span)
    case .int16(let values): add(values, groups, argument, isSingle, span)
    case .int32(let values): add(values, groups, argument, isSingle, span)
    case .int64(let values): add(values, groups, argument, isSingle, span)
    case .float64, .bytes, .codes8, .codes16, .texts: break
    }
  }

  func update(
    _ rows: GroupedRows, _ arguments: [DenseColumn], counting ones: Store<Int64>
  ) -> Bool {
    let argument = arguments[0]
    guard arguments.count == 1, argument.validity == nil, let span = rows.span,
      rows.count <= Lanes.mostCounted
    else { return false }
    func add<Stored: FixedWidthInteger>(_ values: UnsafePointer<Stored>) -> Bool {
      if !fitsBudget(argument) { return false }
      lanes.add(
        values, rows.groups, rows.count, scale: argument.scale, into: narrow, within: span,
        counting: ones)
      return true
    }
    switch argument.values {
    case .int8(let values): return add(values)
    case .int16(let values): return add(values)
    case .int32(let values): return add(values)
    case .int64, .float64, .bytes, .codes8, .codes16, .texts: return false
    }
  }

  private func add<Stored: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Stored>, _ groups: UnsafePointer<UInt32>, _ argument: DenseColumn,
    _ isSingle: Bool, _ span: Range<Int>?
  ) {
    guard fitsBudget(argument) else {
      addWide(values, groups, argument)
      return
    }
    let scale = argument.scale
    if isSingle {
      var total: Int64 = 0
      for row in 0..<argument.count { total &+= Int64(truncatingIfNeeded: values[row]) }
      narrow.pointer[1] &+= total &* scale
    } else if let span {
      lanes.add(values, groups, argument.count, scale: scale, into: narrow, within: span)
    } else {
      let sums = narrow.pointer
      for row in 0..<argument.count {
        sums[Int(groups[row])] &+= Int64(truncatingIfNeeded: values[row]) &* scale
      }
    }
  }

  /// Whether a block can be added to the narrow sums, which are emptied first where needed.
  private func fitsBudget(_ argument: DenseColumn) -> Bool {
    guard let magnitude = argument.magnitude else { return false }
    let (need, overflows) = magnitude.multipliedReportingOverflow(by: Int64(argument.count))
    if overflows || need > IntegerSums.fullBudget { return false }
    if need > budget { widen() }
    budget -= need
    return true
  }

  /// Moves the narrow sums into the wide ones.
  private func widen() {
    let wide = wideSums()
    for group in 0..<narrow.count {
      wide.pointer[group] += Int128(narrow.pointer[group])
      narrow.pointer[group] = 0
    }
    budget = IntegerSums.fullBudget
  }

  private func wideSums() -> Store<Int128> {
    if let wide { return wide }
    let made = Store<Int128>(repeating: 0, count: narrow.count)
    wide = made
    return made
  }

  private func addWide<Stored: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Stored>, _ groups: UnsafePointer<UInt32>, _ argument: DenseColumn
  ) {
    let sums = wideSums().pointer
    for row in 0..<argument.count {
      sums[Int(groups[row])] &+= Int128(Int64(truncatingIfNeeded: values[row]) &* argument.scale)
    }
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? IntegerSums else { return }
    let need = IntegerSums.fullBudget - other.budget
    if wide == nil, let from = other.narrowOnly?.pointer, need <= budget {
      budget -= need
      let into = narrow.pointer
      for index in 0..<count { into[Int(targets[index])] &+= from[Int(sources[index])] }
      return
    }
    let sums = wideSums().pointer
    for index in 0..<count { sums[Int(targets[index])] &+= other.total(Int(sources[index])) }
  }
}
