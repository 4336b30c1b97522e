import Statistics

/// A follower list with planted events, made up from a seed.
///
/// The same options give the same bytes on every machine. Rows come newest first and are made day by
/// day, so that memory holds one day whatever the size. Ordinary growth does not change when an event
/// is planted. The list is as of the end of its last day; all days are those of UTC.
package struct Simulation {
  private let options: SimulationOptions
  private let events: [EventPlan]

  /// Checks the options; the error says what is wrong with which.
  package init(_ options: SimulationOptions) throws(SimulationError) {
    try options.check()
    self.options = options
    events = EventPlan.all(options)
  }

  /// Writes the list as CSV, in chunks, and returns what was planted.
  ///
  /// `labels`, when given, gets a second CSV of `id,class,event` in the same order; the class is never
  /// in the list itself. An error thrown by a sink ends the run and is passed on. About 1 µs a row.
  package func write(
    to sink: ([UInt8]) throws -> Void, labels: (([UInt8]) throws -> Void)? = nil
  ) throws -> SimulationTruth {
    let maker = FollowerDay(options, events: events)
    let row = FollowerRow(options)
    let losses = Losses(options)
    var truth = SimulationTruth(options, events: events)
    var list = RowWriter()
    var answers = RowWriter()
    row.writeHeader(&list)
    if labels != nil { answers.text("id,class,event\n") }
    for day in stride(from: options.days - 1, through: 0, by: -1) {
      let followers = maker.followers(day: day)
      let left = followers.filter { !losses.remove($0, day: day, from: &truth) }
      truth.count(added: followers, left: left, day: day)
      for follower in newestFirst(left) {
        let id = row.write(follower, &list)
        try list.flush(all: false, to: sink)
        if let labels {
          writeLabel(follower, id: id, &answers)
          try answers.flush(all: false, to: labels)
        }
      }
    }
    try list.flush(all: true, to: sink)
    if let labels { try answers.flush(all: true, to: labels) }
    return truth
  }

  /// Followers of one second keep the reverse of the order they were made in.
  private func newestFirst(_ followers: [Follower]) -> [Follower] {
    // One day's seconds above, the place below.
    let keys = followers.enumerated().map { ($1.followedAt % secondsPerDay) << 32 | $0 }
    return keys.sorted(by: >).map { followers[$0 & 0xFFFF_FFFF] }
  }

  private func writeLabel(_ follower: Follower, id: Int, _ writer: inout RowWriter) {
    writer.number(id)
    writer.comma()
    writer.text(follower.kind.name)
    writer.comma()
    if follower.event >= 0 {
      writer.bytes(Array("\(events[follower.event].name) \(events[follower.event].index)".utf8))
    }
    writer.byte(0x0A)
  }
}
