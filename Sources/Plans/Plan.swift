package import Columns
package import Diagnostics

/// What is to be computed: relational steps over tables, each with the schema of what it gives.
package struct Plan: Sendable {
  package indirect enum Node: Sendable {
    /// A table in memory.
    case table(Table)
    /// A named plan that is computed at first use and kept (`let`).
    case binding(Binding)
    /// The rows for which the condition is true.
    case filter(Plan, condition: ScalarExpression)
    /// Exactly these columns.
    case project(Plan, [NamedExpression])
    /// One row for each key, in order of first appearance; without keys one row, also of nothing.
    case aggregate(Plan, keys: [NamedExpression], aggregates: [NamedAggregate])
    /// All rows and columns, and for each row the aggregates of its partition.
    case broadcast(Plan, partition: [ScalarExpression], aggregates: [NamedAggregate])
    /// All rows and columns in their order, and for each row the window functions, computed along
    /// `order` (stable; without keys the order of the rows) within its partition.
    case window(
      Plan, order: [SortKey], partition: [ScalarExpression], functions: [NamedWindow])
    /// Stable; nulls last, NaN last among numbers, in both directions.
    case sort(Plan, by: [SortKey])
    /// `count` rows from `offset`.
    case slice(Plan, offset: Int, count: Int)
    /// The last `count` rows, in their order.
    case tail(Plan, count: Int)
    /// Rows drawn without replacement, of all or of each partition, in their order.
    case sample(Plan, Sampling, partition: [ScalarExpression])
    /// The first `count` rows of `sort`, of each partition (in order of its first appearance).
    case top(Plan, count: Int, by: [SortKey], partition: [ScalarExpression])
    /// The first row of each combination of these expressions; of whole rows when there are none.
    case distinct(Plan, on: [ScalarExpression])
    case join(Join)
    /// The rows of all, one after the other; columns by name, absent ones null.
    case union([Plan])
    /// The rows, and empty ones for the periods that they leave out.
    case fill(Plan, PeriodFill)
    /// Several rows for each row.
    case expand(Plan, RowExpansion)
    /// A statistic over whole tables.
    case analysis(any Analysis, [Plan])
  }

  package let node: Node
  package let schema: Schema
  /// What is known of the rows beyond their columns, as far as the step keeps it.
  package let properties: TableProperties
  /// The verb that made it, for errors and `explain`.
  package let range: SourceRange?
  /// Whether nothing above asks for the order of its rows.
  package private(set) var isOrderFree = false
  /// The number of steps, each as often as it is computed; a binding is one.
  package let size: Int

  package init(
    _ node: Node, schema: Schema, properties: TableProperties = TableProperties(),
    range: SourceRange? = nil
  ) {
    self.node = node
    self.schema = schema
    self.properties = properties
    self.range = range
    size = node.inputs.reduce(1) { size, input in
      let (sum, overflows) = size.addingReportingOverflow(input.size)
      return overflows ? Int.max : sum
    }
  }
}

extension Plan {
  /// The same rows, in any order.
  package var inAnyOrder: Plan {
    var plan = self
    plan.isOrderFree = true
    return plan
  }
}

/// A sort key; the order of nulls and NaN is fixed.
package struct SortKey: Sendable {
  package let expression: ScalarExpression
  package let isDescending: Bool

  package init(_ expression: ScalarExpression, isDescending: Bool = false) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// Rows of two plans put side by side where keys are equal; null matches nothing.
package struct Join: Sendable {
  /// What becomes of rows without a match, and of several matches.
  package enum Kind: String, Sendable, CaseIterable {
    case inner, left
    /// Left rows that have a match, once; no columns of the right.
    case semi
    /// Left rows that have none.
    case anti
    /// As left, with the first match only (`lookup`).
    case lookup
  }

  package let left: Plan
  package let right: Plan
  package let kind: Kind
  /// Pairs of expressions of one type, over the left and the right.
  package let keys: [(left: ScalarExpression, right: ScalarExpression)]
  /// The columns of the right that are added, with the names they get.
  package let rightColumns: [(source: String, name: String)]

  package init(
    left: Plan, right: Plan, kind: Kind,
    keys: [(left: ScalarExpression, right: ScalarExpression)],
    rightColumns: [(source: String, name: String)]
  ) {
    self.left = left
    self.right = right
    self.kind = kind
    self.keys = keys
    self.rightColumns = rightColumns
  }
}
