import Formats

/// How the records of a file are told apart, and read.
enum RecordFormat: Sendable, Hashable {
  case delimited(CSVDialect)
  case json(JSONShape)

  /// The byte that ends a record.
  var recordEnd: UInt8 {
    switch self {
    case .delimited(let dialect): dialect.newline
    case .json(let shape): shape.separator
    }
  }

  /// The byte that ends a line.
  var lineEnd: UInt8 {
    if case .delimited(let dialect) = self { dialect.newline } else { CSVDialect.lineFeed }
  }

  /// Whether records go across lines, so that their places count from the start of the text.
  var isDocument: Bool {
    if case .json(let shape) = self { shape.form != .lines } else { false }
  }

  /// A reader of blocks of such records; throws when memory is short.
  func block(
    fieldCount: Int, scanner: CSVBlock.Scanner
  ) throws(ReadFailure) -> any RecordBlock {
    switch self {
    case .delimited(let dialect):
      return CSVBlock(dialect: dialect, fieldCount: fieldCount, scanner: scanner)
    case .json(let shape): return try JSONBlock(separator: shape.separator)
    }
  }

  /// Where a record starts at or behind `place`, as far as can be told; nil when there is none.
  ///
  /// For lines of JSON it is sure.
  func recordStart(
    _ text: UnsafePointer<UInt8>, count: Int, from place: Int, fieldCount: Int
  ) -> Int? {
    switch self {
    case .delimited(let dialect):
      return guessRecordStart(
        text, count: count, from: place, dialect: dialect, fieldCount: fieldCount)
    case .json:
      var next = place
      while next <= count, text[next - 1] != recordEnd { next += 1 }
      return next <= count ? next : nil
    }
  }
}
