/// Where the values of a segment are that are read only when they are first used, such as a mapped
/// file.
package protocol SegmentSource: AnyObject, Sendable {
  /// The values of all rows, and which of them are present (nil: all).
  ///
  /// Of the same form at each call. What turns out to be damaged is replaced by harmless values that
  /// agree with the segment's statistics; the source remembers that.
  var contents: (values: Segment.Values, validity: Bitmap?) { get }

  /// The dictionary of all its texts; nil where it has none.
  var dictionary: TextDictionary? { get }
}

extension SegmentSource {
  package var dictionary: TextDictionary? { contents.values.dictionary }
}

extension Segment.Values {
  /// The dictionary of codes.
  fileprivate var dictionary: TextDictionary? {
    switch self {
    case .codes8(_, let dictionary), .codes16(_, let dictionary): dictionary
    default: nil
    }
  }
}

extension Segment {
  /// The dictionary of all its texts; nil where it has none.
  package var dictionary: TextDictionary? { source.map(\.dictionary) ?? values.dictionary }
}
