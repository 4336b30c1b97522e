/// Why an Arrow file cannot be read, or a table not be written as one.
package struct ArrowProblem: Error, Sendable, Hashable {
  /// Whose fault it is.
  package enum Kind: Sendable, Hashable {
    /// The bytes contradict the format.
    case damaged
    /// The format allows it; it is not read or written here.
    case unsupported
  }

  package let kind: Kind
  /// In words, with the place inside the file, without a full stop.
  package let reason: String
  /// What to do; nil where that is clear.
  package let hint: String?

  /// A contradiction at a place, such as `batch 3`.
  static func damaged(_ reason: String) -> ArrowProblem {
    ArrowProblem(kind: .damaged, reason: reason, hint: nil)
  }

  static func unsupported(_ reason: String, hint: String? = nil) -> ArrowProblem {
    ArrowProblem(kind: .unsupported, reason: reason, hint: hint)
  }
}

extension ArrowProblem {
  /// The same with the place in front.
  func at(_ place: String) -> ArrowProblem {
    ArrowProblem(kind: kind, reason: "\(place): \(reason)", hint: hint)
  }
}
