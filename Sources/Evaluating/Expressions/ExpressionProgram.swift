import Columns
import Diagnostics
import Plans

/// Expressions over one input schema, compiled for one worker, whose scratch memory it owns.
///
/// Not thread-safe: each worker compiles its own.
final class ExpressionProgram {
  /// The positions of the input's columns that it reads, ascending.
  let columnsRead: [Int]

  /// Compiles expressions in which plans are resolved (see `resolve`).
  ///
  /// `blockRows` is the greatest number of rows of a block.
  init(
    _ expressions: [ScalarExpression], input: Schema, context: ExpressionContext, blockRows: Int
  ) throws(EvaluationFailure) {
    columnsRead = []
  }

  /// One vector an expression, of all rows of the block whatever its selection; valid until the
  /// next call and while the block's columns are.
  func evaluate(_ block: Block) throws(EvaluationFailure) -> [Vector] {
    preconditionFailure("not written yet")
  }

  /// What to tell when a row is used that has a fault bit in the vector of this expression.
  func faultDiagnostic(_ index: Int) -> Diagnostic {
    preconditionFailure("not written yet")
  }
}

/// The rows that are true for a program of one bool expression.
///
/// The bits are 0 where the condition is false or null, where the block's own selection is 0, and
/// behind the last row; valid until the next call. `nulls` counts selected rows whose condition was
/// null. Throws where the condition of a selected row has a fault.
func evaluateSelection(_ program: ExpressionProgram, _ block: Block) throws(EvaluationFailure)
  -> (bits: UnsafePointer<UInt64>, nulls: Int)
{
  preconditionFailure("not written yet")
}

extension ExpressionProgram {
  /// Throws when a selected row of the vector of expression `index` has a fault.
  func checkFaults(
    _ vector: Vector, _ index: Int, selection: UnsafePointer<UInt64>?
  ) throws(EvaluationFailure) {
    guard let faults = vector.faults else { return }
    for word in 0..<(vector.count + 63) / 64 {
      var bits = faults[word] & (selection?[word] ?? ~0)
      let rest = vector.count - word * 64
      if rest < 64 { bits &= (1 << UInt64(rest)) - 1 }
      if bits != 0 { throw .diagnostic(faultDiagnostic(index)) }
    }
  }
}
