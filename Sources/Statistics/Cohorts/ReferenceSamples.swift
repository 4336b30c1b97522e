/// Seeded samples of places in the usual followers, each of a size.
///
/// Without replacement where there are enough, by partial shuffles; the same for the same numbers. Twenty,
/// or as few as four of large sizes, whose means waver less: what all of them hold stays below 200,000.
func referenceSamples(of population: Int, size: Int) -> [[Int]] {
  guard population > 0, size > 0 else { return [] }
  let number = max(4, min(20, 200_000 / size))
  var generator = SplitMix64(seed: 0x0DEC_0457_A715_71C5)
  var places = [Int](0..<population)
  return (0..<number).map { _ in
    guard size <= population else {
      return (0..<size).map { _ in generator.integer(below: population) }
    }
    places.withUnsafeMutableBufferPointer { places in
      for place in 0..<size {
        places.swapAt(place, place &+ generator.integer(below: population &- place))
      }
    }
    return [Int](places[0..<size])
  }
}

/// The values at some places of sorted values, rising: what sorting them would give, in one pass.
///
/// Each value is written, and kept as often as its place was taken: no branch that no one could guess.
func risingValues(of sorted: [Double], at places: [Int]) -> [Double] {
  var times = [Int32](repeating: 0, count: sorted.count)
  for place in places { times[place] &+= 1 }
  // One more, since a value is written before it is known to be kept.
  return [Double](unsafeUninitializedCapacity: places.count + 1) { values, count in
    for (value, times) in zip(sorted, times) {
      values[count] = value
      count &+= times > 0 ? 1 : 0
      for _ in 1..<max(times, 1) {
        values[count] = value
        count &+= 1
      }
    }
  }
}
