import Columns

/// Functions of texts that are all there, over Unicode scalars.
func text(_ function: Function, _ arguments: [Scalar]) -> Scalar {
  let texts = arguments.map { Array($0.text.unicodeScalars) }
  let first = texts[0]
  switch function {
  case .lower: return .string(first.map { $0.properties.lowercaseMapping }.joined())
  case .upper: return .string(first.map { $0.properties.uppercaseMapping }.joined())
  case .trim: return .string(made(trimmed(first)))
  case .length: return .int(Int64(first.count))
  case .contains: return .bool(place(of: texts[1], in: first) != nil)
  case .startsWith: return .bool(first.starts(with: texts[1]))
  case .endsWith: return .bool(first.reversed().starts(with: texts[1].reversed()))
  case .resembles: return .bool(place(of: folded(texts[1]), in: folded(first)) != nil)
  case .resemblesNot: return .bool(place(of: folded(texts[1]), in: folded(first)) == nil)
  case .replace: return .string(made(replaced(first, texts[1], texts[2])))
  case .digits: return .int(Int64(first.count { ("0"..."9").contains($0) }))
  case .similarity: return .float(similarity(first, texts[1]))
  case .split: return split(first, texts[1], arguments.count > 2 ? arguments[2].integer : nil)
  default:
    let length = arguments.count > 2 ? arguments[2].integer ?? 0 : Int64.max
    return .string(made(part(first, from: arguments[1].integer ?? 0, length: length)))
  }
}

func made(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var text = ""
  text.unicodeScalars.append(contentsOf: scalars)
  return text
}

func trimmed(_ scalars: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
  var rest = scalars[...]
  while rest.first?.properties.isWhitespace == true { rest.removeFirst() }
  while rest.last?.properties.isWhitespace == true { rest.removeLast() }
  return rest
}

/// Simple case folding, scalar by scalar: ſ and s, K (Kelvin) and k are alike; İ and ı stay.
private func folded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  scalars.map { scalar in
    if scalar == "İ" || scalar == "ı" { return scalar }
    let upper = scalar.properties.uppercaseMapping.unicodeScalars
    let base = upper.count == 1 ? upper.first ?? scalar : scalar
    let lower = base.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? scalar : scalar
  }
}

/// Where a text first stands in another.
private func place(
  of needle: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int = 0
) -> Int? {
  guard start + needle.count <= text.count else { return nil }
  return (start...(text.count - needle.count)).first { place in
    text[place..<(place + needle.count)].elementsEqual(needle)
  }
}

private func replaced(
  _ text: [Unicode.Scalar], _ needle: [Unicode.Scalar], _ with: [Unicode.Scalar]
) -> [Unicode.Scalar] {
  if needle.isEmpty { return text }
  var (result, start): ([Unicode.Scalar], Int) = ([], 0)
  while let found = place(of: needle, in: text, from: start) {
    result += text[start..<found] + with
    start = found + needle.count
  }
  return result + text[start...]
}

/// Scalars from a position, 1 (and 0) the first and -1 the last, cut to what is there.
private func part(
  _ text: [Unicode.Scalar], from start: Int64, length: Int64
) -> ArraySlice<Unicode.Scalar> {
  let first = start < 0 ? Int128(text.count) + Int128(start) : max(Int128(start), 1) - 1
  let end = min(Int128(text.count), first + Int128(length))
  let low = max(0, first)
  return end > low ? text[Int(low)..<Int(end)] : []
}

/// Every match of a pattern, from left to right, replaced; `\0` and `\1` stand for what matched.
func rewritten(_ text: [Unicode.Scalar], _ pattern: Pattern, _ with: String) -> String {
  var (result, start): ([Unicode.Scalar], Int) = ([], 0)
  var lastEnd: Int?
  while start <= text.count, let match = pattern.firstMatch(text, from: start) {
    result += text[start..<match.whole.lowerBound]
    let isEmptyBehindLast = match.whole.isEmpty && match.whole.lowerBound == lastEnd
    if !isEmptyBehindLast { result += expanded(with, match, text) }
    if match.whole.isEmpty {
      if match.whole.lowerBound < text.count { result.append(text[match.whole.lowerBound]) }
      start = match.whole.lowerBound + 1
    } else {
      start = match.whole.upperBound
    }
    lastEnd = match.whole.upperBound
  }
  if start < text.count { result += text[start...] }
  return made(result)
}

private func expanded(
  _ with: String, _ match: Pattern.Match, _ text: [Unicode.Scalar]
) -> [Unicode.Scalar] {
  var result: [Unicode.Scalar] = []
  var isEscaped = false
  for scalar in with.unicodeScalars {
    if isEscaped {
      if scalar == "0" { result += text[match.whole] }
      if scalar == "1", let group = match.group { result += text[group] }
      if scalar == "\\" { result.append(scalar) }
      isEscaped = false
    } else if scalar == "\\" {
      isEscaped = true
    } else {
      result.append(scalar)
    }
  }
  return result
}

/// The parts between separators as a JSON array, or the n-th, from the end where n is negative.
private func split(
  _ text: [Unicode.Scalar], _ separator: [Unicode.Scalar], _ n: Int64?
) -> Scalar {
  var (parts, start): ([String], Int) = ([], 0)
  if !separator.isEmpty {
    while let found = place(of: separator, in: text, from: start) {
      parts.append(made(text[start..<found]))
      start = found + separator.count
    }
  }
  parts.append(made(text[start...]))
  guard let n else { return .string("[" + parts.map(jsonText).joined(separator: ",") + "]") }
  let place = n < 0 ? Int64(parts.count) + n : n - 1
  return parts.indices.contains(Int(place)) ? .string(parts[Int(place)]) : .null
}

/// Jaro's measure; Winkler's addition for a shared beginning where it is above 0.7.
private func similarity(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
  if a.isEmpty || b.isEmpty { return 0 }
  if a == b { return 1 }
  let window = max(0, max(a.count, b.count) / 2 - 1)
  var isTaken = [Bool](repeating: false, count: b.count)
  var matches: [Unicode.Scalar] = []
  for (place, scalar) in a.enumerated() {
    let near = b.indices.filter { $0 >= place - window && $0 <= place + window }
    guard let match = near.first(where: { !isTaken[$0] && b[$0] == scalar }) else { continue }
    isTaken[match] = true
    matches.append(scalar)
  }
  if matches.isEmpty { return 0 }
  let others = b.indices.filter { isTaken[$0] }.map { b[$0] }
  let moved = zip(matches, others).count { $0 != $1 } / 2
  let m = Double(matches.count)
  let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(moved)) / m) / 3
  let shared = zip(a, b).prefix(4).prefix { $0 == $1 }.count
  return jaro > 0.7 ? jaro + Double(shared) * 0.1 * (1 - jaro) : jaro
}
