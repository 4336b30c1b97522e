import CKernels

/// Replaces interpolated follow times by posterior medians, where that is worth its time.
///
/// The model: follows are a Poisson process whose rate is that of the times found so far, smoothed over a
/// day or a few records, times the rhythm of the day; the age at follow has a density of its own, the same
/// for all, which is learnt from the list by one step of expectation and maximisation over `SignUpAges`:
/// more steps sharpen the density until it fits the noise of the times, and make the estimates worse.
/// Row by row the state is the follow time on a grid (`FollowGrid`): exact forward and backward sums of a
/// hidden Markov model. O(rows × band). Long lists get coarser cells, and the longest none: with so many
/// followers the records stand close, and interpolation is as good as cells so coarse
/// (`scripts/evaluate`'s accounts, 300 and 1000 a day: interpolated .37 and .16 h, by cells of the pace .21
/// and .08 h, four times as coarse .19 and .13 h).
func smoothFollowTimes(_ times: inout [Int64], _ list: FollowList, _ records: FollowRecords) {
  guard let grid = FollowGrid(list, records) else { return }
  let first = FollowTimeSmoother(
    grid, FollowRates(grid, times: times, records), SignUpAges())
  var counts = [Double](repeating: 0, count: SignUpAges.binCount)
  for stretch in first.stretches {
    first.run(stretch) { place, posterior, sum in
      times[grid.firstRow + place] = first.median(posterior, sum, place)
      first.tally(posterior, sum, place, &counts)
    }
  }
  let second = FollowTimeSmoother(
    grid, FollowRates(grid, times: times, records), SignUpAges(counts: counts))
  second.run(grid.places) { place, posterior, sum in
    times[grid.firstRow + place] = second.median(posterior, sum, place)
  }
}

/// One round of the model over stretches of rows.
private struct FollowTimeSmoother {
  /// A row's posterior, its cells up to a factor, and their sum.
  typealias Posterior = UnsafePointer<Float>

  private let grid: FollowGrid
  private let steps: FollowSteps

  /// The rows of the longest list all of which ages are learnt from.
  private static let longestLearnt = 50_000
  /// Rows whose messages are kept at a time, and the rows of a stretch for learning.
  private static let blockRows = 1024

  init(_ grid: FollowGrid, _ rates: FollowRates, _ ages: SignUpAges) {
    self.grid = grid
    steps = FollowSteps(
      grid: grid, rates: rates,
      ages: ages.table(cell: grid.cell, reach: FollowMessage.room(grid.widest)))
  }

  /// The rows that ages are learnt from: all of a short list, or five stretches spread over a long one.
  var stretches: [Range<Int>] {
    let count = grid.places.count
    guard count > Self.longestLearnt else { return [grid.places] }
    return (0..<5).map { part in
      let start = (count - Self.blockRows) * part / 4
      return start..<(start + Self.blockRows)
    }
  }

  /// Forward sums over a stretch of rows, and backward ones: each row, from the last on, with both.
  ///
  /// The messages of one block of rows are kept at a time, made again from its first.
  func run(_ stretch: Range<Int>, _ body: (Int, Posterior, Float) -> Void) {
    var starts = blockStarts(stretch)
    var behind = [Float](repeating: 1, count: FollowMessage.room(grid.widest))
    var spare = behind
    var message: FollowMessage?
    var cells: [Float] = []
    while let start = starts.popLast() {
      let begin = stretch.lowerBound + starts.count * Self.blockRows
      let rows = begin..<min(stretch.upperBound, begin + Self.blockRows)
      let offsets = forward(rows, start, &cells)
      for place in rows.reversed() {
        if place < stretch.upperBound - 1 {
          message = steps.backward(
            behind, message ?? FollowMessage(sum: 1, &behind, 0), to: place, &spare)
          swap(&behind, &spare)
        }
        let width = grid.width(place)
        cells.withUnsafeMutableBufferPointer { cells in
          guard let own = cells.baseAddress.map({ $0 + offsets[place - begin] }) else { return }
          body(place, own, ck_message_product(own, behind, width))
        }
      }
    }
  }

  /// The first row's message of each block.
  private func blockStarts(_ stretch: Range<Int>) -> [(cells: [Float], message: FollowMessage)] {
    let room = FollowMessage.room(grid.widest)
    var cells = [Float](repeating: 0, count: room)
    var spare = cells
    var message = steps.first(stretch.lowerBound, &cells)
    var starts: [(cells: [Float], message: FollowMessage)] = []
    let last = (stretch.count - 1) / Self.blockRows * Self.blockRows
    for place in stretch.lowerBound...(stretch.lowerBound + last) {
      if place > stretch.lowerBound {
        message = steps.forward(cells, message, to: place, &spare)
        swap(&cells, &spare)
      }
      if (place - stretch.lowerBound) % Self.blockRows == 0 {
        starts.append((Array(cells.prefix(FollowMessage.room(grid.width(place)))), message))
      }
    }
    return starts
  }

  /// The messages of a block's rows, one after the other, and where each begins.
  private func forward(
    _ rows: Range<Int>, _ start: (cells: [Float], message: FollowMessage), _ cells: inout [Float]
  ) -> [Int] {
    var offsets = [0]
    for place in rows {
      offsets.append(offsets[place - rows.lowerBound] + FollowMessage.room(grid.width(place)))
    }
    let missing = offsets[rows.count] - cells.count
    if missing > 0 { cells += [Float](repeating: 0, count: missing) }
    cells.replaceSubrange(0..<start.cells.count, with: start.cells)
    var message = start.message
    cells.withUnsafeMutableBufferPointer { cells in
      guard let cells = cells.baseAddress else { return }
      for place in rows.dropFirst() {
        let index = place - rows.lowerBound
        message = steps.forward(
          cells + offsets[index - 1], message, to: place, cells + offsets[index])
      }
    }
    return offsets
  }

  /// The time that the follow is as likely before as after.
  func median(_ posterior: Posterior, _ total: Float, _ place: Int) -> Int64 {
    let start = Double(grid.starts[place])
    let width = grid.width(place)
    var before: Float = 0
    guard total > 2e-36 else { return grid.time(start) }
    let cell = ck_message_median(posterior, width, total / 2, &before)
    guard cell < width else { return grid.time(start) }
    let share = Double((total / 2 - before) / posterior[cell])
    return grid.time(start + Double(cell) + share)
  }

  /// Adds the expected ages of a row's follow.
  func tally(_ posterior: Posterior, _ sum: Float, _ place: Int, _ counts: inout [Double]) {
    guard !grid.isExact[place], grid.created[place] > -1e8, sum > 0 else { return }
    let age = grid.age(place)
    let last = steps.ages.bin(age + Float(grid.width(place) - 1))
    // Ages rise, and few bins are wide: what one gets is added up first.
    var (bin, inBin) = (steps.ages.bin(age), Float(0))
    if bin < last {
      for cell in 0..<grid.width(place) {
        let next = steps.ages.bin(age + Float(cell))
        if next != bin {
          counts[bin] += Double(inBin / sum)
          (bin, inBin) = (next, 0)
        }
        inBin += posterior[cell]
      }
      counts[bin] += Double(inBin / sum)
    } else {
      counts[bin] += 1
    }
  }
}
