/// Every operator, function and aggregate of the language, declared once.
package enum Catalogue {
  /// In the order of the help.
  package static let all: [CatalogueEntry] =
    logic + comparison + arithmetic + choice + text + time + numbers + conversion + statistics
    + aggregates + windows

  private static let functionsByName = byName(of: .function)
  private static let aggregatesByName = byName(of: .aggregate)
  private static let windowsByName = byName(of: .window)
  private static let operatorsByFunction: [ScalarFunction: CatalogueEntry] = Dictionary(
    all.compactMap { entry in
      guard case .scalar(let function) = entry.meaning else { return nil }
      return (function, entry)
    }, uniquingKeysWith: { first, _ in first })

  private static func byName(of kind: CatalogueEntry.Kind) -> [String: CatalogueEntry] {
    Dictionary(
      all.filter { $0.kind == kind }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The function that is written as a call of this name (or alias).
  package static func function(named name: String) -> CatalogueEntry? {
    functionsByName[aliases[name] ?? name]
  }

  /// The aggregate of this name (or alias).
  package static func aggregate(named name: String) -> CatalogueEntry? {
    aggregatesByName[aliases[name] ?? name]
  }

  /// The window function of this name (or alias).
  package static func window(named name: String) -> CatalogueEntry? {
    windowsByName[aliases[name] ?? name]
  }

  /// The entry of an operator or function of plans.
  package static func entry(of function: ScalarFunction) -> CatalogueEntry {
    guard let entry = operatorsByFunction[function] else {
      preconditionFailure("\(function) is not in the catalogue")
    }
    return entry
  }

  /// The entry of an aggregate.
  package static func entry(of function: AggregateFunction) -> CatalogueEntry {
    guard let entry = aggregatesByName[function.rawValue] else {
      preconditionFailure("\(function) is not in the catalogue")
    }
    return entry
  }

  /// The names of all functions and aggregates, without aliases; for suggestions and completion.
  package static let callableNames: [String] =
    all.filter { $0.kind != .operator }.map(\.name)

  /// Functions and aggregates of the design that this version does not have yet.
  package static let later: Set<String> = []

  /// What people type from habit, and what it is called here.
  package static let aliases: [String: String] = [
    "mean": "avg", "average": "avg", "med": "median", "std": "stddev", "stdev": "stddev",
    "count_distinct": "distinct", "countd": "distinct", "nunique": "distinct", "dcount": "distinct",
    "countif": "count", "count_if": "count", "n": "count",
    "arg_max": "max_by", "argmax": "max_by", "arg_min": "min_by", "argmin": "min_by",
    "len": "length", "strlen": "length", "char_length": "length",
    "substr": "substring", "lcase": "lower", "tolower": "lower", "ucase": "upper",
    "toupper": "upper", "startswith": "starts_with", "endswith": "ends_with",
    "ifnull": "coalesce", "nvl": "coalesce", "iif": "if", "iff": "if", "if_else": "if",
    "ceiling": "ceil", "power": "pow", "log": "ln", "dayofweek": "weekday",
    "toint": "int", "tofloat": "float", "todouble": "float", "double": "float",
    "tostring": "string", "str": "string", "todatetime": "time", "datetime": "time",
    "timestamp": "time", "strftime": "format_date", "regexp_replace": "replace_regex",
    "json_extract": "json", "jaro_winkler": "similarity", "correlation": "corr",
    "sparkline": "spark",
    "rownumber": "row_number", "running_sum": "cumsum",
    "cummax": "running_max", "cummin": "running_min", "moving_average": "rolling_mean",
  ]
}
