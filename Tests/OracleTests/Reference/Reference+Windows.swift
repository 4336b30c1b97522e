import Columns

/// `window`: values along an order, anew for each combination of keys.
extension Reference {
  func windowed(
    _ input: Relation, _ items: [NamedTerm], _ orders: [Order], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Relation {
    // All items see the columns of the input.
    var wide = input
    var terms: [NamedTerm] = []
    for item in items {
      terms.append(NamedTerm(item.name, try plain(item.term, &wide, orders, keys)))
    }
    var result = input
    for item in terms {
      var column: [Scalar] = []
      for row in wide.rows { column.append(try value(item.term, wide, row)) }
      result.set(item.name, item.term.type, column)
    }
    return result
  }

  /// The expression with each function of `window` put into a column of its own.
  private func plain(
    _ term: Term, _ wide: inout Relation, _ orders: [Order], _ keys: [NamedTerm]
  ) throws(ReferenceEnd) -> Term {
    guard case .window(let function, let arguments, let constant) = term.node else {
      var children: [Term] = []
      for child in term.children { children.append(try plain(child, &wide, orders, keys)) }
      return children.isEmpty ? term : term.over(children)
    }
    var column = [Scalar](repeating: .null, count: wide.rows.count)
    for group in try groups(wide, by: keys.map(\.term)) {
      let own = Relation(fields: wide.fields, rows: group.rows)
      let places = try self.places(own, orders)
      var values: [Scalar] = []
      var sortKeys: [[Scalar]] = []
      for place in places {
        values.append(
          try arguments.first.map { argument throws(ReferenceEnd) in
            try value(argument, own, own.rows[place])
          } ?? .null)
        sortKeys.append(try self.values(orders.map(\.term), own, own.rows[place]))
      }
      let run = Run(values: values, sortKeys: sortKeys, isDescending: orders.map(\.isDescending))
      for (index, place) in places.enumerated() {
        column[group.places[place]] = try run.value(function, at: index, constant, term.type)
      }
    }
    let name = "#\(wide.fields.count)"
    wide.set(name, term.type, column)
    return Term(term.type, .column(name))
  }
}

/// The values of one combination of keys, in order.
private struct Run {
  let values: [Scalar]
  let sortKeys: [[Scalar]]
  let isDescending: [Bool]

  func value(
    _ function: WindowFunction, at index: Int, _ constant: Int?, _ type: DataType
  ) throws(ReferenceEnd) -> Scalar {
    let known = values[...index].filter { $0 != .null }
    let width = constant ?? 1
    let window = values[max(0, index - max(1, width) + 1)...index].filter { $0 != .null }
    switch function {
    case .lag: return index >= width ? values[index - width] : .null
    case .lead: return index + width < values.count ? values[index + width] : .null
    case .rowNumber: return .int(Int64(index + 1))
    case .rank:
      return .int(
        Int64(sortKeys.firstIndex { order($0, sortKeys[index], isDescending) == 0 } ?? 0) + 1)
    case .cumsum: return try total(known, type)
    case .runningMin: return known.min { order($0, $1) < 0 } ?? .null
    case .runningMax: return known.max { order($0, $1) < 0 } ?? .null
    case .rollingCount: return .int(Int64(window.count))
    case .rollingMean:
      return window.isEmpty ? .null : .float(try floatSum(window) / Double(window.count))
    case .rollingMedian: return try middle(window.map(number)).map { .float($0) } ?? .null
    case .rollingMad:
      guard let median = try middle(window.map(number)) else { return .null }
      return try middle(window.map { (number($0) - median).magnitude }).map { .float($0) } ?? .null
    }
  }

  private func number(_ value: Scalar) -> Double { value.number ?? 0 }

  private func total(_ values: [Scalar], _ type: DataType) throws(ReferenceEnd) -> Scalar {
    if type == .float { return .float(try floatSum(values)) }
    var sum: Int64 = 0
    for value in values {
      let (next, overflows) = sum.addingReportingOverflow(value.integer ?? 0)
      if overflows { throw .fault }
      sum = next
    }
    return .make(sum, of: type)
  }

  /// The mean of the two middle ones; NaN last.
  private func middle(_ numbers: [Double]) throws(ReferenceEnd) -> Double? {
    let sorted = numbers.map { Scalar.float($0) }.sorted { order($0, $1) < 0 }
    guard !sorted.isEmpty else { return nil }
    let (low, high) = (number(sorted[(sorted.count - 1) / 2]), number(sorted[sorted.count / 2]))
    // Ints beyond 2⁵³ lose their last digits, which show where the two cancel.
    if max(low.magnitude, high.magnitude) >= 0x1p53, (low + high).magnitude < 1e5 { throw .unsure }
    return low == high ? low : low / 2 + high / 2
  }
}
