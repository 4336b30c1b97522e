import CKernels

/// What the rows before and behind say of a row's follow time: a weight a cell of its band.
///
/// A message is known up to a factor; `scale` brings one back that has become small or large. Behind its
/// cells lie zeros.
struct FollowMessage {
  private(set) var scale: Float = 1

  /// Room for a band: its cells and the zeros.
  static func room(_ width: Int) -> Int { width + Int(CK_MESSAGE_PAD) }
  /// Sums within this are left alone: the next row need not wait for the whole of this one then.
  ///
  /// No wider, since cells far out in the tails, which later rows may need, would be lost sooner.
  private static let settled: ClosedRange<Float> = 0.125...8
  /// Sums outside of this are brought back to 1: their products would leave the range of a float.
  private static let range: ClosedRange<Float> = 1e-12...1e12

  /// Scales a message whose cells add up to `sum`.
  @inline(__always)
  init(sum: Float, _ cells: UnsafeMutablePointer<Float>, _ width: Int) {
    if Self.settled.contains(sum) {
      scale = 1
    } else if Self.range.contains(sum) {
      scale = 1 / sum
    } else if sum > 1e-36, sum < .infinity {
      for cell in 0..<width { cells[cell] /= sum }
    } else {
      // The model says nothing here.
      for cell in 0..<width { cells[cell] = 1 / Float(width) }
    }
  }
}
