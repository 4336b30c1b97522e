/// What is wrong with the text of a saved model.
package struct ScorecardTextError: Error, Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  package let message: String
}

// A saved model is a text of lines, a word first: small, readable, the same on every machine.
//
//   decoy scorecard 1
//   name my labels
//   intercept -1.44
//   term followers friends
//   edges 5 9 13
//   across 160 240
//   weights -1.09 0.18 0.41 …
//   point 0.5 0.62 0.99 0.94 0.99

extension Scorecard {
  /// The model as text; numbers print so that they read back the same.
  package var text: String {
    var lines = [firstLine, "name \(name)", "intercept \(intercept)"]
    for term in terms {
      lines.append("term " + term.features.map(\.rawValue).joined(separator: " "))
      lines.append("edges " + joined(term.edges))
      if term.second != nil { lines.append("across " + joined(term.across)) }
      lines.append("weights " + joined(term.weights))
    }
    for point in points {
      let shares = [point.evidence] + ends(point.sensitivity) + ends(point.specificity)
      lines.append("point " + joined(shares))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A model of its text.
  package init(text: String) throws(ScorecardTextError) {
    var reader = ScorecardReader()
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      try reader.read(line, number: number + 1)
    }
    self = try reader.scorecard()
  }
}

private let firstLine = "decoy scorecard 1"

private func joined(_ values: [Double]) -> String {
  values.map { "\($0)" }.joined(separator: " ")
}

private func ends(_ range: ClosedRange<Double>) -> [Double] {
  [range.lowerBound, range.upperBound]
}

/// Reads the lines of a model one by one.
private struct ScorecardReader {
  private var line = 0
  private var name: String?
  private var intercept: Double?
  private var features: [ScorecardFeature] = []
  private var edges: [Double] = []
  private var across: [Double] = []
  private var terms: [ScorecardTerm] = []
  private var points: [OperatingPoint] = []

  mutating func read(_ text: Substring, number: Int) throws(ScorecardTextError) {
    line = number
    if number == 1 {
      guard text == firstLine else { throw failure("not a saved model: no '\(firstLine)'") }
      return
    }
    let words = text.split(separator: " ")
    guard let word = words.first else { return }
    let rest = words.dropFirst()
    switch word {
    case "name": name = rest.joined(separator: " ")
    case "intercept": intercept = try numbers(rest, atLeast: 1, atMost: 1)[0]
    case "term": try readTerm(rest)
    case "edges": edges = try rising(rest)
    case "across": across = try rising(rest)
    case "weights": try readWeights(rest)
    case "point": try readPoint(rest)
    default: throw failure("no word '\(word)' in a saved model")
    }
  }

  func scorecard() throws(ScorecardTextError) -> Scorecard {
    guard let intercept else { throw failure("the model has no intercept") }
    guard features.isEmpty else { throw failure("the last term has no weights") }
    return Scorecard(name: name ?? "saved", intercept: intercept, terms: terms, points: points)
  }

  private mutating func readTerm(_ words: ArraySlice<Substring>) throws(ScorecardTextError) {
    guard features.isEmpty else { throw failure("the term before has no weights") }
    guard (1...2).contains(words.count) else { throw failure("a term has one feature or two") }
    for word in words {
      guard let feature = ScorecardFeature(rawValue: String(word)) else {
        throw failure("no feature '\(word)'")
      }
      features.append(feature)
    }
    edges = []
    across = []
  }

  private mutating func readWeights(_ words: ArraySlice<Substring>) throws(ScorecardTextError) {
    let cells = (edges.count + 1) * (across.count + 1)
    guard cells < 128 else { throw failure("too many bins") }
    let weights = try numbers(words, atLeast: cells, atMost: cells)
    switch features.count {
    case 1 where across.isEmpty:
      terms.append(ScorecardTerm(features[0], edges: edges, weights: weights))
    case 2:
      terms.append(
        ScorecardTerm(features[0], features[1], edges: edges, across: across, weights: weights))
    default: throw failure("weights without a term of their shape")
    }
    features = []
  }

  private mutating func readPoint(_ words: ArraySlice<Substring>) throws(ScorecardTextError) {
    let values = try numbers(words, atLeast: 5, atMost: 5)
    guard values[1] <= values[2], values[3] <= values[4],
      values[0] > points.last?.evidence ?? -.infinity
    else { throw failure("points rise, and so do their ranges") }
    points.append(
      OperatingPoint(
        evidence: values[0], sensitivity: values[1]...values[2], specificity: values[3]...values[4])
    )
  }

  private func rising(_ words: ArraySlice<Substring>) throws(ScorecardTextError) -> [Double] {
    let values = try numbers(words, atLeast: 0, atMost: 127)
    guard zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw failure("edges rise")
    }
    return values
  }

  private func numbers(
    _ words: ArraySlice<Substring>, atLeast least: Int, atMost most: Int
  ) throws(ScorecardTextError) -> [Double] {
    guard (least...most).contains(words.count) else {
      throw failure(
        least == most ? "\(least) numbers expected, \(words.count) found" : "too many numbers")
    }
    var values: [Double] = []
    for word in words {
      guard let value = Double(word), value.isFinite else {
        throw failure("'\(word)' is no number")
      }
      values.append(value)
    }
    return values
  }

  private func failure(_ message: String) -> ScorecardTextError {
    ScorecardTextError(line: line, message: message)
  }
}
