import Checking
import Parsing
import Plans

/// What may stand at the cursor.
enum CursorPlace {
  /// The begin of a statement.
  case statement
  /// The begin of a pipeline that may be a value too.
  case source
  /// Where only a table may stand.
  case table
  /// Behind `|`.
  case verb
  /// An operand of an expression.
  case operand(Operand)
  /// Behind an operand.
  case operatorWord(Ending)
  /// A name of an option, those that are written left out.
  case optionName([VerbSignature.Option])
  /// Behind `name =` of an option.
  case optionValue(VerbSignature.Option)
  /// Words of which one must stand here.
  case words([String])
  case file
  /// A new name, a number: nothing to offer.
  case nothing

  /// An operand's own possibilities.
  struct Operand {
    var columns = true
    var expressions = true
    var aggregates = false
    /// Whether an aggregate is what begins here.
    var aggregatesFirst = false
    var tables = false
    /// Words of clauses that may stand in place of the items.
    var words: [String] = []
    /// The column whose values the operand is compared with.
    var compared: String?
  }

  /// What may follow an operand.
  struct Ending {
    var words: [String] = []
  }
}
