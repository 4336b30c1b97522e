import Statistics

/// A generator for one purpose of a simulation.
///
/// Each day and event has its own, so that planting one event changes nothing else, and days can be
/// made in any order.
func randomStream(_ seed: UInt64, _ purpose: StreamPurpose, _ first: Int, _ second: Int = 0)
  -> SplitMix64
{
  var state = seed
  for part in [
    UInt64(purpose.rawValue), UInt64(bitPattern: Int64(first)), UInt64(bitPattern: Int64(second)),
  ] {
    var mixer = SplitMix64(seed: state ^ (part &* 0xD134_2543_DE82_EF95))
    state = mixer.next()
  }
  return SplitMix64(seed: state)
}

enum StreamPurpose: UInt8 {
  case organic = 1
  case spike
  case viral
  case drip
  case purge
}
