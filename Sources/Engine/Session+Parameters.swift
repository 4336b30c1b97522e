import Calendars
import Checking
import Columns
import Diagnostics
import Parsing
import Plans

/// Script parameters: a text of the command line, or the default, to a typed value.
extension Session {
  /// An error for each value of the command line that the program has no `param` for.
  func unknownParameters(of program: Program) -> [Diagnostic] {
    let declared = program.statements.compactMap { statement -> String? in
      guard case .parameter(let parameter) = statement.kind else { return nil }
      return parameter.name.text
    }
    return parameterTexts.keys.sorted().filter { !declared.contains($0) }.map { name in
      let known = "the script has \(declared.isEmpty ? "none" : declared.joined(separator: ", "))"
      return Diagnostic(
        "no parameter '\(name)'",
        hint: Suggestion.hint(for: name, among: declared) ?? known, at: nil)
    }
  }

  /// The parameters of a program that need a table and have none yet.
  func tableParametersWithoutValue(of program: Program) -> [String] {
    program.statements.compactMap { statement in
      guard case .parameter(let parameter) = statement.kind, parameter.type?.text == "table",
        parameterTexts[parameter.name.text] == nil
      else { return nil }
      return parameter.name.text
    }
  }

  /// Gives a parameter its value; a note where it was chosen without being asked.
  func declare(_ declaration: ParameterDeclaration) throws(StatementFailure) -> [String] {
    let name = declaration.name
    if let text = parameterTexts[name] {
      scope.parameters[name] = try value(text, of: declaration)
    } else if let value = declaration.defaultValue {
      scope.parameters[name] = value
    } else if declaration.type == .table, let only = onlyLoadedTable {
      scope.parameters[name] = .table(.table(only))
      return ["\(name) is \(quotedName(only.name)), the only table"]
    } else if declaration.type == .table, let own = tableInOrder(of: name) {
      scope.parameters[name] = .table(.table(own))
      return ["\(name) is \(quotedName(own.name)), by the order of the files"]
    } else {
      throw .because(
        "parameter '\(name)' has no value",
        hint: declaration.type == .table
          ? fileTables.count > 1
            ? "say which table it is: --param \(name)=\(quotedName(fileTables[0]))"
            : "name a file on the command line, or a table with --param \(name)=…"
          : "give it with --param \(name)=…", blame: .query)
    }
    return []
  }

  /// The one table of the files of the command line; nil where there are none or several.
  private var onlyLoadedTable: Table? {
    fileTables.count == 1 ? scope.tables[fileTables[0]] : nil
  }

  /// The table of the file at the place of a parameter, where there are as many files as parameters.
  private func tableInOrder(of name: String) -> Table? {
    guard fileTables.count == openTableParameters.count,
      let place = openTableParameters.firstIndex(of: name)
    else { return nil }
    return scope.tables[fileTables[place]]
  }

  private func value(_ text: String, of declaration: ParameterDeclaration)
    throws(StatementFailure) -> ParameterValue
  {
    switch declaration.type {
    case .scalar(let type):
      if let scalar = scalar(text, of: type) { return .scalar(scalar, type) }
      throw .because(
        "parameter '\(declaration.name)': '\(text)' is not a value of type \(type.rawValue)",
        blame: .query)
    case .table:
      if let table = scope.tables[text] { return .table(.table(table)) }
      if let binding = scope.bindings[text] { return .table(.binding(binding)) }
      throw .because(
        "parameter '\(declaration.name)': no table '\(text)'",
        hint: Suggestion.hint(for: text, among: Array(scope.tables.keys) + scope.bindings.keys),
        blame: .query)
    }
  }

  private func scalar(_ text: String, of type: DataType) -> Scalar? {
    switch type {
    case .string: .string(text)
    case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .int: Int64(text).map(Scalar.int)
    case .float: Double(text).map(Scalar.float)
    case .date: periodLiteral(text, zone: settings.zone)?.firstDay.map { .date(Int64($0)) }
    case .time: periodLiteral(text, zone: settings.zone).map { .time($0.start) }
    case .duration: parseDuration(text).map(Scalar.duration)
    }
  }
}
