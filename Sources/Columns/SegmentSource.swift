/// Where the values of a segment are that are read only when they are first used, such as a mapped
/// file.
package protocol SegmentSource: AnyObject, Sendable {
  /// The values of all rows, and which of them are present (nil: all).
  ///
  /// Of the same form at each call. What turns out to be damaged is replaced by harmless values that
  /// agree with the segment's statistics; the source remembers that.
  var contents: (values: Segment.Values, validity: Bitmap?) { get }
}
