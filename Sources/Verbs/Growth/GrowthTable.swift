import Columns

/// The rows that `growth` gives, in the order of its contract.
struct GrowthTable {
  static let fields = [
    Field(name: "account", type: .string), Field(name: "period", type: .date),
    Field(name: "measure", type: .string), Field(name: "gained", type: .int),
    Field(name: "lost", type: .int), Field(name: "net", type: .int),
    Field(name: "bought_est", type: .float),
  ]

  private(set) var rows: [[Scalar]] = []

  mutating func add(
    _ account: String, _ period: Int, measure: String, gained: Int?, net: Int?, bought: Double?
  ) {
    func int(_ value: Int?) -> Scalar { value.map { .int(Int64($0)) } ?? .null }
    rows.append([
      .string(account), .date(Int64(period)), .string(measure), int(gained), .null, int(net),
      bought.map { .float($0) } ?? .null,
    ])
  }
}
