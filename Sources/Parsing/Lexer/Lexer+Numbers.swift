extension Lexer {
  /// A date, or a number with what is joined to it: `_`, a fraction, an exponent, units.
  func scanNumber(_ start: Int) -> Token {
    if let end = dateEnd(start) { return Token(kind: .date, start: start, end: end) }
    var end = start
    while end < bytes.count {
      if bytes[end].isWord {
        let isExponent = (bytes[end] | 0x20) == UInt8(ascii: "e") && isSignedDigit(end + 1)
        end += isExponent ? 2 : 1
      } else if bytes[end] == UInt8(ascii: "."), byte(end + 1).isDigit {
        end += 1
      } else {
        break
      }
    }
    return Token(kind: .number, start: start, end: end)
  }

  private func isSignedDigit(_ offset: Int) -> Bool {
    (byte(offset) == UInt8(ascii: "+") || byte(offset) == UInt8(ascii: "-"))
      && byte(offset + 1).isDigit
  }

  /// The end of `2024-03`, `2024-03-01` or `2024-03-01T12:00…`, or nil when no date stands here.
  private func dateEnd(_ start: Int) -> Int? {
    guard hasDigits(4, start), let month = twoDigits(after: "-", start + 4) else { return nil }
    guard let day = twoDigits(after: "-", month) else {
      // `2024-03-1` is a slip for a day, not a month and a subtraction.
      let isSlip = byte(month) == UInt8(ascii: "-") && byte(month + 1).isDigit
      return wordEnd(isSlip ? month + 1 : month)
    }
    guard byte(day) == UInt8(ascii: "T") else { return wordEnd(day) }
    return timeEnd(day)
  }

  /// The end of `T12:00:00.000+02:00` at its `T`, or of the word there when it is no time.
  private func timeEnd(_ start: Int) -> Int {
    guard let hour = twoDigits(after: "T", start), var end = twoDigits(after: ":", hour) else {
      return wordEnd(start)
    }
    if let second = twoDigits(after: ":", end) {
      end = second
      if byte(end) == UInt8(ascii: "."), byte(end + 1).isDigit {
        end += 1
        while byte(end).isDigit { end += 1 }
      }
    }
    if byte(end) == UInt8(ascii: "Z") { return wordEnd(end) }
    let sign: Unicode.Scalar = byte(end) == UInt8(ascii: "+") ? "+" : "-"
    if let zone = twoDigits(after: sign, end), let zoneEnd = twoDigits(after: ":", zone) {
      return wordEnd(zoneEnd)
    }
    return wordEnd(end)
  }

  private func hasDigits(_ count: Int, _ start: Int) -> Bool {
    (start..<(start + count)).allSatisfy { byte($0).isDigit } && !byte(start + count).isDigit
  }

  private func twoDigits(after mark: Unicode.Scalar, _ offset: Int) -> Int? {
    guard byte(offset) == UInt8(ascii: mark), hasDigits(2, offset + 1) else { return nil }
    return offset + 3
  }
}
