import CKernels
import Testing

@testable import Statistics

/// The decaying sums of messages, eight cells at a time, against cell by cell.
@Suite struct MessageTests {
  /// Numbers along a band, and as many behind it as are read.
  private func numbers(
    _ count: Int, _ range: ClosedRange<Float>, _ generator: inout SplitMix64
  ) -> [Float] {
    (0..<(count + 17)).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * Float(generator.uniform())
    }
  }

  private func message(_ width: Int, _ generator: inout SplitMix64) -> [Float] {
    let cells = numbers(width, 0...1, &generator)
    return cells.indices.map { $0 < width ? cells[$0] : 0 }
  }

  /// The decays of a band as the steps want them.
  private func decays(
    _ decay: [Float], _ width: Int,
    _ make: (UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    var decays = [Float](repeating: -1, count: BandDecays.room(width))
    make(decay, width, &decays)
    return decays
  }

  private func isNear(_ one: Float, _ other: Float) -> Bool {
    abs(one - other) <= 1e-5 * max(1, abs(other))
  }

  @Test(arguments: [1, 7, 8, 9, 24, 61], [1, 2] as [UInt64])
  func messagesGoForwardAsCellByCell(_ width: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let before = message(width, &generator)
    let decay = numbers(width, 0.3...1, &generator)
    let rate = numbers(width, 0...0.5, &generator)
    let weights = numbers(width, 0...2, &generator)
    let decays = decays(decay, width, ck_message_decays_forward)
    for overlap in [0, 1, width / 2, width] {
      let cells = before.indices.map { $0 < overlap ? before[$0] : 0 }
      for weight in [nil, weights] {
        var next = [Float](repeating: -1, count: width + 17)
        let total = ck_message_forward(
          cells, overlap, 0.5, 0.25, decays, rate, weight, width, &next)
        var (sum, plain) = (Float(0.25), [Float]())
        for cell in 0..<width {
          sum = sum * decay[cell] + 0.5 * cells[cell]
          plain.append(sum * rate[cell] * (weight?[cell] ?? 1))
        }
        let isSame = zip(plain, next).allSatisfy { isNear($1, $0) }
        #expect(
          isSame && next[width..<(width + 8)].allSatisfy { $0 == 0 }, "seed \(seed), \(overlap)")
        #expect(isNear(total, plain.reduce(0, +)))
      }
    }
  }

  @Test(arguments: [1, 7, 8, 9, 24, 61], [1, 2] as [UInt64])
  func messagesGoBackwardAsCellByCell(_ width: Int, _ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let behind = message(width, &generator)
    let decay = numbers(width, 0.3...1, &generator)
    let rate = numbers(width, 0...0.5, &generator)
    let weights = numbers(width, 0...2, &generator)
    let decays = decays(decay, width, ck_message_decays_backward)
    for kept in [0, 1, width / 2, width] {
      for weight in [nil, weights] {
        var before = [Float](repeating: -1, count: width + 17)
        let sums = ck_message_backward(behind, 0.5, decays, rate, weight, width, kept, &before)
        var (sum, plain) = (Float(0), [Float](repeating: 0, count: width))
        for cell in (0..<width).reversed() {
          sum = sum * decay[cell + 1] + 0.5 * behind[cell] * rate[cell] * (weight?[cell] ?? 1)
          plain[cell] = sum
        }
        #expect((0..<kept).allSatisfy { isNear(before[$0], plain[$0]) }, "seed \(seed), \(kept)")
        #expect(isNear(sums.total, plain[..<kept].reduce(0, +)))
        #expect(isNear(sums.first, sum))
      }
    }
  }

  @Test(arguments: [1, 7, 8, 9, 24, 61]) func theMedianIsWhereHalfIsReached(_ width: Int) {
    var generator = SplitMix64(seed: UInt64(width))
    var cells = message(width, &generator)
    let other = message(width, &generator)
    let plain = zip(cells, other).map { $0 * $1 }
    let total = ck_message_product(&cells, other, width)
    #expect(cells == plain && isNear(total, plain.reduce(0, +)))
    var before: Float = 0
    let cell = ck_message_median(cells, width, total / 2, &before)
    #expect(isNear(before, plain[..<cell].reduce(0, +)))
    #expect(before < total / 2 && before + plain[cell] >= total / 2)
    #expect(ck_message_median(cells, width, 2 * total, &before) == width)
  }

  @Test func decaysAreMadeAgainForAnotherBand() {
    var generator = SplitMix64(seed: 3)
    let decay = numbers(64, 0.3...1, &generator)
    decay.withUnsafeBufferPointer { decay in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: BandDecays.room(40)) { room in
        guard let first = decay.baseAddress, let cells = room.baseAddress else { return }
        var made = 0
        var decays = BandDecays(first, cells) { start, width, cells in
          made += 1
          ck_message_decays_forward(start, width, cells)
        }
        for (start, width) in [(0, 9), (0, 9), (5, 9), (5, 40), (5, 40)] {
          // What a sum keeps over the first eight cells of the band.
          #expect(isNear(decays.of(start, width)[31], decay[start..<(start + 8)].reduce(1, *)))
        }
        #expect(made == 3)
      }
    }
  }
}
