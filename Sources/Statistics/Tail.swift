import Glibc

/// A probability and what is left of 1, both as natural logarithms, so that neither underflows.
struct LogProbability {
  var value: Double
  var complement: Double

  /// From the one that was computed without cancellation.
  init(value: Double) {
    self.value = min(0, value)
    complement = lnOneMinusExp(self.value)
  }

  init(value: Double, complement: Double) {
    self.value = value
    self.complement = complement
  }

  var flipped: LogProbability { LogProbability(value: complement, complement: value) }

  static let certain = LogProbability(value: 0, complement: -Double.infinity)
  static let impossible = LogProbability(value: -Double.infinity, complement: 0)
}
