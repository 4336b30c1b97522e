/// A column of an Arrow file, or a part of one.
struct ArrowField: Sendable {
  /// How the values of a column are numbers of a dictionary's.
  struct Dictionary: Sendable {
    let id: Int64
    /// An integer type.
    let indexType: ArrowType
  }

  let name: String
  /// Of the values; with a dictionary of the dictionary's.
  let type: ArrowType
  var children: [ArrowField] = []
  var dictionary: Dictionary?
  var metadata: [(key: String, value: String)] = []

  /// What stands in the batches: the numbers, where there is a dictionary.
  var stored: ArrowType { dictionary?.indexType ?? type }
  /// The children that the batches hold.
  var storedChildren: [ArrowField] { dictionary == nil ? children : [] }
}

/// The columns of an Arrow file.
struct ArrowSchema: Sendable {
  var fields: [ArrowField]
  var metadata: [(key: String, value: String)]
}
