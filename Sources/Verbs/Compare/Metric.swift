import Columns
import Statistics

/// What a comparison compares, in the order of its rows.
enum MetricName: String, CaseIterable, Sendable {
  case followers
  case coverage
  case growth = "growth per day"
  case ratio = "median ratio"
  case fake
  case fakeEstimated = "fake (estimated)"
  case suspect, active, quiet
  case noPosts = "no posts"
  case age = "account age"
  case spikes
  case bought = "bought in spikes"
  case drips
  case shared = "shared followers"

  /// The column of a panel that holds it: `median_ratio`.
  var column: String {
    switch self {
    case .fakeEstimated: "fake_estimated"
    default: rawValue.split(separator: " ").joined(separator: "_")
    }
  }

  var unit: String {
    switch self {
    case .followers, .bought, .shared: "followers"
    case .coverage: "of stated"
    case .growth: "followers a day"
    case .ratio: "following / followers; difference: factor"
    case .fake, .fakeEstimated, .suspect, .active, .quiet, .noPosts: "share"
    case .age: "days"
    case .spikes: "events"
    case .drips: "stretches"
    }
  }
}

/// One figure of one account.
struct Metric {
  let name: MetricName
  let account: String
  let value: Double?
  var interval: Interval?
  var n: Int?
  var versus: String?
  var difference: Double?
  var differenceInterval: Interval?
  /// Before adjustment; nil where nothing is tested.
  var p: Double?

  init(_ name: MetricName, _ account: String, _ value: Double?) {
    self.name = name
    self.account = account
    self.value = value
  }

  func cells(p adjusted: Double, percentile: Double?) -> [Scalar] {
    func float(_ value: Double?) -> Scalar {
      value.map { $0.isFinite ? .float($0) : .null } ?? .null
    }
    return [
      .string(name.rawValue), .string(account), float(value), float(interval?.low),
      float(interval?.high), n.map { .int(Int64($0)) } ?? .null, .string(name.unit),
      versus.map { .string($0) } ?? .null, float(difference), float(differenceInterval?.low),
      float(differenceInterval?.high), p == nil ? .null : float(adjusted), float(percentile),
    ]
  }
}
