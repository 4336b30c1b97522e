/// Punctuation and operators of the language, as written.
enum Symbol: String, CaseIterable {
  case pipe = "|"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case leftParen = "("
  case rightParen = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case assign = "="
  case equal = "=="
  case notEqual = "!="
  case angles = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case tilde = "~"
  case notTilde = "!~"
  case coalesce = "??"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case doubleSlash = "//"
  case percent = "%"
  case dots = ".."
  case bang = "!"
  case ampersands = "&&"
  case bars = "||"

  /// Whether a line that ends with it goes on: `|`, `,`, operators and open brackets.
  var letsLineGoOn: Bool {
    switch self {
    case .semicolon, .colon, .rightParen, .rightBracket, .rightBrace: false
    default: true
    }
  }

  /// The bracket that closes this one, or nil.
  var closing: Symbol? {
    switch self {
    case .leftParen: .rightParen
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }

  var isClosing: Bool { self == .rightParen || self == .rightBracket || self == .rightBrace }
}

/// Operators of other languages, kept whole so that one message can say what to write instead.
enum ForeignSymbol {
  static let hints: [String: String] = [
    "=>": "write >=", "=<": "write <=", "==>": "write >=", "<=>": "write ==",
    "===": "write ==", "!==": "write !=", ":=": "write =",
    "=~": "write matches /…/, or ~ for 'contains'", "|>": "write |", "->": "write |",
    "**": "write pow(a, b)", "^": "write pow(a, b)",
    "?": "write if(condition, a, b), or ?? for a value in place of null",
    "&": "write and", "...": "write ..",
  ]
}
