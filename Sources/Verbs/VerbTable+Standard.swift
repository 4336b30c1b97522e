package import Checking

extension VerbTable {
  /// The verbs of this version.
  package static let standard = VerbTable([], later: [])
}
