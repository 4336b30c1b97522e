package import Parsing
package import Plans

/// One use of a verb: its arguments as written, and the means to check them.
package final class VerbCall {
  package let stage: Stage
  /// The rows that come in.
  package let input: Plan

  init(stage: Stage, input: Plan) {
    self.stage = stage
    self.input = input
  }
}
