/// A regular expression of a case: pieces one after the other, some of them in the one group.
struct Pattern: Sendable {
  enum Atom: Sendable {
    case scalar(Unicode.Scalar)
    case any
    case digit
    case range(Unicode.Scalar, Unicode.Scalar)
  }

  enum Repeat: String, Sendable {
    case once = ""
    case optional = "?"
    case many = "*"
    case some = "+"
  }

  struct Piece: Sendable {
    let atom: Atom
    let repeats: Repeat
  }

  var pieces: [Piece]
  /// The pieces that the brackets hold.
  var group: Range<Int>?
  var startsLine = false
  var endsLine = false

  /// As RE2 and the language write it; the slash of the language is escaped by the printer.
  var text: String {
    var text = startsLine ? "^" : ""
    for (index, piece) in pieces.enumerated() {
      if group?.lowerBound == index { text += "(" }
      text += piece.text
      if group.map({ $0.upperBound == index + 1 }) == true { text += ")" }
    }
    return text + (endsLine ? "$" : "")
  }
}

extension Pattern.Piece {
  fileprivate var text: String {
    let text =
      switch atom {
      case .any: "."
      case .digit: "[0-9]"
      case .range(let low, let high): "[\(low)-\(high)]"
      case .scalar(let scalar):
        ".*+?()[]{}|^$\\/".unicodeScalars.contains(scalar)
          ? "\\\(scalar)" : "\(scalar)"
      }
    return text + repeats.rawValue
  }
}

extension Pattern {
  /// Where the whole and its group matched, as positions of scalars.
  struct Match {
    let whole: Range<Int>
    let group: Range<Int>?
  }

  /// The leftmost match, as greedy as its pieces: tries what is possible, one after the other.
  func firstMatch(_ text: [Unicode.Scalar], from first: Int = 0) -> Match? {
    for start in first...max(first, text.count) where start <= text.count {
      if startsLine && start > 0 { return nil }
      var ends: [Int] = []
      if match(text, start, 0, &ends), let end = ends.last {
        let places = [start] + ends
        return Match(
          whole: start..<end, group: group.map { places[$0.lowerBound]..<places[$0.upperBound] })
      }
    }
    return nil
  }

  private func match(
    _ text: [Unicode.Scalar], _ place: Int, _ piece: Int, _ ends: inout [Int]
  ) -> Bool {
    guard piece < pieces.count else {
      if ends.isEmpty { ends.append(place) }
      return !endsLine || place == text.count
    }
    let repeats = pieces[piece].repeats
    var most = 0
    let limit = repeats == .once || repeats == .optional ? 1 : text.count
    while most < limit, place + most < text.count, pieces[piece].takes(text[place + most]) {
      most += 1
    }
    let least = repeats == .once || repeats == .some ? 1 : 0
    for count in stride(from: most, through: least, by: -1) {
      ends.append(place + count)
      if match(text, place + count, piece + 1, &ends) { return true }
      ends.removeLast(ends.count - piece)
    }
    return false
  }
}

extension Pattern.Piece {
  fileprivate func takes(_ scalar: Unicode.Scalar) -> Bool {
    switch atom {
    case .any: scalar != "\n"
    case .digit: ("0"..."9").contains(scalar)
    case .range(let low, let high): (low...high).contains(scalar)
    case .scalar(let own): own == scalar
    }
  }
}
