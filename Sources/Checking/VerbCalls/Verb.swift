package import Plans

/// A verb of the language: a small compiler from its arguments to a plan.
package protocol Verb: Sendable {
  /// What it is called and takes; parser-independent checks, help and completion read it.
  var signature: VerbSignature { get }

  /// The plan of this stage over `call.input`, or nil when an error leaves its columns unknown.
  ///
  /// Errors are reported through `call`; a plan may be returned in spite of them, so that later
  /// stages are checked against the right columns.
  func lower(_ call: VerbCall) -> Plan?
}
