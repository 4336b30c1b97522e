import Checking
import Columns
import Diagnostics
import Evaluating
import Planning
import Plans
import Results

/// Plans to results.
extension Session {
  /// Optimises and evaluates a plan; those that will be evaluated behind it may share bindings with it.
  func computed(_ plan: Plan, before later: [Plan] = []) throws(StatementFailure) -> Evaluation {
    try Self.evaluated(plan, settings, .columnsRead(later: later.map { optimised($0) }))
  }

  /// The rows on which the columns of a statement depend, while it is checked.
  static func computed(
    _ plan: Plan, _ settings: SessionSettings
  ) -> Result<Table, Diagnostic> {
    do throws(StatementFailure) {
      return .success(try evaluated(plan, settings, .all).table)
    } catch {
      switch error {
      case .diagnostic(let diagnostic): return .failure(diagnostic)
      case .interrupted: return .failure(Diagnostic("interrupted", at: nil, blame: .interrupt))
      }
    }
  }

  private static func evaluated(
    _ plan: Plan, _ settings: SessionSettings, _ keeping: EvaluationSettings.Keeping
  ) throws(StatementFailure) -> Evaluation {
    do throws(EvaluationFailure) {
      var options = EvaluationSettings(
        workers: settings.workers, zone: settings.zone, blockRows: settings.blockRows)
      if !settings.optimises { return try evaluate(plan, options) }
      options.planning = { optimisedInside($0, to: $1) }
      options.keeping = keeping
      let (whole, bindings) = plan.withBindingsInlined()
      let evaluation = try evaluate(optimised(whole), options)
      bindings.forEach { $0.noteRead() }
      return evaluation
    } catch {
      switch error {
      case .diagnostic(let diagnostic): throw .diagnostic(diagnostic)
      case .interrupted: throw .interrupted
      }
    }
  }

  /// The plan as it ran, with the rows and the time of every step.
  func explain(_ pipeline: CheckedPipeline) throws(StatementFailure) -> StatementResult {
    let evaluation = try computed(pipeline.plan)
    let steps = evaluation.steps.map { step in
      (
        String(repeating: "  ", count: step.depth) + step.description,
        String(step.rowCount), milliseconds(step.seconds), step.way
      )
    }
    let widths = (
      steps.map(\.0.count).max() ?? 0, max(4, steps.map(\.1.count).max() ?? 0),
      max(4, steps.map(\.2.count).max() ?? 0)
    )
    let how = steps.allSatisfy(\.3.isEmpty) ? "" : "how"
    let lines = ([("plan", "rows", "time", how)] + steps).map { plan, rows, time, way in
      plan.padded(to: widths.0) + "  " + rows.padded(to: widths.1, right: true) + "  "
        + time.padded(to: widths.2, right: true) + (way.isEmpty ? "" : "  " + way)
    }
    return StatementResult(.text(lines), notes: pipeline.notes + evaluation.notes)
  }

  private func milliseconds(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10_000).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}

extension String {
  fileprivate func padded(to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - count))
    return right ? space + self : self + space
  }
}
