package import Checking

extension VerbTable {
  /// The verbs of this version, in the order of the help.
  package static let standard = VerbTable(
    [
      FilterVerb(), DeriveVerb(), SelectVerb(), DropVerb(), RenameVerb(), SortVerb(), TakeVerb(),
      TopVerb(), DistinctVerb(), CountVerb(), GroupVerb(), WindowVerb(), TailVerb(), SampleVerb(),
      PivotVerb(), UnpivotVerb(), ExplodeVerb(), JoinVerb(), LookupVerb(), UnionVerb(),
      RatioVerb(), SpikeVerb(), GrowthVerb(), CohortVerb(), RowsVerb(), RetentionVerb(),
      DescribeVerb(), SaveVerb(),
    ],
    later: [
      "drip",
      "classify", "timeline", "overlap", "compare", "diff",
      "reach", "engagement", "fingerprint", "audit", "shares", "train", "chart", "why",
    ])
}
