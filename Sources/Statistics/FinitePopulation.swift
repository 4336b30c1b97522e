/// The factor on the half-width of an interval when n rows were drawn at random from a population.
///
/// √((N − n) / (N − 1)) (W. G. Cochran, "Sampling Techniques", 1977, 2.6): 0 when all were drawn. A
/// population smaller than the sample counts as wholly drawn.
package func finitePopulationFactor(sample: Int, population: Int) -> Double {
  guard population > 1, sample < population else { return 0 }
  return (Double(population - max(0, sample)) / Double(population - 1)).squareRoot()
}
