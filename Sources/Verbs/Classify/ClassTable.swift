import Columns
import Statistics

/// The columns that classes are, and the words in them.
enum ClassTable {
  static let fields: [Field] = [
    Field(name: "class", type: .string), Field(name: "authenticity", type: .string),
    Field(name: "activity", type: .string), Field(name: "fake_score", type: .float),
    Field(name: "why", type: .string), Field(name: "evidence", type: .float),
  ]

  /// Codes of the column `class`; those from 2 on are activities.
  static let classes = TextDictionary(["fake", "suspect", "engaged", "active", "quiet", "unknown"])
  static let authenticities = TextDictionary(["fake", "suspect", "genuine", "unknown"])
  static let activities = TextDictionary(["engaged", "active", "quiet", "unknown"])

  enum Authenticity: UInt8 {
    case fake, suspect, genuine, unknown
  }

  enum Activity: UInt8 {
    case engaged, active, quiet, unknown
  }

  /// The code of a class: an accusation, else the activity.
  static func code(_ authenticity: Authenticity, _ activity: Activity) -> UInt8 {
    code(authenticity.rawValue, activity.rawValue)
  }

  /// The same by the codes of both, for the loop over rows.
  @inline(__always)
  static func code(_ authenticity: Authenticity.RawValue, _ activity: Activity.RawValue) -> UInt8 {
    authenticity <= Authenticity.suspect.rawValue ? authenticity : activity &+ 2
  }
}
