/// The weights of evidence at which order evidence matters: where it lifts a follower above one of them.
///
/// Most followers are so far below that no neighbours of theirs are surprising enough.
package struct WeightLimits {
  /// Rising.
  let levels: [Double]
  /// By row; where it is `raised`, less evidence than `least` counts as that.
  let marks: UnsafePointer<UInt8>
  let raised: UInt8
  let least: Double

  package init(
    levels: [Double], marks: UnsafePointer<UInt8>, raised: UInt8, least: Double
  ) {
    self.levels = levels
    self.marks = marks
    self.raised = raised
    self.least = least
  }
}

/// The surprises that neighbours must have at the least for a row of some evidence to reach the next level:
/// a table by evidence, in steps.
struct NeededSurprises {
  /// By evidence less the usual, from the least that `RankedStretch` tells apart.
  private let usual: [Float]
  private let raised: [Float]
  private let marks: UnsafePointer<UInt8>
  private let raisedMark: UInt8

  /// Steps of a quarter, of 1,024ths.
  private static let shift: Int32 = 8
  private static let lowest = -Int32(RankedStretch.mostWeight) * 1024
  /// Far more than evidence is rounded by.
  private static let margin = 0.001

  init(_ limits: WeightLimits, usual: Double) {
    let steps = 0...Int(-2 * Self.lowest >> Self.shift)
    self.usual = steps.map { Self.surprise(limits, step: $0, of: steps, usual, raisedTo: nil) }
    raised = steps.map {
      Self.surprise(limits, step: $0, of: steps, usual, raisedTo: limits.least)
    }
    (marks, raisedMark) = (limits.marks, limits.raised)
  }

  /// Those of some rows of a list, by their weights (`RankedStretch`) in this order.
  func least(of rows: UnsafeBufferPointer<Int32>, weights: ArraySlice<Int16>) -> [Float] {
    [Float](unsafeUninitializedCapacity: rows.count) { out, filled in
      weights.withUnsafeBufferPointer { weights in
        usual.withUnsafeBufferPointer { usual in
          raised.withUnsafeBufferPointer { raised in
            for place in 0..<rows.count {
              let step = Int((Int32(weights[place]) &- Self.lowest) &>> Self.shift)
              let isRaised = marks[Int(rows[place])] == raisedMark
              out.initializeElement(at: place, to: isRaised ? raised[step] : usual[step])
            }
          }
        }
      }
      filled = rows.count
    }
  }

  private static func surprise(
    _ limits: WeightLimits, step: Int, of steps: ClosedRange<Int>, _ usual: Double,
    raisedTo least: Double?
  ) -> Float {
    let low = usual + Double(lowest + Int32(step) << shift) / 1024 - margin
    var high = low + Double(1 << shift) / 1024 + 2 * margin
    // The evidence of the last step may be any above it.
    if step == steps.upperBound { high = .infinity }
    if let least { high = max(high, least) }
    guard let level = limits.levels.first(where: { $0 >= low }) else { return .infinity }
    return OrderEvidence.leastSurprise(ofEvidence: level - high - margin)
  }
}

extension OrderEvidence {
  /// The surprise without which neighbours give less evidence, whatever their mean evidence and their lift;
  /// infinite where none is as great.
  static func leastSurprise(ofEvidence evidence: Double) -> Float {
    let others =
      weights.constant + weights.mean * Neighbourhood.mostMean
      + weights.lift * portableLog(Neighbourhood.mostLift)
    let surprise = portableExp((evidence - others) / weights.surprise) - 1
    return surprise > mostSurprise ? .infinity : Float(max(leastSurprise, surprise))
  }

  /// No neighbours surprise more: all of the longest reach, where at most half of one is expected; and a little.
  static let mostSurprise: Double = {
    let most = Double(2 * (reaches.max() ?? 0))
    return most * portableLog(2 * most) - most + 1
  }()
}
