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
  typealias BlockStart = FollowBlock.Start

  private let grid: FollowGrid
  private let rates: FollowRates
  private let ages: SignUpAges.Table

  /// The rows of the longest list all of which ages are learnt from.
  private static let longestLearnt = 50_000
  /// Rows whose messages are kept at a time, and the rows of a stretch for learning.
  private static let blockRows = 1024

  init(_ grid: FollowGrid, _ rates: FollowRates, _ ages: SignUpAges) {
    self.grid = grid
    self.rates = rates
    self.ages = ages.table(cell: grid.cell, reach: FollowMessage.room(grid.widest))
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
  /// The messages of two blocks of rows are kept at a time, made again from the first of each. While one
  /// is gone through backward, those of the block before it are made, a row and a row in turn: a step
  /// mostly waits for its own sums, and so the two go on together.
  func run(_ stretch: Range<Int>, _ body: (Int, Posterior, Float) -> Void) {
    let (room, blockRoom) = (FollowMessage.room(grid.widest), blockRoom(stretch))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * room + 2 * blockRoom) {
      guard let scratch = $0.baseAddress else { return }
      scratch.initialize(repeating: 1, count: 2 * room)
      let cells = scratch + 2 * room
      FollowSteps.with(grid, rates, ages) { steps in
        run(
          stretch, &steps, messages: (scratch, scratch + room), cells: (cells, cells + blockRoom),
          body)
      }
    }
  }

  /// `messages`: room for two of a row, all 1; `cells`: for those of two blocks.
  private func run(
    _ stretch: Range<Int>, _ steps: inout FollowSteps,
    messages: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>),
    cells: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>),
    _ body: (Int, Posterior, Float) -> Void
  ) {
    var starts = blockStarts(stretch, &steps)
    var (behind, spare) = messages
    var message = FollowMessage(sum: 1, behind, 0)
    var (own, other) = cells
    var current = nextBlock(&starts, of: stretch, own)
    while current.advance(&steps, grid) {}
    while !current.rows.isEmpty {
      var before = nextBlock(&starts, of: stretch, other)
      for place in current.rows.reversed() {
        if place < stretch.upperBound - 1 {
          message = steps.backward(behind, message, to: place, spare)
          swap(&behind, &spare)
        }
        _ = before.advance(&steps, grid)
        let cells = current.cells(of: place)
        body(place, cells, ck_message_product(cells, behind, grid.bands[place].width))
      }
      while before.advance(&steps, grid) {}
      current = before
      swap(&own, &other)
    }
  }

  /// The last block that is left, or one without rows.
  private func nextBlock(
    _ starts: inout [BlockStart], of stretch: Range<Int>, _ cells: UnsafeMutablePointer<Float>
  ) -> FollowBlock {
    let start = starts.popLast()
    return FollowBlock(start == nil ? 0..<0 : block(starts.count, of: stretch), start, cells)
  }

  private func block(_ index: Int, of stretch: Range<Int>) -> Range<Int> {
    let begin = stretch.lowerBound + index * Self.blockRows
    return begin..<min(stretch.upperBound, begin + Self.blockRows)
  }

  /// Room for the messages of any block of a stretch.
  private func blockRoom(_ stretch: Range<Int>) -> Int {
    let blocks = (stretch.count + Self.blockRows - 1) / Self.blockRows
    return (0..<blocks).reduce(0) { most, index in
      max(most, block(index, of: stretch).reduce(0) { $0 + room($1) })
    }
  }

  private func room(_ place: Int) -> Int { FollowMessage.room(grid.bands[place].width) }

  /// The first row's message of each block.
  private func blockStarts(
    _ stretch: Range<Int>, _ steps: inout FollowSteps
  ) -> [BlockStart] {
    var starts: [BlockStart] = []
    let most = FollowMessage.room(grid.widest)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * most) {
      guard var cells = $0.baseAddress else { return }
      var spare = cells + most
      var message = steps.first(stretch.lowerBound, cells)
      let last = (stretch.count - 1) / Self.blockRows * Self.blockRows
      for place in stretch.lowerBound...(stretch.lowerBound + last) {
        if place > stretch.lowerBound {
          message = steps.forward(cells, message, to: place, spare)
          swap(&cells, &spare)
        }
        if (place - stretch.lowerBound) % Self.blockRows == 0 {
          starts.append((Array(UnsafeBufferPointer(start: cells, count: room(place))), message))
        }
      }
    }
    return starts
  }

  /// The time that the follow is as likely before as after.
  func median(_ posterior: Posterior, _ total: Float, _ place: Int) -> Int64 {
    let start = Double(grid.bands[place].start)
    let width = grid.bands[place].width
    var before: Float = 0
    guard total > 2e-36 else { return grid.time(start) }
    let cell = ck_message_median(posterior, width, total / 2, &before)
    guard cell < width else { return grid.time(start) }
    let share = Double((total / 2 - before) / posterior[cell])
    return grid.time(start + Double(cell) + share)
  }

  /// Adds the expected ages of a row's follow.
  func tally(_ posterior: Posterior, _ sum: Float, _ place: Int, _ counts: inout [Double]) {
    let band = grid.bands[place]
    guard !band.isExact, band.created > -1e8, sum > 0 else { return }
    let age = band.age
    let last = ages.bin(age + Float(band.width - 1))
    // Ages rise, and few bins are wide: what one gets is added up first.
    var (bin, inBin) = (ages.bin(age), Float(0))
    if bin < last {
      for cell in 0..<band.width {
        let next = ages.bin(age + Float(cell))
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
