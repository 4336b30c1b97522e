import Columns
import Plans
import Tasks

@testable import Evaluating

/// How a random plan is run: results must not depend on any of it.
struct Running: CustomStringConvertible {
  let cut: Int
  let threads: Int
  var blockRows = 4096
  /// Whether the ways of working for many rows and groups are taken at once.
  var isTight = false
  /// Whether groups are then made part by part.
  var isScattered = false

  var description: String {
    "cut \(cut), \(threads) threads, \(isTight ? "tight" : "usual") limits"
  }

  func table(_ plan: Plan) throws(EvaluationFailure) -> Table {
    let settings = EvaluationSettings(workers: Workers(count: threads), blockRows: blockRows)
    var limits = Evaluator.Limits()
    if isTight {
      limits = Evaluator.Limits(tableKeys: 9, smallGroups: 5, histogramRows: 0, topRows: 1)
      limits.scatteredRows = isScattered ? 0 : Int.max
      limits.manyKeys = 0
      limits.partRows = 4
      limits.combinationRows = 0
    }
    return try Evaluator(settings, limits: limits).table(plan, needing: nil, depth: 0)
  }

  static let all = [
    Running(cut: 1 << 16, threads: 1), Running(cut: 64, threads: 2, isTight: true),
    Running(cut: 7, threads: 7, blockRows: 64),
    Running(cut: 1, threads: 2, isTight: true, isScattered: true),
    Running(cut: 100, threads: 7, blockRows: 64),
    Running(cut: 300, threads: 7, isTight: true, isScattered: true),
  ]
}
