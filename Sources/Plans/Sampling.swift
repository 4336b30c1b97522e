/// How many rows a sample draws, and the seed by which it does.
///
/// Row i of the input, from 0, has the (i + 1)-th number of `SplitMix64(seed)`, so that a sample
/// depends on the seed and the numbers of the rows alone.
package struct Sampling: Sendable, Hashable {
  package enum Size: Sendable, Hashable {
    /// So many rows, those of the least numbers; all when there are fewer.
    case rows(Int)
    /// Each row whose number over 2⁶⁴ is below this chance, 0 to 1.
    case chance(Double)
  }

  package let size: Size
  package let seed: Int64

  package init(_ size: Size, seed: Int64) {
    self.size = size
    self.seed = seed
  }
}
