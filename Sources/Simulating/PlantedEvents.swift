/// A block of followers delivered within six hours of one day.
///
/// Its fakes were created within one window of ten days, 20 to 200 days earlier; the others are
/// ordinary followers.
package struct Spike: Hashable, Sendable {
  /// When it happens; of a wave its first day.
  package var day: SimulationDay
  /// Its followers.
  package var count: Int
  /// The part of fakes, 0 to 1.
  package var fakeShare: Double

  /// A spike; its values are checked by `Simulation`.
  package init(day: SimulationDay, count: Int, fakeShare: Double) {
    self.day = day
    self.count = count
    self.fakeShare = fakeShare
  }
}

/// A wave of ordinary followers: so many on its first day, half as many on each day after.
///
/// Their accounts are younger than usual: ages times 0.7.
package struct Viral: Hashable, Sendable {
  /// When it happens; of a wave its first day.
  package var day: SimulationDay
  /// Followers on the first day.
  package var peak: Int

  /// A wave; its values are checked by `Simulation`.
  package init(day: SimulationDay, peak: Int) {
    self.day = day
    self.peak = peak
  }
}

/// A few fakes every day, from one pool whose accounts were created in three windows of ten days.
package struct Drip: Hashable, Sendable {
  /// The first day.
  package var from: SimulationDay
  /// The last day.
  package var to: SimulationDay
  /// The mean of a day.
  package var perDay: Double

  /// A drip; its values are checked by `Simulation`.
  package init(from: SimulationDay, to: SimulationDay, perDay: Double) {
    self.from = from
    self.to = to
    self.perDay = perDay
  }
}

/// The removal of a share of all fakes that followed before a day.
package struct Purge: Hashable, Sendable {
  /// When it happens; of a wave its first day.
  package var day: SimulationDay
  /// The chance of each fake to be removed, 0 to 1.
  package var share: Double

  /// A purge; its values are checked by `Simulation`.
  package init(day: SimulationDay, share: Double) {
    self.day = day
    self.share = share
  }
}

/// Days whose followers are missing from the list.
package struct Gap: Hashable, Sendable {
  /// The first day.
  package var from: SimulationDay
  /// The last day.
  package var to: SimulationDay

  /// A gap; its values are checked by `Simulation`.
  package init(from: SimulationDay, to: SimulationDay) {
    self.from = from
    self.to = to
  }
}
