import Columns
import Diagnostics
import Plans
import Tasks

extension Evaluator {
  /// The table of an analysis: its inputs are computed with the columns that it reads, and those of
  /// the first that stay.
  func analysed(
    _ plan: Plan, _ analysis: any Analysis, _ inputs: [Plan], needing needed: Set<String>?,
    depth: Int
  ) throws(EvaluationFailure) -> Table {
    let fields = plan.schema.fields.filter { needed?.contains($0.name) ?? true }
    let made = Set(analysis.fields.map(\.name))
    let wanted = fields.filter { made.contains($0.name) }
    let kept = fields.filter { !made.contains($0.name) }
    var tables: [Table] = []
    for (index, input) in inputs.enumerated() {
      let read = wanted.isEmpty ? [] : analysis.columnNames(ofInput: index)
      let passed = analysis.keepsRows && index == 0 ? kept.map(\.name) : []
      tables.append(try table(input, needing: read.union(passed), depth: depth + 1))
    }
    var columns: [String: Column] = [:]
    if let first = tables.first {
      for field in kept { columns[field.name] = first.column(field.name) }
    }
    if !wanted.isEmpty {
      let result = try run(analysis, tables, making: wanted, at: plan.range)
      precondition(result.columns.count == wanted.count, "\(analysis.title) made other columns")
      for (field, column) in zip(wanted, result.columns) { columns[field.name] = column }
      for note in result.notes { notes.add(note) }
    }
    return Table(
      name: "", schema: Schema(fields), columns: fields.compactMap { columns[$0.name] },
      properties: plan.properties)
  }

  private func run(
    _ analysis: any Analysis, _ tables: [Table], making wanted: [Field], at range: SourceRange?
  ) throws(EvaluationFailure) -> AnalysisResult {
    let workers = workers
    let context = AnalysisContext(
      zone: settings.zone, isCancelled: { workers.cancellation.isRequested }, kept: kept,
      loop: { count, body in
        do { try workers.forEach(count) { _, index in body(index) } } catch { return false }
        return true
      })
    do throws(AnalysisFailure) {
      return try analysis.run(tables, making: wanted, context)
    } catch {
      switch error {
      case .interrupted: throw .interrupted
      case .refused(let message, let hint):
        throw .diagnostic(Diagnostic(message, hint: hint, at: range, blame: .data))
      }
    }
  }
}
