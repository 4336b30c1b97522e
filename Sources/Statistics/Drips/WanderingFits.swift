/// The fits of all wanders that are tried to a series of shares, each made once and when it is needed.
struct WanderingFits {
  private let series: ShareSeries
  private let settings: ShareScanSettings
  private var made: [WanderingFit?]

  init(_ series: ShareSeries, _ settings: ShareScanSettings) {
    (self.series, self.settings) = (series, settings)
    made = [WanderingFit?](
      repeating: nil, count: settings.wanders.count * settings.flickers.count)
  }

  /// Whether a rise can beat the likeliest wander: a bound that most lists fail, of a few of the fits.
  mutating func mayRise() -> Bool {
    var plain = -Double.infinity
    for index in made.indices where !isTooUnlikely(settings.wandering(index), beside: plain) {
      let fit = WanderingFit(series, settings.wandering(index))
      made[index] = fit
      plain = max(plain, fit.lnDensity)
    }
    return made.contains { fit in fit.map { mayRise($0, beside: plain) } ?? false }
  }

  /// All of them.
  mutating func all() -> [WanderingFit] {
    made.indices.map { index in
      let fit = made[index] ?? WanderingFit(series, settings.wandering(index))
      made[index] = fit
      return fit
    }
  }

  /// Whether a fit that wanders no more tells that no rise of this one can beat the likeliest wander.
  private func isTooUnlikely(_ wandering: Wandering, beside plain: Double) -> Bool {
    made.contains { fit in
      guard let fit, fit.wandering.wander <= wandering.wander,
        fit.wandering.flicker <= wandering.flicker
      else { return false }
      return fit.ceiling < plain + settings.overWander
    }
  }

  private func mayRise(_ fit: WanderingFit, beside plain: Double) -> Bool {
    let least = plain + settings.overWander
    guard fit.lnDensity < least else { return true }
    // A little less, for the rounding of sums.
    let height = 0.999 * (2 * (least - fit.lnDensity)).squareRoot()
    return fit.ceiling >= least && fit.mayRise(over: height, series, settings)
  }
}
