import Columns
import Statistics

/// The rows of an audit: for programs figures, for a reader sentences.
struct AuditPage {
  static let fields: [Field] = [
    Field(name: "account", type: .string), Field(name: "section", type: .string),
    Field(name: "item", type: .string), Field(name: "value", type: .float),
    Field(name: "lo", type: .float), Field(name: "hi", type: .float),
    Field(name: "n", type: .int), Field(name: "text", type: .string),
  ]

  private(set) var rows: [[Scalar]] = []
  private let account: String
  private var section = ""

  init(account: String) { self.account = account }

  /// Begins a section.
  mutating func begin(_ section: String) { self.section = section }

  /// Adds a figure and its sentence.
  mutating func add(
    _ item: String, _ text: String, value: Double? = nil, interval: Interval? = nil, n: Int? = nil
  ) {
    func float(_ value: Double?) -> Scalar {
      value.map { $0.isFinite ? .float($0) : .null } ?? .null
    }
    rows.append([
      .string(account), .string(section), .string(item), float(value), float(interval?.low),
      float(interval?.high), n.map { .int(Int64($0)) } ?? .null, .string(text),
    ])
  }
}

/// A whole number with commas.
func grouped(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 9e15 else { return "?" }
  let digits = String(Int(abs(value).rounded()))
  var text = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return (value <= -0.5 ? "−" : "") + text
}

func grouped(_ value: Int) -> String { grouped(Double(value)) }
