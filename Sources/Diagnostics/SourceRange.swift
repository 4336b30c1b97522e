/// A part of a program: byte offsets, half open.
package struct SourceRange: Sendable, Hashable {
  package let start: Int
  package let end: Int

  /// Takes the offsets of the first byte and of the one after the last.
  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest range that holds both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}
