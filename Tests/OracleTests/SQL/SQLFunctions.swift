import Columns

extension SQLWriter {
  // MARK: Arithmetic

  func arithmetic(_ function: Function, _ arguments: [Term], _ type: DataType) -> String? {
    let types = arguments.map(\.type)
    let sign = function.rawValue
    if types.contains(.date) || types.contains(.time) { return moments(function, arguments, type) }
    if types[0] == .string {
      return unified(arguments).map { "(\($0[0]) || \($0[1]))" }
    }
    if types.contains(.duration) && (types.contains(.float) || function == .divide) {
      return scaled(function, arguments)
    }
    let isFloat = types.contains(.float) || function == .divide
    let texts = arguments.compactMap { sql($0, as: isFloat ? .float : $0.type) }
    guard texts.count == arguments.count else { return nil }
    switch function {
    case .negate: return "(-\(texts[0]))"
    case .abs: return "abs(\(texts[0]))"
    case .add, .subtract, .multiply: return "(\(texts[0]) \(sign) \(texts[1]))"
    case .divide: return "d_divide(\(texts[0]), \(texts[1]))"
    case .floorDivide: return "d_floor\(isFloat ? "f" : "i")(\(texts[0]), \(texts[1]))"
    default: return "d_mod\(isFloat ? "f" : "i")(\(texts[0]), \(texts[1]))"
    }
  }

  private func scaled(_ function: Function, _ arguments: [Term]) -> String? {
    let texts = arguments.compactMap { sql($0).map { "CAST(\($0) AS DOUBLE)" } }
    guard texts.count == 2 else { return nil }
    let value =
      function == .divide ? "d_divide(\(texts[0]), \(texts[1]))" : "(\(texts[0]) * \(texts[1]))"
    if arguments[1].type == .duration && function == .divide { return value }
    return "CAST(round(\(value)) AS BIGINT)"
  }

  /// Dates and times as microseconds.
  private func moments(_ function: Function, _ arguments: [Term], _ type: DataType) -> String? {
    let micros = arguments.compactMap { term -> String? in
      guard let text = sql(term) else { return nil }
      return term.type == .duration ? text : "epoch_us(CAST(\(text) AS TIMESTAMP))"
    }
    guard micros.count == 2 else { return nil }
    let sum = "(\(micros[0]) \(function.rawValue) \(micros[1]))"
    switch type {
    case .duration: return sum
    case .date: return "CAST(make_timestamp(\(sum)) AS DATE)"
    default: return "make_timestamp(\(sum))"
    }
  }

  // MARK: Functions

  func plain(_ function: Function, _ arguments: [Term], _ texts: [String]) -> String? {
    let first = texts[0]
    switch function {
    case .lower, .upper, .trim: return "d_\(function.rawValue)(\(first))"
    case .length: return "CAST(length(\(first)) AS BIGINT)"
    case .contains, .startsWith, .endsWith: return "\(function.rawValue)(\(first), \(texts[1]))"
    case .resembles: return "contains(d_fold(\(first)), d_fold(\(texts[1])))"
    case .resemblesNot: return "(NOT contains(d_fold(\(first)), d_fold(\(texts[1]))))"
    case .replace: return "replace(\(texts.joined(separator: ", ")))"
    case .digits: return "CAST(length(regexp_replace(\(first), '[^0-9]', '', 'g')) AS BIGINT)"
    case .split:
      return texts.count > 2
        ? "d_split(\(first), \(texts[1]))[\(texts[2])]"
        : "CAST(to_json(d_split(\(first), \(texts[1]))) AS VARCHAR)"
    case .substring:
      let length = texts.count > 2 ? texts[2] : "CAST('9223372036854775807' AS BIGINT)"
      return "d_substring(\(first), \(texts[1]), \(length))"
    case .day, .week, .month, .quarter:
      return "CAST(date_trunc('\(function.rawValue)', \(first)) AS DATE)"
    case .year, .hour: return "CAST(\(function.rawValue)(\(first)) AS BIGINT)"
    case .weekday: return "CAST(isodow(\(first)) AS BIGINT)"
    case .epoch: return "d_floori(epoch_us(CAST(\(first) AS TIMESTAMP)), CAST(1000000 AS BIGINT))"
    case .snowflakeTime: return "d_snowflake(\(first))"
    case .wilsonLow, .wilsonHigh:
      return "d_\(function.rawValue)(CAST(\(first) AS DOUBLE), CAST(\(texts[1]) AS DOUBLE))"
    default: return number(function, arguments, texts)
    }
  }

  private func number(_ function: Function, _ arguments: [Term], _ texts: [String]) -> String? {
    let isWhole = arguments[0].type == .int
    switch function {
    case .round, .floor, .ceil:
      if isWhole { return texts[0] }
      let digits = texts.count > 1 ? ", CAST(\(texts[1]) AS INTEGER)" : ""
      return "\(function.rawValue)(\(texts[0])\(digits))"
    case .sqrt, .ln, .log10, .exp: return "d_\(function.rawValue)(CAST(\(texts[0]) AS DOUBLE))"
    case .pow: return "d_pow(CAST(\(texts[0]) AS DOUBLE), CAST(\(texts[1]) AS DOUBLE))"
    case .clamp: return unified(arguments).map { "d_clamp(\($0.joined(separator: ", ")))" }
    case .bin:
      switch arguments[0].type {
      case .int where arguments[1].type == .int: return "d_bini(\(texts[0]), \(texts[1]))"
      case .date, .time:
        let micros = "epoch_us(CAST(\(texts[0]) AS TIMESTAMP))"
        let start = "make_timestamp(d_bini(\(micros), \(texts[1])))"
        return arguments[0].type == .date ? "CAST(\(start) AS DATE)" : start
      default: return unified(arguments).map { "d_binf(\($0.joined(separator: ", ")))" }
      }
    default: return nil
    }
  }

  func conversion(_ function: Function, _ text: String, _ type: DataType) -> String? {
    switch (function, type) {
    case (.toInt, .float): "d_inttrunc(\(text))"
    case (.toInt, .string): "d_int(\(text))"
    case (.toInt, .bool): "CAST(\(text) AS BIGINT)"
    case (.toFloat, .string): "d_float(\(text))"
    case (.toFloat, _): "CAST(\(text) AS DOUBLE)"
    case (.toText, .time): "d_timetext(\(text))"
    case (.toText, .date): "d_datetext(\(text))"
    case (.toText, .float), (.toText, .duration): nil
    case (.toText, _): "CAST(\(text) AS VARCHAR)"
    case (.toDate, .string): "CAST(d_time(\(text)) AS DATE)"
    case (.toDate, _): "CAST(\(text) AS DATE)"
    case (.toTime, .string): "d_time(\(text))"
    case (.toTime, _): "CAST(\(text) AS TIMESTAMP)"
    default: text
    }
  }

  // MARK: Aggregates

  func aggregate(
    _ kind: Aggregate, _ arguments: [Term], _ parameter: Double?, _ type: DataType
  ) -> String? {
    guard let first = arguments.first else { return "count(*)" }
    let texts = arguments.compactMap { sql($0) }
    guard texts.count == arguments.count else { return nil }
    let x = texts[0]
    let isThere = texts.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    switch kind {
    case .count: return first.type == .bool ? "count(*) FILTER (WHERE \(x))" : "count(\(x))"
    case .sum:
      return type == .float ? "coalesce(sum(\(x)), 0.0)" : "coalesce(CAST(sum(\(x)) AS BIGINT), 0)"
    case .min, .max: return "\(kind.rawValue)(\(x))"
    case .distinct: return "count(DISTINCT \(x))"
    case .share: return "avg(CAST(\(x) AS DOUBLE))"
    case .any: return "bool_or(\(x))"
    case .all: return "bool_and(\(x))"
    case .stddev: return "stddev_samp(CAST(\(x) AS DOUBLE))"
    case .first, .last: return "\(kind.rawValue)(\(x) ORDER BY __o) FILTER (WHERE \(isThere))"
    case .minBy, .maxBy:
      let name = kind == .minBy ? "arg_min" : "arg_max"
      return "\(name)(\(x), \(texts[1]) ORDER BY __o) FILTER (WHERE \(isThere))"
    case .ratio:
      let sums = texts.map { "sum(CAST(\($0) AS DOUBLE)) FILTER (WHERE \(isThere))" }
      return "d_divide(\(sums[0]), \(sums[1]))"
    case .avg: return average(x, first.type, type)
    case .median, .quantile:
      return quantile(x, kind == .median ? 0.5 : parameter ?? 0.5, first.type, type)
    case .corr: return "d_corr(\(texts.map { "CAST(\($0) AS DOUBLE)" }.joined(separator: ", ")))"
    case .gini: return "d_gini(list_sort(list(CAST(\(x) AS DOUBLE)) FILTER (WHERE \(isThere))))"
    case .entropy:
      let value = first.type == .float ? "\(x) + 0.0" : x
      // Of one value DuckDB's is nearly 0.
      return "(CASE count(DISTINCT \(x)) WHEN 0 THEN NULL WHEN 1 THEN 0.0 "
        + "ELSE entropy(\(value)) END)"
    case .mode, .medianLow, .medianHigh, .spark: return nil
    }
  }

  private func micros(_ text: String, _ type: DataType) -> String {
    type == .duration ? text : "epoch_us(CAST(\(text) AS TIMESTAMP))"
  }

  private func average(_ x: String, _ from: DataType, _ type: DataType) -> String {
    if type == .float { return "avg(\(x))" }
    let value = "d_mean(sum(\(micros(x, from))), count(\(x)))"
    return type == .time ? "make_timestamp(\(value))" : value
  }

  private func quantile(_ x: String, _ p: Double, _ from: DataType, _ type: DataType) -> String {
    if type == .float { return "quantile_cont(CAST(\(x) AS DOUBLE), \(p))" }
    let value =
      "d_quantile(list_sort(list(\(micros(x, from))) FILTER (WHERE \(x) IS NOT NULL)), \(p))"
    return type == .time ? "make_timestamp(\(value))" : value
  }
}
