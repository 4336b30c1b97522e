/// An event's followers with what they are compared to.
package struct CohortInput: Sendable {
  /// Those who followed in the periods of the event.
  package var cohort: FollowerProfiles
  /// The account's usual followers around it, without those of any event.
  package var usual: FollowerProfiles
  /// Followers expected from the baseline in the periods of the event.
  package var expected: Double
  /// The interval of observed − expected.
  package var excessInterval: Interval
  /// How the event rises and ends; nil where the days around it are not known.
  package var course: EventCourse?
  /// True where the cohort's members also form an event on another account.
  package var isShared = false

  /// An event's followers and the usual ones.
  package init(
    cohort: FollowerProfiles, usual: FollowerProfiles, expected: Double, excessInterval: Interval,
    course: EventCourse? = nil
  ) {
    self.cohort = cohort
    self.usual = usual
    self.expected = expected
    self.excessInterval = excessInterval
    self.course = course
  }

  /// How much a share among all of the cohort understates that among those above the expected.
  var dilution: Double {
    Double(cohort.count) / max(1, Double(cohort.count) - expected)
  }
}
