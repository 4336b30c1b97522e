package import Parsing

/// What `def` defined: expanded anew at each use, by substituting the arguments.
package struct Definition: Sendable, Hashable {
  package let name: String
  /// The first is the table when the body is a pipeline.
  package let parameters: [Parsing.Parameter]
  package let body: Pipeline

  package init(name: String, parameters: [Parsing.Parameter], body: Pipeline) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}
