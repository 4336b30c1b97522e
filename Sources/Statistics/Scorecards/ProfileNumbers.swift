import CKernels

/// The numbers of some followers' profiles: a block of a list, or one follower.
///
/// One column of `count` values a known `ProfileColumn`, NaN where a follower's value is unknown. A
/// column that the list lacks is nil: its features add nothing.
package struct ProfileNumbers: Sendable {
  /// How many followers.
  package let count: Int
  private var values: [[Double]?]

  /// `count` followers of whom nothing is known yet.
  package init(count: Int) {
    self.count = count
    values = Array(repeating: nil, count: ProfileColumn.allCases.count)
  }

  /// A column's values; what is set must have `count` of them.
  package subscript(column: ProfileColumn) -> [Double]? {
    get { values[column.rawValue] }
    set {
      precondition(newValue.map { $0.count == count } ?? true, "a column of another length")
      values[column.rawValue] = newValue
    }
  }

  /// The columns that are known.
  package var known: Set<ProfileColumn> {
    Set(ProfileColumn.allCases.filter { values[$0.rawValue] != nil })
  }

  /// A feature of every follower, NaN where unknown; nil where a column of it is missing.
  ///
  /// O(count).
  package func feature(_ feature: ScorecardFeature) -> [Double]? {
    let columns = feature.columns
    guard let first = columns.first, let numerator = self[first] else { return nil }
    guard columns.count == 2, let second = columns.last else { return numerator }
    guard let denominator = self[second] else { return nil }
    return [Double](unsafeUninitializedCapacity: count) { out, filled in
      if let out = out.baseAddress {
        if feature == .friendsPerFollowerSquared {
          ck_per_square(numerator, denominator, count, out)
        } else {
          ck_divide_f64_vv(numerator, denominator, out, count)
        }
      }
      filled = count
    }
  }

  /// The numbers of some followers, in the order given.
  package func only(rows: [Int]) -> ProfileNumbers {
    var some = ProfileNumbers(count: rows.count)
    for column in ProfileColumn.allCases {
      some[column] = self[column].map { values in rows.map { values[$0] } }
    }
    return some
  }
}
