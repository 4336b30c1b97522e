/// What is wrong with the options of a simulation, in words for the user.
package struct SimulationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence without a full stop: `spike '120:5': write DAY:COUNT:FAKESHARE, such as …`.
  package let message: String

  /// The message.
  package var description: String { message }

  package init(_ message: String) {
    self.message = message
  }
}
