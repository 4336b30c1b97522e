import Glibc

/// The density of the age of an account when it follows: equal steps up to a few hours, wider ones later.
struct SignUpAges {
  /// Upper edges of the bins in hours; the last bin is open.
  static let edges: [Double] = [
    0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 36, 48, 60, 72, 96, 144, 288, 1000, 4000, 16000,
  ]
  static var binCount: Int { edges.count + 1 }
  /// Per bin the density an hour.
  private var densities: [Double]

  /// What is taken before the list has been heard: a tenth within two days, mostly in the first hours.
  init() {
    densities = SignUpAges.edges.map { 1 / (1 + $0) / (1 + $0 / 24) } + [1e-6]
  }

  /// The density of expected counts per bin, a twentieth of a follower added to each.
  init(counts: [Double]) {
    densities = []
    var low = 0.0
    for (bin, count) in counts.enumerated() {
      let high = bin < SignUpAges.edges.count ? SignUpAges.edges[bin] : low * 3
      densities.append((count + 0.05) / (high - low))
      low = high
    }
  }

  /// The density by age in cells of a grid, with the last value repeated for a band's reach.
  func table(cell: Int64, reach: Int) -> Table {
    let scale = Double(cell) / Double(hour)
    let length = Int(288 / scale) + 1
    var values: [Float] = []
    var bins: [UInt8] = []
    values.reserveCapacity(length + reach)
    for step in 0..<length {
      // The mean over the cell, by sixteen points.
      var sum = 0.0
      for part in 0..<16 {
        let age = Double(step) + (Double(part) + 0.5) / 16
        sum += densities[bin(age * scale)]
      }
      values.append(Float(sum / 16))
      bins.append(UInt8(bin((Double(step) + 0.5) * scale)))
    }
    values += [Float](repeating: values[length - 1], count: reach)
    return Table(values: values, bins: bins)
  }

  private func bin(_ hours: Double) -> Int {
    SignUpAges.edges.partitioningIndex { $0 > hours }
  }

  /// Densities by age in whole cells; an age past the end counts as the last.
  struct Table {
    /// The densities, and the last one repeated.
    var values: [Float]
    /// The bin of each age.
    var bins: [UInt8]

    /// Ages in cells that have a density of their own.
    var length: Int { bins.count }

    func bin(_ age: Float) -> Int {
      Int(bins[min(bins.count - 1, max(0, Int(age)))])
    }
  }
}
