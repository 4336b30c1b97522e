import Glibc

/// How rare a chance really is for an account whose counts no model fits quite.
///
/// Of the least chances of its periods a share f was below 0.05, where a perfect model with the windows
/// of one period would leave 0.12. The chance x is then taken to occur with frequency x^γ, γ from f;
/// 100 periods of a perfect model stand at the beginning.
struct AlarmLevel {
  private var periods = 100.0
  private var rare = 12.0

  /// The frequency of chances as small.
  func rarity(of lnP: Double) -> Double {
    let exponent = log(rare / periods) / lnRare
    return min(1, exp(exponent * lnP))
  }

  mutating func learn(_ lnP: Double) {
    periods += 1
    if lnP < lnRare { rare += 1 }
  }
}

private let lnRare = -2.995732273553991
