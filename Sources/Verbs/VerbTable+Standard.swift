package import Checking

extension VerbTable {
  /// The verbs of this version, in the order of the help.
  package static let standard = VerbTable(
    [
      FilterVerb(), DeriveVerb(), SelectVerb(), DropVerb(), RenameVerb(), SortVerb(), TakeVerb(),
      TopVerb(), DistinctVerb(), CountVerb(), GroupVerb(), WindowVerb(), TailVerb(), SampleVerb(),
      PivotVerb(), UnpivotVerb(), ExplodeVerb(), JoinVerb(), LookupVerb(), UnionVerb(),
      RatioVerb(), CohortVerb(), RowsVerb(), SaveVerb(),
    ],
    later: [
      "describe", "spike", "drip",
      "classify", "timeline", "overlap", "compare", "diff", "growth", "retention",
      "reach", "engagement", "fingerprint", "audit", "shares", "train", "chart", "why",
    ])
}
