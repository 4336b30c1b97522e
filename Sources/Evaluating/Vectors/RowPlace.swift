/// A row of a segmented column in one word: the segment in the upper 32 bits, the row in the lower.
///
/// Places sort like global row numbers.
struct RowPlace: Hashable, Comparable {
  let packed: Int

  init(segment: Int, row: Int) {
    packed = segment &<< 32 | row
  }

  init(packed: Int) {
    self.packed = packed
  }

  /// No row: gathering it gives null.
  static let none = RowPlace(packed: -1)

  var segment: Int { packed >> 32 }
  var row: Int { packed & 0xFFFF_FFFF }

  static func < (left: RowPlace, right: RowPlace) -> Bool { left.packed < right.packed }
}
