import Calendars
import Columns

/// Elements of a list that becomes JSON text.
let longestArrowList = 1 << 24

/// Adds a value as JSON: lists as arrays, structures as objects, maps as arrays of key and value, times
/// in ISO 8601.
func appendArrowJSON(
  _ array: ArrowArray, _ row: Int, depth: Int, to out: inout [UInt8]
) throws(ArrowProblem) {
  guard let (array, row) = try array.place(row) else {
    out += Array("null".utf8)
    return
  }
  switch array.type {
  case .null, .other: out += Array("null".utf8)
  case .bool: out += Array((array.integer(row) == 0 ? "false" : "true").utf8)
  case .integer(64, false): out += Array(UInt64(bitPattern: array.integer(row)).description.utf8)
  case .integer: out += Array(array.integer(row).description.utf8)
  case .float: appendNumber(array.float(row), to: &out)
  case .decimal(let scale, let bits):
    appendNumber(array.decimalValue(row, scale: scale, bits: bits), to: &out)
  case .text, .textView:
    appendJSONString(String(decoding: array.bytes(row), as: UTF8.self), to: &out)
  case .binary, .binaryView, .fixedBinary:
    out.append(UInt8(ascii: "\""))
    appendHexadecimal(array.bytes(row), to: &out)
    out.append(UInt8(ascii: "\""))
  case .days: appendJSONString(formatDate(days: Int(array.integer(row))), to: &out)
  case .dayMillis:
    let rule = IntegerRule(type: .date, divisor: 86_400_000)
    appendJSONString(formatDate(days: Int(rule.value(array.integer(row)) ?? 0)), to: &out)
  case .timestamp(let unit, _), .duration(let unit):
    appendTimeJSON(array, row, unit, to: &out)
  case .timeOfDay, .interval: appendJSONString(arrowText(array, row), to: &out)
  case .list, .fixedList, .map:
    guard array.elements(row).count <= longestArrowList else {
      throw .unsupported("a list has more than \(longestArrowList) elements")
    }
    out.append(UInt8(ascii: "["))
    for (number, element) in array.elements(row).enumerated() {
      if number > 0 { out.append(UInt8(ascii: ",")) }
      try appendArrowJSON(array.children[0], element, depth: depth + 1, to: &out)
    }
    out.append(UInt8(ascii: "]"))
  case .structure:
    out.append(UInt8(ascii: "{"))
    for (number, child) in array.children.enumerated() {
      if number > 0 { out.append(UInt8(ascii: ",")) }
      appendJSONString(child.name, to: &out)
      out.append(UInt8(ascii: ":"))
      try appendArrowJSON(child, row, depth: depth + 1, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }
}

/// JSON has no word for what is not finite.
private func appendNumber(_ value: Double, to out: inout [UInt8]) {
  out += Array((value.isFinite ? value.description : "null").utf8)
}

private func appendTimeJSON(
  _ array: ArrowArray, _ row: Int, _ unit: ArrowType.Unit, to out: inout [UInt8]
) {
  let rule = IntegerRule(
    type: .time, factor: max(1, 1_000_000 / unit.rawValue),
    divisor: unit == .nanoseconds ? 1000 : 1)
  guard let micros = rule.value(array.integer(row)) else {
    out += Array("null".utf8)
    return
  }
  if case .duration = array.type {
    appendJSONString(formatDuration(micros: micros), to: &out)
  } else {
    appendJSONString(formatTime(micros: micros, zone: .utc), to: &out)
  }
}
