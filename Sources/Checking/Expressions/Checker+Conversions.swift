import Calendars
import Columns
import Diagnostics
import Parsing
import Plans

extension Checker {
  /// What an implicit conversion costs in choosing an overload; nil where there is none.
  func conversionCost(_ value: ScalarExpression, to type: DataType) -> Int? {
    if value.type == type || value.isNull { return 0 }
    switch (value.type, type) {
    case (.int, .float), (.date, .time): return 1
    default: return nil
    }
  }

  /// The value as a type that it widens to; constants are converted here and now.
  func convert(_ value: ScalarExpression, to type: DataType) -> ScalarExpression {
    if case .constant(let scalar) = value.node {
      switch scalar {
      case .null: return .constant(.null, type: type, range: value.range)
      case .int(let number) where type == .float:
        return .constant(.float(Double(number)), range: value.range)
      case .date(let days) where type == .time:
        return .constant(.time(startOfDay(days)), range: value.range)
      default: break
      }
    }
    guard value.type != type else { return value }
    let function: ScalarFunction = type == .float ? .toFloat : .time
    return .call(function, [value], type: type, range: value.range)
  }

  /// The first microsecond of a day in the zone; far beyond the calendar it is cut.
  func startOfDay(_ days: Int64) -> Int64 {
    let bounded = min(max(days, -3_000_000), 3_000_000)
    return Int64(scope.zone.utcSeconds(fromLocal: Int(bounded) * 86_400)) * 1_000_000
  }

  /// The type that values of several types share; nil where there is none.
  ///
  /// Nulls do not count.
  func commonType(_ values: [ScalarExpression]) -> DataType? {
    var common: DataType?
    for value in values where !value.isNull {
      switch (common, value.type) {
      case (nil, let type): common = type
      case (let known?, let type) where known == type: break
      case (.int, .float), (.float, .int): common = .float
      case (.date, .time), (.time, .date): common = .time
      default: return nil
      }
    }
    return common ?? values.first?.type
  }

  /// The values in their common type, or nil with an error at the first that does not fit.
  func unified(
    _ values: [ScalarExpression], _ places: [SourceRange], in what: String
  ) -> [ScalarExpression]? {
    if let type = commonType(values) { return values.map { convert($0, to: type) } }
    guard let first = values.first(where: { !$0.isNull }) else { return values }
    for (value, range) in zip(values, places) where commonType([first, value]) == nil {
      report(
        "\(what) are of one type, found \(first.type.phrase) and \(value.type.phrase)", at: range)
      break
    }
    return nil
  }
}
