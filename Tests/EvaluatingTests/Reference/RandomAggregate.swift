import Columns
import Plans

/// Random aggregate calls whose arguments fit.
enum RandomAggregate {
  static func call(_ schema: Schema, _ random: inout Seeded) -> AggregateCall? {
    let functions = AggregateFunction.allCases
    let function = functions[random.below(functions.count)]
    func pick(_ types: Set<DataType>) -> ScalarExpression? {
      let fields = schema.fields.filter {
        // Sums of the edges of the range overflow: that has a test of its own.
        types.contains($0.type) && $0.name != "wide" && !$0.name.hasPrefix("d")
          && !$0.name.hasPrefix("r") && !$0.name.hasPrefix("a") || types.count > 5
      }
      return fields.isEmpty ? nil : .column(fields[random.below(fields.count)])
    }
    let any = Set(DataType.allCases)
    switch function {
    case .count:
      guard random.chance(60), let argument = pick(any) else {
        return AggregateCall(.count, [], type: .int)
      }
      return AggregateCall(.count, [argument], type: .int)
    case .sum:
      return pick([.int, .float, .duration]).map { AggregateCall(.sum, [$0], type: $0.type) }
    case .avg, .median, .quantile, .medianLow, .medianHigh:
      return pick([.int, .float, .duration, .time, .date]).map { argument in
        let type: DataType =
          switch argument.type {
          case .int, .float: .float
          case .date, .time: .time
          default: .duration
          }
        return AggregateCall(
          function, [argument], parameter: function == .quantile ? 0.3 : nil, type: type)
      }
    case .min, .max, .first, .last, .mode:
      return pick(any).map { AggregateCall(function, [$0], type: $0.type) }
    case .minBy, .maxBy:
      guard let value = pick(any), let key = pick(any) else { return nil }
      return AggregateCall(function, [value, key], type: value.type)
    case .stddev: return pick([.int, .float]).map { AggregateCall(.stddev, [$0], type: .float) }
    case .gini: return pick([.int, .float]).map { AggregateCall(.gini, [$0], type: .float) }
    case .spark:
      return pick([.int, .float, .duration]).map { AggregateCall(.spark, [$0], type: .string) }
    case .entropy: return pick(any).map { AggregateCall(.entropy, [$0], type: .float) }
    case .corr:
      guard let x = pick([.float]), let y = pick([.float]) else { return nil }
      return AggregateCall(.corr, [x, y], type: .float)
    case .distinct: return pick(any).map { AggregateCall(.distinct, [$0], type: .int) }
    case .share: return pick([.bool]).map { AggregateCall(.share, [$0], type: .float) }
    case .any, .all: return pick([.bool]).map { AggregateCall(function, [$0], type: .bool) }
    case .ratio:
      let type: DataType = random.chance(50) ? .int : .float
      guard let over = pick([type]), let under = pick([type]) else { return nil }
      return AggregateCall(.ratio, [over, under], type: .float)
    }
  }
}
