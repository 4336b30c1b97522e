/// The verbs of a session, by name and alias.
package struct VerbTable: Sendable {
  package let all: [any Verb]
  /// Verbs of the design that this version does not have yet.
  package let later: Set<String>
  private let byName: [String: any Verb]

  /// Takes the verbs in the order of the help; names and aliases must be unique.
  package init(_ all: [any Verb], later: Set<String> = []) {
    self.all = all
    self.later = later
    var byName: [String: any Verb] = [:]
    for verb in all {
      for name in [verb.signature.name] + verb.signature.aliases {
        precondition(byName[name] == nil, "two verbs are called \(name)")
        byName[name] = verb
      }
    }
    self.byName = byName
  }

  /// The verb of a name or alias.
  package subscript(name: String) -> (any Verb)? { byName[name] }

  /// All names and aliases, for suggestions and completion.
  package var names: [String] { byName.keys.sorted() }
}
