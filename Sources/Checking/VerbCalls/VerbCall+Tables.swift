package import Columns
import Diagnostics
package import Parsing
package import Plans

/// Another table that a verb was given.
package struct TableArgument {
  let rows: Rows

  package var plan: Plan { rows.plan }
  /// What the rows come from: the name of the table or of the `let`.
  package var name: String { rows.plan.originName }
  /// As in messages: `in rival`.
  package var label: String { rows.label }
}

extension VerbCall {
  /// The table of an item, or nil with an error.
  package func table(_ item: Item) -> TableArgument? {
    if let name = item.name {
      report("'\(stage.verb.text)' takes a table", hint: usageHint, at: name.range)
      return nil
    }
    return checker.rows(of: item.value).map { TableArgument(rows: $0) }
  }

  /// The tables of a verb that may begin a pipeline: the input, if there is one, and its items; nil
  /// with an error where an item is no table.
  package func tables() -> [TableArgument]? {
    let given = items.map { table($0) }
    guard !given.contains(where: { $0 == nil }) else { return nil }
    let first = input.schema.fields.isEmpty ? [] : [TableArgument(rows: rows)]
    return first + given.compactMap { $0 }
  }

  /// The rows of a plan on which columns depend, computed now.
  ///
  /// Nil where no data may be read, where the statement is wrong anyhow, and with an error where
  /// it could not be computed.
  package func computed(_ plan: Plan) -> Table? {
    guard let compute = checker.scope.compute, !checker.hasErrors else { return nil }
    switch compute(plan) {
    case .success(let table): return table
    case .failure(let diagnostic):
      checker.report(diagnostic.placed(at: stage.range))
      return nil
    }
  }

  /// The tables that are loaded, by name.
  package var loadedTables: [Table] {
    checker.scope.tables.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The input as a table argument.
  package var inputAsTable: TableArgument { TableArgument(rows: rows) }

  /// A loaded table as a table argument.
  package func asTable(_ table: Table) -> TableArgument {
    TableArgument(rows: Rows(plan: .table(table, range: range), label: "in \(table.name)"))
  }

  /// The SHA-256 of a file, computed when it is called; nil where it cannot be read.
  package var hashOfFile: @Sendable (String) -> String? { checker.scope.hashOfFile }

  /// The text of a small file that a verb names; nil where it cannot be read.
  package func readText(_ path: String) -> String? { checker.scope.readText(path) }

  /// The input as messages call it: `in acme`.
  package var inputLabel: String { rows.label }

  /// The values of several expressions in the type that they share; nil where there is none.
  package func unified(_ values: [ScalarExpression]) -> [ScalarExpression]? {
    checker.commonType(values).map { type in values.map { checker.convert($0, to: type) } }
  }

  /// A value as a type that it is or widens to (int to float, date to time).
  package func convert(_ value: ScalarExpression, to type: DataType) -> ScalarExpression {
    checker.convert(value, to: type)
  }
}
