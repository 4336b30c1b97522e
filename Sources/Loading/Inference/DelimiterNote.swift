import Formats

/// A first line such as `sep=;`, by which Excel is told what parts the cells.
struct DelimiterNote {
  let delimiter: UInt8
  /// The bytes of the line with its end.
  let length: Int

  /// Nil when a text begins in another way.
  init?(_ text: [UInt8]) {
    guard text.count > 5, String(decoding: text[..<4], as: UTF8.self).lowercased() == "sep=" else {
      return nil
    }
    delimiter = text[4]
    let rest = text[5...].prefix(2)
    if rest.starts(with: [CSVDialect.carriageReturn, CSVDialect.lineFeed]) {
      length = 7
    } else if rest.first == CSVDialect.lineFeed || rest.first == CSVDialect.carriageReturn {
      length = 6
    } else {
      return nil
    }
  }
}
