@testable import Statistics

/// The search with loops that pass one number on after another.
extension EventOverlapSearch {
  init(_ accounts: [OverlapAccount], _ events: [OverlapEvent], thresholds: OverlapThresholds) {
    self.init(accounts, events, people: accounts.people, thresholds: thresholds) { count, body in
      for index in 0..<count { body(index) }
    }
  }
}

/// The overlaps of events with other accounts that chance does not explain, strongest first.
func eventOverlaps(
  _ accounts: [OverlapAccount], _ events: [OverlapEvent], thresholds: OverlapThresholds
) -> [EventOverlap] {
  let search = EventOverlapSearch(accounts, events, thresholds: thresholds)
  return search.reported(accounts.indices.flatMap { search.overlaps(on: $0) })
}
