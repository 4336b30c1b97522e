import Columns

/// Numbers rows by the combination of keys of small domains.
///
/// The group is 1 + Σ code × stride, where a null has the code behind the domain's last.
struct DenseGrouper: Sendable {
  let layout: GroupingLayout

  /// Groups, group 0 among them.
  var groupCount: Int { (layout.denseCells ?? 0) + 1 }

  /// Writes the groups of rows; false when a value is out of its domain.
  func number(
    _ keys: [DenseColumn], _ rows: GroupedRows, into groups: UnsafeMutablePointer<UInt32>,
    words: UnsafeMutablePointer<Int64>
  ) -> Bool {
    var stride = 1
    for (position, key) in keys.enumerated() {
      let layout = layout.keys[position]
      let step = Step(
        key: key, rows: rows, layout: layout, stride: UInt32(stride), isFirst: position == 0,
        groups: groups)
      if !add(step, words) { return false }
      stride *= layout.cellCount ?? 1
    }
    return true
  }

  /// One key of a block.
  private struct Step {
    let key: DenseColumn
    let rows: GroupedRows
    let layout: KeyLayout
    let stride: UInt32
    let isFirst: Bool
    let groups: UnsafeMutablePointer<UInt32>
  }

  private func add(_ step: Step, _ words: UnsafeMutablePointer<Int64>) -> Bool {
    let key = step.key
    switch (key.values, step.layout.domain) {
    case (.codes8(let codes, let own), .codes(let dictionary)) where own.isSame(as: dictionary):
      return add(codes, 0, dictionary.count, step, isTrusted: true)
    case (.codes16(let codes, let own), .codes(let dictionary)) where own.isSame(as: dictionary):
      return add(codes, 0, dictionary.count, step, isTrusted: true)
    case (.bytes(let bytes), .integers(_, let count)):
      return add(bytes, 0, count, step, isTrusted: true)
    case (.int32(let values), .integers(let base, let count))
    where key.scale == 1 && base.magnitude < 1 << 30 && key.validity == nil:
      return add(values, Int32(base), count, step, isTrusted: isWithin(key, base, count))
    case (_, .integers(let base, let count)):
      if !key.orderWords(into: words) { return false }
      return add(words, base, count, step, isTrusted: isWithin(key, base, count))
    case (_, .multiples(let base, let width, let count)):
      if !key.orderWords(into: words) { return false }
      divide(words, step.rows.count, base, width)
      return add(words, 0, count, step, isTrusted: false)
    default: return false
    }
  }

  /// Makes multiples the numbers of steps that they lie above a base; less than 0 where they lie below.
  private func divide(
    _ words: UnsafeMutablePointer<Int64>, _ rows: Int, _ base: Int64, _ width: Int64
  ) {
    // A few million steps times a reciprocal are so near to their number that a half more leaves it; so
    // are more of them to a number that is out of any domain.
    let reciprocal = 1 / Double(width)
    for row in 0..<rows {
      let distance = words[row] &- base
      words[row] = Int64(Double(distance) * reciprocal + 0.5) | distance &>> 63
    }
  }

  /// As below, for values of which those under nulls may be written over.
  private func add(
    _ words: UnsafeMutablePointer<Int64>, _ base: Int64, _ count: Int, _ step: Step,
    isTrusted: Bool
  ) -> Bool {
    guard let validity = step.key.validity else {
      return add(UnsafePointer(words), base, count, step, isTrusted: isTrusted)
    }
    var hasNulls = false
    step.rows.forEachNull(validity) { row in
      words[row] = base
      hasNulls = true
    }
    if hasNulls && step.layout.cellCount == count { return false }
    if !isTrusted, !areWithin(UnsafePointer(words), base, count, step.rows.count) { return false }
    let null = base &+ Int64(count)
    step.rows.forEachNull(validity) { words[$0] = null }
    return addPresent(UnsafePointer(words), base, count, step, true)
  }

  /// Whether the statistics say that all values are in the domain.
  private func isWithin(_ key: DenseColumn, _ base: Int64, _ count: Int) -> Bool {
    guard let range = key.range else { return false }
    // Near the ends of 64 bits the end of the domain is none of its numbers.
    return range.lowerBound >= base
      && UInt64(bitPattern: range.upperBound &- base) < UInt64(count)
  }

  private func add<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>, _ base: Value, _ count: Int, _ step: Step, isTrusted: Bool
  ) -> Bool {
    if let validity = step.key.validity {
      return addWithNulls(values, base, count, step, validity)
    }
    return addPresent(values, base, count, step, isTrusted)
  }

  /// Adds the codes of values that are not null, or have the place of null as theirs.
  private func addPresent<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>, _ base: Value, _ count: Int, _ step: Step, _ isTrusted: Bool
  ) -> Bool {
    if !isTrusted, !areWithin(values, base, count, step.rows.count) { return false }
    let (groups, stride) = (step.groups, step.stride)
    // Dropped bits do not matter: codes are below 2^32.
    let low = UInt32(truncatingIfNeeded: base)
    if !step.isFirst {
      for row in 0..<step.rows.count {
        groups[row] &+= (UInt32(truncatingIfNeeded: values[row]) &- low) &* stride
      }
    } else {
      for row in 0..<step.rows.count {
        groups[row] = UInt32(truncatingIfNeeded: values[row]) &- low &+ 1
      }
    }
    return true
  }

  private func areWithin<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>, _ base: Value, _ count: Int, _ rows: Int
  ) -> Bool {
    if rows == 0 { return true }
    var least = values[0]
    var greatest = values[0]
    for row in 0..<rows {
      least = values[row] < least ? values[row] : least
      greatest = values[row] > greatest ? values[row] : greatest
    }
    let (span, overflows) = greatest.subtractingReportingOverflow(base)
    return least >= base && !overflows && span < count
  }

  private func addWithNulls<Value: FixedWidthInteger>(
    _ values: UnsafePointer<Value>, _ base: Value, _ count: Int, _ step: Step,
    _ validity: UnsafePointer<UInt64>
  ) -> Bool {
    let cells = step.layout.cellCount ?? 0
    for row in 0..<step.rows.count {
      var code = count
      if isPresent(validity, step.rows, row) {
        let (span, overflows) = values[row].subtractingReportingOverflow(base)
        if overflows || span < 0 || span >= count { return false }
        code = Int(span)
      }
      if code >= cells { return false }
      let before: UInt32 = step.isFirst ? 1 : step.groups[row]
      step.groups[row] = before &+ UInt32(truncatingIfNeeded: code) &* step.stride
    }
    return true
  }

  @inline(__always) private func isPresent(
    _ validity: UnsafePointer<UInt64>, _ rows: GroupedRows, _ row: Int
  ) -> Bool {
    let position = rows.positions.map { Int($0[row]) } ?? row
    return validity[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63) & 1 != 0
  }

  /// Gives the code of a key from the number of a group; a null's is the domain's count.
  struct CodeReader: Sendable {
    fileprivate let stride: Int
    fileprivate let cells: Int

    func code(of group: UInt32) -> Int { (Int(group) - 1) / stride % cells }
  }

  /// The codes of the key at a position.
  func codes(of position: Int) -> CodeReader {
    let stride = layout.keys.prefix(position).reduce(1) { $0 * ($1.cellCount ?? 1) }
    return CodeReader(stride: stride, cells: max(1, layout.keys[position].cellCount ?? 1))
  }
}
