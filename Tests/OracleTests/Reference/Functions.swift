import Columns

/// Functions whose arguments are all there (null in, null out), by their definitions.
func apply(_ function: Function, _ arguments: [Scalar]) throws(ReferenceEnd) -> Scalar {
  let values = unified(arguments)
  switch function {
  case .not: return .bool(values[0] == .bool(false))
  case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
    return .bool(compare(function, arguments))
  case .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .negate, .abs:
    return try arithmetic(function, arguments)
  case .round, .floor, .ceil, .sqrt, .ln, .log10, .exp, .pow, .clamp, .bin:
    return try number(function, function == .round ? arguments : values)
  case .toInt, .toFloat, .toText, .toDate, .toTime:
    // Both zeros are one value: which of them a key shows is not laid down.
    if function == .toText, case .float(-0.0) = arguments[0] { throw .unsure }
    return converted(function, arguments[0])
  case .day, .week, .month, .quarter, .year, .hour, .weekday, .epoch, .snowflakeTime:
    return calendar(function, arguments[0])
  case .wilsonLow, .wilsonHigh:
    return .float(
      wilson(arguments[0].number ?? 0, arguments[1].number ?? 0, isLow: function == .wilsonLow))
  default: return text(function, arguments)
  }
}

private func compare(_ function: Function, _ sides: [Scalar]) -> Bool {
  // A date compared with a time is its whole day.
  let types = sides.map(\.type)
  let sides = types == [.date, .time] || types == [.time, .date] ? sides.map(day) : unified(sides)
  let order = order(sides[0], sides[1])
  switch function {
  case .equal: return order == 0
  case .notEqual: return order != 0
  case .less: return order < 0
  case .lessOrEqual: return order <= 0
  case .greater: return order > 0
  default: return order >= 0
  }
}

private func day(_ value: Scalar) -> Scalar {
  if case .time(let micros) = value { return .date(floored(micros, dayMicros)) }
  return value
}

// MARK: Arithmetic

private func arithmetic(
  _ function: Function, _ arguments: [Scalar]
) throws(ReferenceEnd) -> Scalar {
  let left = arguments[0]
  let right = arguments.last ?? .null
  switch (left, right) {
  case (.string(let a), .string(let b)): return .string(a + b)
  case (.duration(let a), .int(let b)) where function == .multiply:
    return .duration(try integer(.multiply, a, b))
  case (.int(let a), .duration(let b)): return .duration(try integer(.multiply, a, b))
  case (.duration(let a), .float(let b)), (.float(let b), .duration(let a)):
    return try scaled(a, b, function)
  case (.duration(let a), .int(let b)): return try scaled(a, Double(b), function)
  case (.float, _), (_, .float): return float(function, left.number ?? 0, right.number ?? 0)
  case (.int(let a), .int(let b)) where function == .divide:
    return float(.divide, Double(a), Double(b))
  case (.duration(let a), .duration(let b)) where function == .divide:
    return b == 0 ? .null : .float(Double(a) / Double(b))
  default: return try exact(function, left, right)
  }
}

/// What is counted in integers: ints, durations, dates and times.
private func exact(
  _ function: Function, _ left: Scalar, _ right: Scalar
) throws(ReferenceEnd) -> Scalar {
  let (a, b) = (left.integer ?? 0, right.integer ?? 0)
  if function == .floorDivide || function == .remainder, b == 0 { return .null }
  switch (left, right) {
  case (.int, .int): return .int(try integer(function, a, b))
  case (.duration, .duration):
    let value = try integer(function, a, b)
    return function == .floorDivide ? .int(value) : .duration(value)
  case (.time, .time): return .duration(try integer(.subtract, a, b))
  case (.date, .date):
    return .duration(try integer(.multiply, try integer(.subtract, a, b), dayMicros))
  case (.duration, .date): return .time(try integer(.add, a, try integer(.multiply, b, dayMicros)))
  case (.duration, .time): return .time(try integer(.add, a, b))
  case (.date, .duration):
    return .time(try integer(function, try integer(.multiply, a, dayMicros), b))
  default: return .time(try integer(function, a, b))
  }
}

private func integer(_ function: Function, _ a: Int64, _ b: Int64) throws(ReferenceEnd) -> Int64 {
  let wide: Int128
  switch function {
  case .add: wide = Int128(a) + Int128(b)
  case .subtract: wide = Int128(a) - Int128(b)
  case .multiply: wide = Int128(a) * Int128(b)
  case .negate: wide = -Int128(a)
  case .abs: wide = Int128(a.magnitude)
  case .floorDivide, .remainder:
    let (quotient, rest) = Int128(a).quotientAndRemainder(dividingBy: Int128(b))
    let isBelow = rest != 0 && (rest < 0) != (b < 0)
    wide =
      function == .floorDivide ? quotient - (isBelow ? 1 : 0) : rest + (isBelow ? Int128(b) : 0)
  default: throw .unsure
  }
  guard let value = Int64(exactly: wide) else { throw .fault }
  return value
}

private func float(_ function: Function, _ a: Double, _ b: Double) -> Scalar {
  switch function {
  case .add: return .float(a + b)
  case .subtract: return .float(a - b)
  case .multiply: return .float(a * b)
  case .divide: return b == 0 ? .null : .float(a / b)
  case .negate: return .float(-a)
  case .abs: return .float(a.magnitude)
  case .floorDivide: return b == 0 ? .null : .float(floorQuotient(a, b))
  default:
    if b == 0 { return .null }
    let rest = a.truncatingRemainder(dividingBy: b)
    return .float(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest)
  }
}

/// The floor of the exact quotient, from the exact remainder: 1 // 0.1 is 9, as in Python.
private func floorQuotient(_ a: Double, _ b: Double) -> Double {
  let rest = a.truncatingRemainder(dividingBy: b)
  let isBelow = rest != 0 && (rest < 0) != (b < 0)
  return ((a - rest) / b).rounded() - (isBelow ? 1 : 0)
}

/// A duration times or over a number, to the nearest microsecond.
private func scaled(
  _ micros: Int64, _ factor: Double, _ function: Function
) throws(ReferenceEnd) -> Scalar {
  if function == .divide && factor == 0 { return .null }
  let value = function == .divide ? Double(micros) / factor : Double(micros) * factor
  guard let whole = Int64(exactly: value.rounded()) else { throw .fault }
  return .duration(whole)
}

// MARK: Numbers

private func number(
  _ function: Function, _ values: [Scalar]
) throws(ReferenceEnd) -> Scalar {
  if case .int(let a) = values[0], [.round, .floor, .ceil].contains(function) { return .int(a) }
  let x = values[0].number ?? 0
  switch function {
  case .round: return .float(rounded(x, digits: values.count > 1 ? values[1].integer ?? 0 : 0))
  case .floor: return .float(x.rounded(.down))
  case .ceil: return .float(x.rounded(.up))
  case .sqrt: return x < 0 ? .null : .float(x.squareRoot())
  case .ln: return x <= 0 ? .null : .float(naturalLogarithm(x))
  case .log10: return x <= 0 ? .null : .float(decimalLogarithm(x))
  case .exp: return .float(exponential(x))
  case .pow:
    let result = power(x, values[1].number ?? 0)
    return result.isNaN ? .null : .float(result)
  case .clamp:
    let raised = order(values[0], values[1]) < 0 ? values[1] : values[0]
    return order(raised, values[2]) > 0 ? values[2] : raised
  default: return try binned(values)
  }
}

private func rounded(_ x: Double, digits: Int64) -> Double {
  var scale = 1.0
  for _ in 0..<digits.magnitude { scale *= 10 }
  let moved = digits < 0 ? x / scale : x * scale
  if !moved.isFinite { return x }
  let whole = moved.rounded(.toNearestOrAwayFromZero)
  return digits < 0 ? whole * scale : whole / scale
}

private func binned(_ values: [Scalar]) throws(ReferenceEnd) -> Scalar {
  switch (values[0], values[1]) {
  case (.float(let x), .float(let width)):
    return width > 0 ? .float((x / width).rounded(.down) * width) : .null
  case (.date(let day), .duration(let width)):
    if width <= 0 { return .null }
    let start = floored(day * dayMicros, width) * width
    return .date(floored(start, dayMicros))
  case (.time(let micros), .duration(let width)):
    return width > 0 ? .time(floored(micros, width) * width) : .null
  default:
    let (x, width) = (values[0].integer ?? 0, values[1].integer ?? 0)
    return width > 0 ? .int(try integer(.multiply, floored(x, width), width)) : .null
  }
}

/// A bound of Wilson's interval of k of n (1927) at 95 %.
func wilson(_ k: Double, _ n: Double, isLow: Bool) -> Double {
  if n <= 0 { return isLow ? 0 : 1 }
  let k = min(max(k, 0), n)
  if k == 0 && isLow { return 0 }
  if k == n && !isLow { return 1 }
  let (z, p) = (1.959963984540054, k / n)
  let middle = p + z * z / (2 * n)
  let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  return (middle + (isLow ? -spread : spread)) / (1 + z * z / n)
}
