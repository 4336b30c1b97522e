extension JSONShape {
  /// The bytes of a text with its records parted by `separator`.
  package func records(of text: any ByteStream) -> any ByteStream {
    switch form {
    case .lines: return text
    case .keyedText: return KeyedTextStream(text)
    case .document:
      let records = JSONCutter(isAssigned ? AssignedValueStream(text) : text, path: path)
      return valueKey.map { ListedValueStream(records, key: $0) } ?? records
    }
  }

  /// Whether a byte of the records stands where it does in the text.
  package var keepsPlaces: Bool { form != .keyedText && valueKey == nil }

  /// What is wrong around the records of a stream that `records` made: offsets in the text.
  package static func faults(of records: any ByteStream) -> [(place: Int, reason: String)] {
    (records as? JSONCutter)?.faults ?? (records as? ListedValueStream)?.faults ?? []
  }
}
