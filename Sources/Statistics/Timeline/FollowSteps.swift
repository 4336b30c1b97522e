import CKernels

/// The steps from row to row of the hidden Markov model.
///
/// The transition of a Poisson process is a decaying sum, so that a row costs its band. Pointers are
/// valid within `with` alone: a step is too short to ask arrays for their memory each time.
struct FollowSteps {
  private let bands: UnsafePointer<FollowGrid.Band>
  private let decay: UnsafePointer<Float>
  private var forwardDecays: BandDecays
  private var backwardDecays: BandDecays
  private let rate: UnsafePointer<Float>
  private let weights: UnsafePointer<Float>
  /// The ages that have a weight of their own.
  private let ageCount: Int

  static func with(
    _ grid: FollowGrid, _ rates: FollowRates, _ ages: SignUpAges.Table,
    _ body: (inout FollowSteps) -> Void
  ) {
    let room = BandDecays.room(grid.widest)
    grid.bands.withUnsafeBufferPointer { bands in
      rates.decay.withUnsafeBufferPointer { decay in
        rates.rate.withUnsafeBufferPointer { rate in
          ages.values.withUnsafeBufferPointer { weights in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * room) { scratch in
              guard let bands = bands.baseAddress, let decay = decay.baseAddress,
                let rate = rate.baseAddress, let weights = weights.baseAddress,
                let made = scratch.baseAddress
              else { preconditionFailure("a grid without cells") }
              var steps = FollowSteps(
                bands: bands, decay: decay,
                forwardDecays: BandDecays(decay, made, ck_message_decays_forward),
                backwardDecays: BandDecays(decay, made + room, ck_message_decays_backward),
                rate: rate, weights: weights, ageCount: ages.length)
              body(&steps)
            }
          }
        }
      }
    }
  }

  /// The message of the first row of a stretch: its age alone.
  func first(_ place: Int, _ next: UnsafeMutablePointer<Float>) -> FollowMessage {
    let width = bands[place].width
    let own = ageWeights(place)
    var sum: Float = 0
    for cell in 0..<width {
      next[cell] = own?[cell] ?? 1
      sum += next[cell]
    }
    (next + width).update(repeating: 0, count: Int(CK_MESSAGE_PAD))
    return FollowMessage(sum: sum, next, width)
  }

  /// The message of a row from that of the row before: moved on by the process, weighed by its age.
  mutating func forward(
    _ cells: UnsafePointer<Float>, _ message: FollowMessage, to place: Int,
    _ next: UnsafeMutablePointer<Float>
  ) -> FollowMessage {
    let (from, before) = (Int(bands[place].start), Int(bands[place - 1].start))
    let (width, widthBefore) = (bands[place].width, bands[place - 1].width)
    let shift = from - before
    var sum: Float = 0
    for step in 0..<min(shift, widthBefore) {
      sum = sum * decay[before + step] + cells[step] * message.scale
    }
    if shift > widthBefore { sum = moved(sum, (before + widthBefore)..<from) }
    let overlap = max(0, min(width, widthBefore - shift))
    let total = ck_message_forward(
      cells + min(shift, widthBefore), overlap, message.scale, sum,
      forwardDecays.of(from, width), rate + from, ageWeights(place), width, next)
    return FollowMessage(sum: total, next, width)
  }

  /// The chance of all later rows by the follow time of a row, from that of the row behind it.
  mutating func backward(
    _ cells: UnsafePointer<Float>, _ message: FollowMessage, to place: Int,
    _ result: UnsafeMutablePointer<Float>
  ) -> FollowMessage {
    let (from, after) = (Int(bands[place].start), Int(bands[place + 1].start))
    let (width, widthAfter) = (bands[place].width, bands[place + 1].width)
    let shift = after - from
    let sums = ck_message_backward(
      cells, message.scale, backwardDecays.of(after, widthAfter), rate + after,
      ageWeights(place + 1), widthAfter, max(0, width - shift), result + min(shift, width))
    var (total, sum) = (sums.total, sums.first * decay[after])
    for step in (0..<shift).reversed() {
      if step < width {
        result[step] = sum
        total += sum
      }
      sum *= decay[from + step]
      if sum < 1e-36 { sum = 0 }
    }
    (result + width).update(repeating: 0, count: Int(CK_MESSAGE_PAD))
    return FollowMessage(sum: total, result, width)
  }

  private func moved(_ sum: Float, _ cells: Range<Int>) -> Float {
    var sum = sum
    for cell in cells {
      sum *= decay[cell]
      if sum < 1e-36 { return 0 }
    }
    return sum
  }

  /// The weights of a row's ages, nil where they are the same over the whole band.
  @inline(__always)
  private func ageWeights(_ place: Int) -> UnsafePointer<Float>? {
    if bands[place].isExact { return nil }
    let age = bands[place].age
    return age < Float(ageCount - 1) ? weights + max(0, Int(age)) : nil
  }
}
