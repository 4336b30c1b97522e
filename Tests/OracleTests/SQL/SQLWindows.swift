import Columns

extension SQLWriter {
  /// Each function of `window` in a column of its own, then what is made of them.
  func window(
    _ items: [NamedTerm], _ orders: [Order], _ keys: [NamedTerm], _ chain: inout SQLChain,
    _ input: [Field], _ output: [Field]
  ) -> Bool {
    if keys.contains(where: { !$0.term.pipelines.isEmpty }) { return false }
    let partition = keys.compactMap { sql($0.term) }
    guard partition.count == keys.count, let ordering = ordering(orders, input) else {
      return false
    }
    var frame = WindowFrame(
      partition: partition.isEmpty ? "" : "PARTITION BY \(partition.joined(separator: ", ")) ",
      ordering: ordering)
    var terms: [String: Term] = [:]
    for item in items { terms[item.name] = frame.plain(item.term, self) }
    if frame.isIncomplete { return false }
    chain.add("SELECT *, \(frame.columns.joined(separator: ", ")) FROM \(chain.last)")
    let columns = output.compactMap { field in
      (terms[field.name].map { sql($0) } ?? Self.quoted(field.name)).map {
        "\($0) AS \(Self.quoted(field.name))"
      }
    }
    guard columns.count == output.count else { return false }
    chain.add("SELECT \(columns.joined(separator: ", ")), __o FROM \(chain.last)")
    return true
  }
}

/// The window that functions of one stage are over, and the columns that they make.
private struct WindowFrame {
  let partition: String
  let ordering: String
  private(set) var columns: [String] = []
  private(set) var isIncomplete = false

  init(partition: String, ordering: String) {
    (self.partition, self.ordering) = (partition, ordering)
  }

  /// The expression over the columns.
  mutating func plain(_ term: Term, _ writer: SQLWriter) -> Term {
    guard case .window(let function, let arguments, let constant) = term.node else {
      let children = term.children.map { plain($0, writer) }
      return children.isEmpty ? term : term.over(children)
    }
    let name = "__w\(columns.count)"
    let argument = arguments.first.map { writer.sql($0) } ?? ""
    if let argument {
      columns.append("\(value(function, argument, constant ?? 1, term.type)) AS \(name)")
    } else {
      isIncomplete = true
    }
    return Term(term.type, .column(name))
  }

  private func value(
    _ function: WindowFunction, _ x: String, _ constant: Int, _ type: DataType
  ) -> String {
    let whole = "OVER (\(partition)ORDER BY \(ordering))"
    let running = "OVER (\(partition)ORDER BY \(ordering) ROWS UNBOUNDED PRECEDING)"
    let rolling =
      "OVER (\(partition)ORDER BY \(ordering) ROWS BETWEEN \(constant - 1) PRECEDING "
      + "AND CURRENT ROW)"
    let number = "CAST(\(x) AS DOUBLE)"
    switch function {
    case .lag, .lead: return "\(function.rawValue)(\(x), \(constant)) \(whole)"
    case .rowNumber: return "row_number() \(whole)"
    case .rank:
      // Without the number of the row, which is the last key.
      let keys = ordering.hasSuffix(", __o") ? ordering.dropLast(5) : ordering[...]
      return "rank() OVER (\(partition)ORDER BY \(keys))"
    case .cumsum:
      return type == .float
        ? "coalesce(sum(\(x)) \(running), 0.0)"
        : "coalesce(CAST(sum(\(x)) \(running) AS BIGINT), 0)"
    case .runningMin: return "min(\(x)) \(running)"
    case .runningMax: return "max(\(x)) \(running)"
    case .rollingCount: return "count(\(x)) \(rolling)"
    case .rollingMean: return "avg(\(number)) \(rolling)"
    case .rollingMedian: return "median(\(number)) \(rolling)"
    case .rollingMad: return "mad(\(number)) \(rolling)"
    }
  }
}
