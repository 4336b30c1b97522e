/// How a CSV text is written: what parts its cells and ends its lines.
package struct CSVDialect: Sendable, Hashable {
  /// The byte between two cells.
  package var delimiter: UInt8
  /// The byte that ends lines: a line feed (CR LF counts as one), or CR in files that have only CR.
  package var newline: UInt8

  package static let lineFeed: UInt8 = 0x0A
  package static let carriageReturn: UInt8 = 0x0D
  package static let quote: UInt8 = 0x22

  /// A quoted field longer than this was never closed: its quote is taken as text.
  package static let quotedLimit = 16 << 20

  package init(delimiter: UInt8 = UInt8(ascii: ","), newline: UInt8 = CSVDialect.lineFeed) {
    self.delimiter = delimiter
    self.newline = newline
  }
}

/// Why a record could not be read as it stands.
package enum CSVIssue: UInt8, Sendable, CaseIterable {
  case tooFewValues
  case tooManyValues
  case textAfterQuote
  case quoteNeverClosed

  /// The words for the list of rejects.
  package var reason: String {
    switch self {
    case .tooFewValues: "too few values"
    case .tooManyValues: "too many values"
    case .textAfterQuote: "text after a closing quote"
    case .quoteNeverClosed: "a quote that is never closed"
    }
  }
}

/// A record with an issue: where it stands in the text that was scanned.
package struct CSVIssuePlace: Sendable, Hashable {
  package let issue: CSVIssue
  package let start: Int
  /// The offset of its line end.
  package let end: Int
}
