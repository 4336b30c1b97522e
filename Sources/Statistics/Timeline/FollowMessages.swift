import CKernels

/// What the rows before and behind say of a row's follow time: a weight a cell of its band.
///
/// A message is known up to a factor; `scale` makes it add up to 1. Behind its cells lie zeros.
struct FollowMessage {
  private(set) var scale: Float = 1

  /// Room for a band: its cells and the zeros.
  static func room(_ width: Int) -> Int { width + Int(CK_MESSAGE_PAD) }
  /// Sums outside of this are brought back to 1: their products would leave the range of a float.
  private static let range: ClosedRange<Float> = 1e-12...1e12

  /// Scales a message whose cells add up to `sum`.
  init(sum: Float, _ cells: UnsafeMutablePointer<Float>, _ width: Int) {
    if Self.range.contains(sum) {
      scale = 1 / sum
    } else if sum > 1e-36, sum < .infinity {
      for cell in 0..<width { cells[cell] /= sum }
    } else {
      // The model says nothing here.
      for cell in 0..<width { cells[cell] = 1 / Float(width) }
    }
  }
}

/// The steps from row to row of the hidden Markov model.
///
/// The transition of a Poisson process is a decaying sum, so that a row costs its band.
struct FollowSteps {
  let grid: FollowGrid
  let rates: FollowRates
  let ages: SignUpAges.Table

  /// The message of the first row of a stretch: its age alone.
  func first(_ place: Int, _ next: UnsafeMutablePointer<Float>) -> FollowMessage {
    let width = grid.width(place)
    let age = ageIndex(place)
    var sum: Float = 0
    for cell in 0..<width {
      next[cell] = age.map { ages.values[$0 + cell] } ?? 1
      sum += next[cell]
    }
    (next + width).update(repeating: 0, count: Int(CK_MESSAGE_PAD))
    return FollowMessage(sum: sum, next, width)
  }

  /// The message of a row from that of the row before: moved on by the process, weighed by its age.
  func forward(
    _ cells: UnsafePointer<Float>, _ message: FollowMessage, to place: Int,
    _ next: UnsafeMutablePointer<Float>
  ) -> FollowMessage {
    let (from, before) = (Int(grid.starts[place]), Int(grid.starts[place - 1]))
    let (width, widthBefore) = (grid.width(place), grid.width(place - 1))
    let shift = from - before
    let sum = withRates(place) { decay, rate, weight in
      var sum: Float = 0
      for step in 0..<min(shift, widthBefore) {
        sum = sum * decay[before + step] + cells[step] * message.scale
      }
      if shift > widthBefore { sum = moved(sum, (before + widthBefore)..<from, decay) }
      let overlap = max(0, min(width, widthBefore - shift))
      return ck_message_forward(
        cells + min(shift, widthBefore), overlap, message.scale, sum, decay + from, rate + from,
        weight, width, next)
    }
    return FollowMessage(sum: sum, next, width)
  }

  /// The chance of all later rows by the follow time of a row, from that of the row behind it.
  func backward(
    _ cells: UnsafePointer<Float>, _ message: FollowMessage, to place: Int,
    _ result: UnsafeMutablePointer<Float>
  ) -> FollowMessage {
    let (from, after) = (Int(grid.starts[place]), Int(grid.starts[place + 1]))
    let (width, widthAfter) = (grid.width(place), grid.width(place + 1))
    let shift = after - from
    let sum = withRates(place + 1) { decay, rate, weight -> Float in
      let sums = ck_message_backward(
        cells, message.scale, decay + after, rate + after, weight, widthAfter,
        max(0, width - shift), result + min(shift, width))
      var (total, sum) = (sums.total, sums.left)
      for step in (0..<shift).reversed() {
        if step < width {
          result[step] = sum
          total += sum
        }
        sum *= decay[from + step]
        if sum < 1e-36 { sum = 0 }
      }
      return total
    }
    (result + width).update(repeating: 0, count: Int(CK_MESSAGE_PAD))
    return FollowMessage(sum: sum, result, width)
  }

  private func moved(
    _ sum: Float, _ cells: Range<Int>, _ decay: UnsafePointer<Float>
  ) -> Float {
    var sum = sum
    for cell in cells {
      sum *= decay[cell]
      if sum < 1e-36 { return 0 }
    }
    return sum
  }

  /// Where a row's ages begin in the density, nil where it is the same over the whole band.
  private func ageIndex(_ place: Int) -> Int? {
    if grid.isExact[place] { return nil }
    let age = grid.age(place)
    return age < Float(ages.length - 1) ? max(0, Int(age)) : nil
  }

  /// Decays, rates, and the weights of a row's ages, if they differ.
  private func withRates<Result>(
    _ place: Int,
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>?) -> Result
  ) -> Result {
    let age = ageIndex(place)
    return rates.decay.withUnsafeBufferPointer { decay in
      rates.rate.withUnsafeBufferPointer { rate in
        ages.values.withUnsafeBufferPointer { values in
          guard let decay = decay.baseAddress, let rate = rate.baseAddress else {
            preconditionFailure("a grid without cells")
          }
          return body(decay, rate, age.flatMap { age in values.baseAddress.map { $0 + age } })
        }
      }
    }
  }
}
