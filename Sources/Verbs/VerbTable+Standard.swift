package import Checking

extension VerbTable {
  /// The verbs of this version, in the order of the help; one a line, so that changes do not meet.
  package static let standard = VerbTable(
    [
      FilterVerb(),
      DeriveVerb(),
      SelectVerb(),
      DropVerb(),
      RenameVerb(),
      SortVerb(),
      TakeVerb(),
      TopVerb(),
      DistinctVerb(),
      CountVerb(),
      GroupVerb(),
      WindowVerb(),
      TailVerb(),
      SampleVerb(),
      PivotVerb(),
      UnpivotVerb(),
      ExplodeVerb(),
      JoinVerb(),
      LookupVerb(),
      UnionVerb(),
      DescribeVerb(),
      RatioVerb(),
      SpikeVerb(),
      DripVerb(),
      TimelineVerb(),
      ClassifyVerb(),
      SharesVerb(),
      TrainVerb(),
      ReachVerb(),
      EngagementVerb(),
      GrowthVerb(),
      CohortVerb(),
      RowsVerb(),
      RetentionVerb(),
      OverlapVerb(),
      CompareVerb(),
      SaveVerb(),
    ],
    later: [
      "diff", "fingerprint", "audit",
      "chart", "why",
    ])
}
