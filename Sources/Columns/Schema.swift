/// A column's name, type and history.
package struct Field: Sendable, Hashable {
  package let name: String
  package let type: DataType
  /// The name in the file where recognition gave another; it keeps working in programs.
  package let originalName: String?

  package init(name: String, type: DataType, originalName: String? = nil) {
    self.name = name
    self.type = type
    self.originalName = originalName == name ? nil : originalName
  }

  /// The same column under another name, to which the old ones no longer lead.
  package func renamed(_ name: String) -> Field { Field(name: name, type: type) }
}

/// The columns of a table or of a step of a plan, in order; names are unique.
package struct Schema: Sendable, Hashable {
  package let fields: [Field]
  private let positions: [String: Int]

  /// Takes fields of unique names; an original name that is also a column's name leads to the column.
  package init(_ fields: [Field]) {
    self.fields = fields
    var positions: [String: Int] = [:]
    for (position, field) in fields.enumerated() {
      if let original = field.originalName { positions[original] = position }
    }
    for (position, field) in fields.enumerated() { positions[field.name] = position }
    precondition(Set(fields.map(\.name)).count == fields.count, "a column name occurs twice")
    self.positions = positions
  }

  package var names: [String] { fields.map(\.name) }

  /// The position of a column by its name, or by the name it had in the file.
  package func position(of name: String) -> Int? { positions[name] }

  /// The column by its name, or by the name it had in the file.
  package func field(_ name: String) -> Field? { positions[name].map { fields[$0] } }
}
