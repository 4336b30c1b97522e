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
    groups.update(repeating: 1, count: rows.count)
    var stride = 1
    for (key, layout) in zip(keys, layout.keys) {
      if !add(key, layout, rows, UInt32(stride), groups, words) { return false }
      stride *= layout.cellCount ?? 1
    }
    return true
  }

  private func add(
    _ key: DenseColumn, _ layout: KeyLayout, _ rows: GroupedRows, _ stride: UInt32,
    _ groups: UnsafeMutablePointer<UInt32>, _ words: UnsafeMutablePointer<Int64>
  ) -> Bool {
    switch (key.values, layout.domain) {
    case (.codes8(let codes, let own), .codes(let dictionary)) where own === dictionary:
      return add(codes, key, rows, dictionary.count, stride, groups)
    case (.codes16(let codes, let own), .codes(let dictionary)) where own === dictionary:
      return add(codes, key, rows, dictionary.count, stride, groups)
    case (.bytes(let bytes), .integers(_, let count)):
      return add(bytes, key, rows, count, stride, groups)
    case (.int32(let values), .integers(let base, let count)) where key.scale == 1:
      return add(values, base, key, rows, count, stride, groups)
    case (.int16(let values), .integers(let base, let count)) where key.scale == 1:
      return add(values, base, key, rows, count, stride, groups)
    case (_, .integers(let base, let count)):
      if !key.orderWords(into: words) { return false }
      return add(UnsafePointer(words), base, key, rows, count, stride, groups)
    default: return false
    }
  }

  private func add<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: UnsafePointer<Code>, _ key: DenseColumn, _ rows: GroupedRows, _ count: Int,
    _ stride: UInt32, _ groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard let validity = key.validity else {
      var greatest: UInt32 = 0
      for row in 0..<rows.count {
        let code = UInt32(truncatingIfNeeded: codes[row])
        greatest = code > greatest ? code : greatest
        groups[row] &+= code &* stride
      }
      return rows.count == 0 || Int(greatest) < count
    }
    for row in 0..<rows.count {
      let isValid = isPresent(validity, rows, row)
      let code = isValid ? Int(codes[row]) : count
      if code > count { return false }
      groups[row] &+= UInt32(truncatingIfNeeded: code) &* stride
    }
    return true
  }

  private func add<Stored: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Stored>, _ base: Int64, _ key: DenseColumn, _ rows: GroupedRows,
    _ count: Int, _ stride: UInt32, _ groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard let validity = key.validity else {
      var greatest: UInt64 = 0
      for row in 0..<rows.count {
        let code = UInt64(bitPattern: Int64(truncatingIfNeeded: values[row]) &- base)
        greatest = code > greatest ? code : greatest
        groups[row] &+= UInt32(truncatingIfNeeded: code) &* stride
      }
      return rows.count == 0 || greatest < UInt64(count)
    }
    for row in 0..<rows.count {
      let isValid = isPresent(validity, rows, row)
      let code =
        isValid
        ? UInt64(bitPattern: Int64(truncatingIfNeeded: values[row]) &- base) : UInt64(count)
      if code > UInt64(count) { return false }
      groups[row] &+= UInt32(truncatingIfNeeded: code) &* stride
    }
    return true
  }

  @inline(__always) private func isPresent(
    _ validity: UnsafePointer<UInt64>, _ rows: GroupedRows, _ row: Int
  ) -> Bool {
    let position = rows.positions.map { Int($0[row]) } ?? row
    return validity[position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63) & 1 != 0
  }

  /// The code of each key of a group; a null's is the domain's count.
  func codes(of group: Int) -> [Int] {
    var rest = group - 1
    return layout.keys.map { key in
      let cells = key.cellCount ?? 1
      defer { rest /= cells }
      return rest % cells
    }
  }
}
