package import Plans

/// Rewrites a plan into one that gives the same rows with less work.
///
/// Filters move towards the tables and narrow what is below the steps that they cannot pass, a sort that is cut
/// becomes a top, below steps that give a row for each row, texts that are split and exploded are cut at once,
/// rows of a distinct are not made to be counted, columns, lookups in groups and sorts that nobody sees are
/// dropped; what may give its rows in any order is marked. A rewrite may remove an error of the data, or a value
/// that could not be converted from the note on these (a row that is filtered out sooner is not computed). It adds
/// one only where a condition goes below a sort that is cut: of rows that come too late to be taken. Cost: linear
/// in the plan, a few passes.
package func optimised(_ plan: Plan) -> Plan {
  pruned(plan.rewritten(tellsTies: true), to: nil).withFreeOrder()
}

/// The same of a plan inside another, which reads these columns of it, nil for all: nobody is told of its ties.
package func optimisedInside(_ plan: Plan, to columns: Set<String>?) -> Plan {
  pruned(plan.rewritten(tellsTies: false), to: columns).withFreeOrder()
}

extension Plan {
  fileprivate func rewritten(tellsTies: Bool) -> Plan {
    withFiltersDown().withTops(tellsTies: tellsTies).withPartsExploded().withDistinctCounted()
  }
}
