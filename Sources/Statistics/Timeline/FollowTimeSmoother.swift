import Glibc

/// Replaces interpolated follow times by posterior medians, where the list is short enough.
///
/// The model: follows are a Poisson process whose rate is that of the times found so far, smoothed over a
/// day or a few records, times the rhythm of the day; the age at follow has a density of its own, the same
/// for all, which is learnt from the list itself (expectation and maximisation over `SignUpAges`). Row by
/// row the state is the follow time on a grid, within a band from the last record to the next and a few
/// days more: exact forward and backward sums of a hidden Markov model. The transition of a Poisson
/// process is a decaying sum, so that a row costs its band. O(rows × band) per round.
func smoothFollowTimes(_ times: inout [Int64], _ list: FollowList, _ records: FollowRecords) {
  guard var smoother = FollowTimeSmoother(list, records) else { return }
  var ages = SignUpAges()
  for round in 0..<smootherRounds {
    smoother.setRates(from: times, records)
    let counts = smoother.run(&times, ages, isLast: round == smootherRounds - 1)
    ages = SignUpAges(counts: counts)
  }
}

/// Rounds of learning ages and rates.
private let smootherRounds = 5
/// The most cells of all bands: about a second of work.
private let smootherBudget = 60_000_000

/// The hidden Markov model of follow times over a grid of equal cells.
struct FollowTimeSmoother {
  private let origin: Int64
  private let cell: Int64
  /// Per row the band of cells, its follow cannot be outside.
  private var bandStart: [Int32]
  private var bandEnd: [Int32]
  /// Per row the creation time in cells, or a long time ago where it tells nothing.
  private var created: [Float]
  private var exact: [Bool]
  private let hasStart: Bool
  /// Per cell: the expected follows, and e to the minus that.
  private var rate: [Float]
  private var decay: [Float]
  private let firstRow: Int
  private let lastRow: Int

  init?(_ list: FollowList, _ records: FollowRecords) {
    guard let firstTime = records.times.first, let lastTime = records.times.last,
      let firstRow = records.rows.first, let lastRow = records.rows.last, records.count > 20
    else { return nil }
    let gap = (lastTime - firstTime) / Int64(records.count - 1)
    let pace = (lastTime - firstTime) / Int64(lastRow - firstRow)
    let cell = min(hour, max(60_000_000, min(gap / 10, pace)))
    let cap = min(4 * day, max(cell * 24, gap * 16))
    self.cell = cell
    self.firstRow = firstRow
    self.lastRow = lastRow
    hasStart = false
    origin = firstTime
    let count = lastRow - firstRow + 1
    bandStart = [Int32](repeating: 0, count: count)
    bandEnd = bandStart
    created = [Float](repeating: -1e9, count: count)
    exact = [Bool](repeating: false, count: count)
    rate = []
    decay = []
    let limit = list.capturedAt ?? .max
    var outOfOrder = records.outOfOrder[...]
    var next = 0
    var total = 0
    var low = firstTime
    for row in firstRow...lastRow {
      while records.rows[next] < row { next += 1 }
      let place = row - firstRow
      let isRecord = records.rows[next] == row
      if isRecord { low = records.times[next] }
      let isExact = isRecord && records.isExact[next]
      while let first = outOfOrder.first, first < row { outOfOrder = outOfOrder.dropFirst() }
      let isWrong = outOfOrder.first == row
      if !isRecord, !isWrong { low = max(low, list.createdAt[row]) }
      var high = records.isExact[next] ? records.times[next] : records.times[next] + cap
      high = max(low, min(high, limit))
      bandStart[place] = Int32(truncatingIfNeeded: (low - origin) / cell)
      bandEnd[place] = Int32(truncatingIfNeeded: (high - origin) / cell)
      if !isWrong, !isExact, list.createdAt[row] != .min {
        created[place] = Float(max(-1e9, Double(list.createdAt[row] - origin) / Double(cell)))
      }
      exact[place] = isExact
      total += Int(bandEnd[place] - bandStart[place]) + 1
      if total > smootherBudget { return nil }
    }
    // An exact later time bounds all before it.
    var bound = bandEnd.last ?? 0
    for place in bandEnd.indices.reversed() {
      bound = min(bound, bandEnd[place])
      bandEnd[place] = max(bound, bandStart[place])
    }
    let cells = Int(bandEnd.last ?? 0) + 2
    guard cells < 20_000_000 else { return nil }
    rate = [Float](repeating: 0, count: cells)
    decay = rate
  }

  /// Rates from the times of the last round: follows within a window, times the rhythm of the day.
  mutating func setRates(from times: [Int64], _ records: FollowRecords) {
    let cells = rate.count
    var sums = [Double](repeating: 0, count: cells + 1)
    for row in firstRow...lastRow {
      let place = min(cells - 1, max(0, Int((times[row] - origin) / cell)))
      sums[place + 1] += 1
    }
    for place in 0..<cells { sums[place + 1] += sums[place] }
    let gap = Double(records.times[records.count - 1] - origin) / Double(records.count)
    let reach = max(2, Int(max(Double(day), 3 * gap) / Double(cell)))
    let rhythm = dayRhythm(records)
    let phase = Double(origin - (origin / day) * day)
    for place in 0..<cells {
      let (from, to) = (max(0, place - reach), min(cells, place + reach + 1))
      let mean = (sums[to] - sums[from] + 0.5) / Double(to - from)
      let hours = Int((phase + (Double(place) + 0.5) * Double(cell)) / Double(hour)) % 24
      // Steps of a geometric number of cells have the mean of the process whatever the cell.
      let follows = Float(mean * rhythm[hours])
      decay[place] = 1 / (1 + follows)
      rate[place] = follows / (1 + follows)
    }
  }

  /// The share of follows per hour of the day, mean 1, from when records signed up, drawn towards 1.
  private func dayRhythm(_ records: FollowRecords) -> [Double] {
    var counts = [Double](repeating: 40, count: 24)
    for time in records.times { counts[Int((time % day + day) % day / hour)] += 1 }
    let smooth = (0..<24).map { (hour: Int) -> Double in
      let sides = counts[(hour + 23) % 24] + counts[(hour + 1) % 24]
      return counts[hour] / 2 + sides / 4
    }
    let mean = smooth.reduce(0, +) / 24
    return smooth.map { $0 / mean }
  }

  /// One round: forward and backward sums, medians into `times`, expected ages back.
  func run(_ times: inout [Int64], _ ages: SignUpAges, isLast: Bool) -> [Double] {
    let density = ages.table(cell: cell)
    var counts = [Double](repeating: 0, count: SignUpAges.binCount)
    let count = bandStart.count
    let block = 2048
    var checkpoints: [[Float]] = []
    var message = initialMessage(density)
    for place in 0..<count {
      if place > 0 { message = forward(message, place, density) }
      if place % block == 0 { checkpoints.append(message) }
    }
    var behind = [Float](repeating: 1, count: bandWidth(count - 1))
    var start = (count - 1) / block * block
    while start >= 0 {
      let end = min(count, start + block)
      var messages = [checkpoints[start / block]]
      for place in (start + 1)..<max(start + 1, end) {
        messages.append(forward(messages[place - start - 1], place, density))
      }
      for place in (start..<end).reversed() {
        if place < count - 1 { behind = backward(behind, place, density) }
        let posterior = zip(messages[place - start], behind).map { $0 * $1 }
        times[firstRow + place] = median(posterior, place)
        if !isLast { tally(posterior, place, density, &counts) }
      }
      start -= block
    }
    return counts
  }

  private func bandWidth(_ place: Int) -> Int { Int(bandEnd[place] - bandStart[place]) + 1 }

  private func initialMessage(_ density: SignUpAges.Table) -> [Float] {
    var message = [Float](repeating: 1, count: bandWidth(0))
    weigh(&message, 0, density)
    return message
  }

  /// The message of a row from that of the row before: moved on by the process, weighed by its age.
  private func forward(_ message: [Float], _ place: Int, _ density: SignUpAges.Table) -> [Float] {
    let (from, before) = (Int(bandStart[place]), Int(bandStart[place - 1]))
    var next = [Float](repeating: 0, count: bandWidth(place))
    var sum: Float = 0
    for step in before...max(before, Int(bandEnd[place])) {
      sum *= decay[step]
      if step - before < message.count { sum += message[step - before] }
      if step >= from { next[step - from] = sum * rate[step] }
    }
    weigh(&next, place, density)
    return next
  }

  /// The chance of all later rows by the follow time of a row, from that of the row after.
  private func backward(_ behind: [Float], _ place: Int, _ density: SignUpAges.Table) -> [Float] {
    var later = behind
    weigh(&later, place + 1, density)
    let (from, after) = (Int(bandStart[place]), Int(bandStart[place + 1]))
    var result = [Float](repeating: 0, count: bandWidth(place))
    var sum: Float = 0
    for step in stride(from: Int(bandEnd[place + 1]), through: from, by: -1) {
      if step >= after { sum += later[step - after] * rate[step] }
      if step - from < result.count { result[step - from] = sum }
      sum *= decay[step]
    }
    normalise(&result)
    return result
  }

  /// Multiplies a message by the density of the row's age at each cell, and scales it to sum 1.
  private func weigh(_ message: inout [Float], _ place: Int, _ density: SignUpAges.Table) {
    if !exact[place] {
      let age = Float(bandStart[place]) + 0.5 - created[place]
      if age < Float(density.values.count - 1) {
        for step in message.indices {
          message[step] *= density[age + Float(step)]
        }
      }
    }
    normalise(&message)
  }

  private func normalise(_ message: inout [Float]) {
    var sum: Float = 0
    for value in message { sum += value }
    // Below this even the inverse has no place in a float: the model says nothing here.
    if sum > 1e-36 {
      let scale = 1 / sum
      for step in message.indices { message[step] *= scale }
    } else {
      for step in message.indices { message[step] = 1 / Float(message.count) }
    }
  }

  private func median(_ posterior: [Float], _ place: Int) -> Int64 {
    let half = posterior.reduce(0, +) / 2
    guard half > 1e-36 else { return origin + Int64(bandStart[place]) * cell }
    var sum: Float = 0
    for (step, value) in posterior.enumerated() {
      if sum + value >= half, value > 0 {
        let share = Double((half - sum) / value)
        let cells = Double(bandStart[place]) + Double(step) + share
        return origin + Int64(cells * Double(cell))
      }
      sum += value
    }
    return origin + Int64(bandStart[place]) * cell
  }

  private func tally(
    _ posterior: [Float], _ place: Int, _ density: SignUpAges.Table, _ counts: inout [Double]
  ) {
    guard !exact[place], created[place] > -1e8 else { return }
    let age = Float(bandStart[place]) + 0.5 - created[place]
    let sum = posterior.reduce(0, +)
    guard sum > 0 else { return }
    for step in posterior.indices {
      counts[density.bin(age + Float(step))] += Double(posterior[step] / sum)
    }
  }
}
