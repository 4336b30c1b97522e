/// p values adjusted so that the chance of any false rejection stays below the level compared with.
///
/// S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979): the
/// i-th smallest of m is multiplied by m − i + 1, then never less than those before, at most 1. In the
/// order of `pValues`; NaN stays NaN and is not counted.
package func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
  var adjusted = pValues
  var greatest = 0.0
  for (rank, index) in order.enumerated() {
    greatest = max(greatest, min(1, pValues[index] * Double(order.count - rank)))
    adjusted[index] = greatest
  }
  return adjusted
}
