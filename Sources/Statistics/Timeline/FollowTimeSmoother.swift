import Glibc

/// Replaces interpolated follow times by posterior medians, where that is worth its time.
///
/// The model: follows are a Poisson process whose rate is that of the times found so far, smoothed over a
/// day or a few records, times the rhythm of the day; the age at follow has a density of its own, the same
/// for all, which is learnt from the list by one step of expectation and maximisation over `SignUpAges`:
/// more steps sharpen the density until it fits the noise of the times, and make the estimates worse.
/// Row by row the state is the follow time on a grid, within a band from the last record to the next and a
/// few gaps more: exact forward and backward sums of a hidden Markov model. The transition of a Poisson
/// process is a decaying sum, so that a row costs its band. O(rows × band). Long lists get coarser cells,
/// and the longest none: with so many followers the records stand close, and interpolation is as good as
/// cells so coarse (`scripts/evaluate`'s accounts, 300 and 1000 a day: interpolated .37 and .16 h, by
/// cells of the pace .21 and .08 h, four times as coarse .19 and .13 h).
func smoothFollowTimes(_ times: inout [Int64], _ list: FollowList, _ records: FollowRecords) {
  guard var smoother = FollowTimeSmoother(list, records) else { return }
  smoother.setRates(from: times, records)
  var counts = [Double](repeating: 0, count: SignUpAges.binCount)
  for stretch in smoother.stretches {
    smoother.run(stretch, &times, SignUpAges(), &counts, isLearning: true)
  }
  let ages = SignUpAges(counts: counts)
  smoother.setRates(from: times, records)
  smoother.run(smoother.places, &times, ages, &counts, isLearning: false)
}

/// About the most cells of all bands: less than a second of work.
private let smootherBudget: Int64 = 16_000_000
/// The fewest cells between two records that say more than interpolation.
private let fewestCells: Int64 = 6
/// How far a band reaches beyond the last record, in gaps between records.
private let bandGaps: Int64 = 4
/// The rows of the longest list all of which ages are learnt from.
private let longestLearnt = 50_000
/// Rows whose messages are kept at a time, and the rows of a stretch for learning.
private let blockRows = 1024

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
  /// Per cell: the expected follows, and e to the minus that.
  private var rate: [Float]
  private var decay: [Float]
  private let firstRow: Int
  private let lastRow: Int
  /// The widest band.
  private let widest: Int

  init?(_ list: FollowList, _ records: FollowRecords) {
    guard let firstTime = records.times.first, let lastTime = records.times.last,
      let firstRow = records.rows.first, let lastRow = records.rows.last, records.count > 20
    else { return nil }
    let gap = (lastTime - firstTime) / Int64(records.count - 1)
    let pace = (lastTime - firstTime) / Int64(lastRow - firstRow)
    let affordable = gap * bandGaps * Int64(lastRow - firstRow) / smootherBudget
    guard affordable <= gap / fewestCells else { return nil }
    let cell = max(affordable, min(hour, max(60_000_000, min(gap / 8, pace))))
    let cap = min(4 * day, max(cell * 16, gap * bandGaps))
    self.cell = cell
    self.firstRow = firstRow
    self.lastRow = lastRow
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
    }
    // An exact later time bounds all before it.
    var bound = bandEnd.last ?? 0
    for place in bandEnd.indices.reversed() {
      bound = min(bound, bandEnd[place])
      bandEnd[place] = max(bound, bandStart[place])
    }
    widest = zip(bandStart, bandEnd).reduce(1) { max($0, Int($1.1 - $1.0) + 1) }
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

  /// All rows between the records.
  var places: Range<Int> { 0..<bandStart.count }

  /// The rows that ages are learnt from: all of a short list, or five stretches spread over a long one.
  var stretches: [Range<Int>] {
    let count = bandStart.count
    guard count > longestLearnt else { return [places] }
    return (0..<5).map { part in
      let start = (count - blockRows) * part / 4
      return start..<(start + blockRows)
    }
  }

  /// One round over a stretch of rows: forward and backward sums, medians into `times`, and while
  /// learning the expected ages into `counts`.
  func run(
    _ stretch: Range<Int>, _ times: inout [Int64], _ ages: SignUpAges, _ counts: inout [Double],
    isLearning: Bool
  ) {
    let density = ages.table(cell: cell, reach: widest)
    let blocks = (stretch.count + blockRows - 1) / blockRows
    var starts: [[Float]] = []
    var message = first(stretch.lowerBound, density)
    var spare = [Float](repeating: 0, count: widest)
    for place in stretch where place < stretch.lowerBound + (blocks - 1) * blockRows + 1 {
      if place > stretch.lowerBound {
        message.withUnsafeBufferPointer { from in
          spare.withUnsafeMutableBufferPointer { forward(from, $0, place, density) }
        }
        swap(&message, &spare)
      }
      if (place - stretch.lowerBound) % blockRows == 0 {
        starts.append(Array(message.prefix(bandWidth(place))))
      }
    }
    // The messages of a block's rows, one after the other.
    var messages: [Float] = []
    var behind = [Float](repeating: 1, count: widest)
    for (block, start) in starts.enumerated().reversed() {
      let begin = stretch.lowerBound + block * blockRows
      let rows = begin..<min(stretch.upperBound, begin + blockRows)
      var offsets = [0]
      for place in rows { offsets.append(offsets[place - begin] + bandWidth(place)) }
      let missing = offsets[rows.count] - messages.count
      if missing > 0 { messages += [Float](repeating: 0, count: missing) }
      messages.replaceSubrange(0..<start.count, with: start)
      messages.withUnsafeMutableBufferPointer { messages in
        for place in rows.dropFirst() {
          let (before, own) = (offsets[place - begin - 1], offsets[place - begin])
          let from = UnsafeBufferPointer(rebasing: messages[before..<own])
          let to = UnsafeMutableBufferPointer(rebasing: messages[own...])
          forward(from, to, place, density)
        }
      }
      for place in rows.reversed() {
        if place < stretch.upperBound - 1 {
          behind.withUnsafeBufferPointer { from in
            spare.withUnsafeMutableBufferPointer { backward(from, $0, place, density) }
          }
          swap(&behind, &spare)
        }
        let cells = offsets[place - begin]..<offsets[place - begin + 1]
        var sum: Float = 0
        messages.withUnsafeMutableBufferPointer { messages in
          behind.withUnsafeBufferPointer { behind in
            for (step, index) in cells.enumerated() {
              messages[index] *= behind[step]
              sum += messages[index]
            }
          }
        }
        times[firstRow + place] = median(messages[cells], sum, place)
        if isLearning { tally(messages[cells], sum, place, density, &counts) }
      }
    }
  }

  private func bandWidth(_ place: Int) -> Int { Int(bandEnd[place] - bandStart[place]) + 1 }

  /// The message of the first row of a stretch: its age alone.
  private func first(_ place: Int, _ density: SignUpAges.Table) -> [Float] {
    var message = [Float](repeating: 0, count: widest)
    let width = bandWidth(place)
    let age = ageIndex(place, density)
    for step in 0..<width { message[step] = age.map { density.values[$0 + step] } ?? 1 }
    message.withUnsafeMutableBufferPointer { normalise($0, width) }
    return message
  }

  /// Where a row's ages begin in the density, nil where it is the same over the whole band.
  @inline(__always)
  private func ageIndex(_ place: Int, _ density: SignUpAges.Table) -> Int? {
    if exact[place] { return nil }
    let age = Float(bandStart[place]) + 0.5 - created[place]
    return age < Float(density.length - 1) ? max(0, Int(age)) : nil
  }

  /// The message of a row from that of the row before: moved on by the process, weighed by its age.
  @inline(__always)
  private func forward(
    _ message: UnsafeBufferPointer<Float>, _ next: UnsafeMutableBufferPointer<Float>, _ place: Int,
    _ density: SignUpAges.Table
  ) {
    let (from, before) = (Int(bandStart[place]), Int(bandStart[place - 1]))
    let (width, widthBefore) = (bandWidth(place), bandWidth(place - 1))
    let shift = from - before
    decay.withUnsafeBufferPointer { decay in
      rate.withUnsafeBufferPointer { rate in
        var sum: Float = 0
        for step in 0..<min(shift, widthBefore) {
          sum = sum * decay[before + step] + message[step]
        }
        if shift > widthBefore { sum = moved(sum, (before + widthBefore)..<from, decay) }
        let overlap = max(0, min(width, widthBefore - shift))
        for step in 0..<overlap {
          sum = sum * decay[from + step] + message[shift + step]
          next[step] = sum * rate[from + step]
        }
        for step in overlap..<width {
          sum *= decay[from + step]
          next[step] = sum * rate[from + step]
        }
      }
    }
    if let age = ageIndex(place, density) {
      density.values.withUnsafeBufferPointer { values in
        for step in 0..<width { next[step] *= values[age + step] }
      }
    }
    normalise(next, width)
  }

  private func moved(
    _ sum: Float, _ cells: Range<Int>, _ decay: UnsafeBufferPointer<Float>
  ) -> Float {
    var sum = sum
    for cell in cells {
      sum *= decay[cell]
      if sum < 1e-36 { return 0 }
    }
    return sum
  }

  /// The chance of all later rows by the follow time of a row, from that of the row after.
  @inline(__always)
  private func backward(
    _ behind: UnsafeBufferPointer<Float>, _ result: UnsafeMutableBufferPointer<Float>, _ place: Int,
    _ density: SignUpAges.Table
  ) {
    let (from, after) = (Int(bandStart[place]), Int(bandStart[place + 1]))
    let (width, widthAfter) = (bandWidth(place), bandWidth(place + 1))
    let shift = after - from
    let age = ageIndex(place + 1, density)
    decay.withUnsafeBufferPointer { decay in
      rate.withUnsafeBufferPointer { rate in
        density.values.withUnsafeBufferPointer { values in
          var sum: Float = 0
          for step in (0..<widthAfter).reversed() {
            let weight = age.map { values[$0 + step] } ?? 1
            sum += behind[step] * rate[after + step] * weight
            if shift + step < width { result[shift + step] = sum }
            sum *= decay[after + step]
          }
          for step in (0..<shift).reversed() {
            if step < width { result[step] = sum }
            sum *= decay[from + step]
            if sum < 1e-36 { sum = 0 }
          }
        }
      }
    }
    normalise(result, width)
  }

  @inline(__always)
  private func normalise(_ message: UnsafeMutableBufferPointer<Float>, _ width: Int) {
    // Four sums side by side, in a fixed order.
    var sums = SIMD4<Float>.zero
    var step = 0
    while step + 4 <= width {
      sums += SIMD4(message[step], message[step + 1], message[step + 2], message[step + 3])
      step += 4
    }
    var sum = sums.sum()
    while step < width {
      sum += message[step]
      step += 1
    }
    // Below this even the inverse has no place in a float: the model says nothing here.
    let scale = sum > 1e-36 ? 1 / sum : 0
    if scale > 0 {
      for step in 0..<width { message[step] *= scale }
    } else {
      for step in 0..<width { message[step] = 1 / Float(width) }
    }
  }

  @inline(__always)
  private func median(_ posterior: ArraySlice<Float>, _ total: Float, _ place: Int) -> Int64 {
    let half = total / 2
    guard half > 1e-36 else { return origin + Int64(bandStart[place]) * cell }
    var sum: Float = 0
    var step = 0
    for value in posterior {
      if sum + value >= half, value > 0 {
        let share = Double((half - sum) / value)
        let cells = Double(bandStart[place]) + Double(step) + share
        return origin + Int64(cells * Double(cell))
      }
      sum += value
      step += 1
    }
    return origin + Int64(bandStart[place]) * cell
  }

  private func tally(
    _ posterior: ArraySlice<Float>, _ sum: Float, _ place: Int, _ density: SignUpAges.Table,
    _ counts: inout [Double]
  ) {
    guard !exact[place], created[place] > -1e8, sum > 0 else { return }
    let age = Float(bandStart[place]) + 0.5 - created[place]
    let scale = 1 / sum
    var step = 0
    for value in posterior {
      counts[density.bin(age + Float(step))] += Double(value * scale)
      step += 1
    }
  }
}
