import Columns
import Kernels

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
      return addCodes(codes, dictionary.count, step)
    case (.codes16(let codes, let own), .codes(let dictionary)) where own.isSame(as: dictionary):
      return addCodes(codes, dictionary.count, step)
    case (.bytes(let bytes), .integers(_, let count)):
      return addCodes(bytes, count, step)
    case (.int32(let values), .integers(let base, let count))
    where key.scale == 1 && base.magnitude < 1 << 30 && key.validity == nil:
      return add(values, Int32(base), count, step)
    case (.int64(let values), .integers(let base, let count))
    where key.scale == 1 && key.validity == nil:
      return add(values, base, count, step)
    case (_, .integers(let base, let count)):
      return key.orderWords(into: words) && addWords(words, base, count, step)
    case (_, .multiples(let base, let width, let count)):
      return key.steps(from: base, of: width, into: words) && addWords(words, 0, count, step)
    case (.float64(let values), .floats(let unit, let base, let count)):
      unit.writeMultiples(
        of: values, count: key.count, in: base...base + Int64(count) - 1, into: words)
      return addWords(words, base, count, step)
    default: return false
    }
  }

  /// Adds words, of which those under nulls may be written over.
  private func addWords(
    _ words: UnsafeMutablePointer<Int64>, _ base: Int64, _ count: Int, _ step: Step
  ) -> Bool {
    guard let validity = step.key.validity else { return add(words, base, count, step) }
    var hasNulls = false
    step.rows.forEachNull(validity) { row in
      words[row] = base
      hasNulls = true
    }
    if hasNulls && step.layout.cellCount == count { return false }
    if !add(words, base, count, step) { return false }
    // They have been counted as the first.
    let null = UInt32(count) &* step.stride
    step.rows.forEachNull(validity) { step.groups[$0] &+= null }
    return true
  }

  /// Adds codes, which are below the count under nulls, too.
  private func addCodes<Code: GroupCode>(
    _ codes: UnsafePointer<Code>, _ count: Int, _ step: Step
  ) -> Bool {
    guard let validity = step.key.validity else { return add(codes, 0, count, step) }
    // Of no texts nothing but null comes.
    if !add(codes, 0, max(1, count), step) { return false }
    let mayBeNull = step.layout.cellCount != count
    var isWithin = true
    step.rows.forEachNull(validity) { row in
      isWithin = isWithin && mayBeNull
      step.groups[row] &+= UInt32(count) &* step.stride
      step.groups[row] &-= UInt32(truncatingIfNeeded: codes[row]) &* step.stride
    }
    return isWithin
  }

  private func add<Value: GroupCode>(
    _ values: UnsafePointer<Value>, _ base: Value, _ count: Int, _ step: Step
  ) -> Bool {
    Value.addCodes(
      values, from: base, count: count, stride: step.stride, isFirst: step.isFirst,
      rows: step.rows.count, to: step.groups)
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
