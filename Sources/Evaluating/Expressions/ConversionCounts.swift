import Synchronization

/// Counts the values that conversions could not read, by what was converted to what.
final class ConversionCounts: Sendable {
  private let counts = Mutex<[(label: String, count: Int)]>([])
  /// Labels of constants that did not convert: one value each, however often they are computed.
  private let constants = Mutex<Set<String>>([])

  /// Adds to the count of a label such as `values of 'x' are not an int`.
  func add(_ count: Int, label: String) {
    if count == 0 { return }
    counts.withLock { counts in
      if let index = counts.firstIndex(where: { $0.label == label }) {
        counts[index].count += count
      } else {
        counts.append((label, count))
      }
    }
  }

  /// Takes over what was counted while constants were computed.
  func addConstants(_ other: ConversionCounts) {
    let labels = other.counts.withLock { $0.map(\.label) }
    if !labels.isEmpty { constants.withLock { $0.formUnion(labels) } }
  }

  /// One sentence a label, `3 values of 'x' are not an int`, in the order of the labels.
  var notes: [String] {
    let constants = constants.withLock { $0 }
    return counts.withLock { counts in
      let others = constants.filter { label in !counts.contains { $0.label == label } }
      let all = counts + others.map { ($0, 1) }
      return all.sorted { $0.label < $1.label }.map { entry in
        entry.count == 1
          ? "1 " + singular(entry.label) : "\(entry.count) \(entry.label)"
      }
    }
  }

  private func singular(_ label: String) -> String {
    guard label.hasPrefix("values of"), let verb = label.range(of: " are not ") else {
      return label
    }
    return "value" + label["values".endIndex..<verb.lowerBound] + " is not "
      + label[verb.upperBound...]
  }
}

extension String {
  /// The first place of a text in another.
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) {
        return start..<index(start, offsetBy: part.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
