/// Compares the likeness of texts to one text with a threshold; belongs to one worker.
package final class LikenessTest {
  private let text: [UInt8]
  private let comparison: Comparison
  private let threshold: Double
  private let similarity = Similarity()
  private let bound: LikenessBound

  package init(_ text: [UInt8], _ comparison: Comparison, _ threshold: Double) {
    self.text = text
    self.comparison = comparison
    self.threshold = threshold
    bound = LikenessBound(text, reaching: threshold)
  }

  /// Writes the bits of the rows for which the comparison holds.
  ///
  /// Those that cannot reach the threshold are not measured.
  package func test(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    let ofLess = comparison.holds(-1)
    text.withUnsafeBufferPointer { text in
      for word in 0..<(count &+ 63) / 64 {
        let start = word &* 64
        let own = min(64, count &- start)
        let likely = bound.mayReach(rows, from: start, count: own)
        var found = ofLess ? ~likely & (~0 &>> UInt64(64 &- own)) : 0
        var left = likely
        while left != 0 {
          let bit = left.trailingZeroBitCount
          left &= left &- 1
          let likeness = similarity.measure(rows[start &+ bit], text)
          // NaN is greater than all.
          let order = likeness == threshold ? 0 : likeness > threshold ? 1 : -1
          found |= (comparison.holds(order) ? 1 : 0) &<< UInt64(bit)
        }
        bits[word] = found
      }
    }
  }
}
