import Calendars
package import Columns
package import Plans

/// The value of a script parameter.
package enum ParameterValue: Sendable {
  /// A scalar of the declared type; null is allowed.
  case scalar(Scalar, DataType)
  case table(Plan)
}

/// The declared type of a script parameter.
package enum ParameterType: Sendable, Hashable {
  case scalar(DataType)
  case table

  /// The type of that name (`int`, `table`, …), or nil.
  package init?(name: String) {
    if name == "table" {
      self = .table
    } else if let type = DataType(rawValue: name) {
      self = .scalar(type)
    } else {
      return nil
    }
  }

  /// The name in the language.
  package var name: String {
    switch self {
    case .scalar(let type): type.rawValue
    case .table: "table"
    }
  }

  /// All names, for suggestions and help.
  package static let names = DataType.allCases.map(\.rawValue) + ["table"]
}

/// `param name: type = default`, checked.
package struct ParameterDeclaration: Sendable {
  package let name: String
  package let type: ParameterType
  /// nil when a value must be given on the command line.
  package let defaultValue: ParameterValue?
}
