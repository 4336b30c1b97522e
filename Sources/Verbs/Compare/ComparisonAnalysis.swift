import Columns
import Plans
import Statistics

/// The figures of several accounts, and their differences from the first.
struct ComparisonAnalysis: Analysis {
  let sources: [ComparedSource]
  let hasPeers: Bool

  let title = "compare"
  let keepsRows = false
  let fields: [Field] = [
    Field(name: "metric", type: .string), Field(name: "account", type: .string),
    Field(name: "value", type: .float), Field(name: "lo", type: .float),
    Field(name: "hi", type: .float), Field(name: "n", type: .int),
    Field(name: "unit", type: .string), Field(name: "versus", type: .string),
    Field(name: "difference", type: .float), Field(name: "difference_lo", type: .float),
    Field(name: "difference_hi", type: .float), Field(name: "p_holm", type: .float),
    Field(name: "percentile", type: .float),
  ]

  func columnNames(ofInput index: Int) -> Set<String> {
    var start = 0
    for source in sources {
      let count = source.hasTimes ? 3 : 1
      if index < start + count {
        switch index - start {
        case 0:
          return ComparedColumns.names.union(ClassCounts.columnNames)
            .intersection(source.columns.union(["#key", "class", "fake_score", "evidence"]))
        case 1: return ["account", "start", "end", "kind", "bought_est", "bought_lo", "bought_hi"]
        default: return ["account", "excess"]
        }
      }
      start += count
    }
    return Set(MetricName.allCases.map(\.column))
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    var lists: [[Table]] = []
    var start = 0
    for source in sources {
      let count = source.hasTimes ? 3 : 1
      lists.append(Array(inputs[start..<start + count]))
      start += count
    }
    let keyed = lists.indices.filter { lists[$0][0].column("#key") != nil }
    let people = try PersonNumbers(keyed.compactMap { lists[$0][0].column("#key") }, context)
    var accounts: [ComparedAccount] = []
    for (index, source) in sources.enumerated() {
      let persons = keyed.firstIndex(of: index).map { people.lists[$0] }
      accounts += try ComparedAccount.all(
        source, lists[index], context, persons: persons, people: people.count)
    }
    let comparison = Comparison(accounts)
    let peers = hasPeers ? inputs[inputs.count - 1] : nil
    let metrics = comparison.metrics
    let adjusted = holmAdjusted(metrics.map { $0.p ?? .nan })
    let rows = zip(metrics, adjusted).map { metric, p in
      metric.cells(p: p, percentile: peers.flatMap { percentile(metric, $0) })
    }
    return AnalysisResult(columns: columns(of: rows, fields, wanted), notes: comparison.notes)
  }

  /// The part of the panel's accounts below a value.
  private func percentile(_ metric: Metric, _ panel: Table) -> Double? {
    guard let value = metric.value, let column = panel.column(metric.name.column),
      column.type == .int || column.type == .float
    else { return nil }
    let known = column.doubles().array.filter { !$0.isNaN }
    guard !known.isEmpty else { return nil }
    let below = known.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
    return 100 * below / Double(known.count)
  }
}
