import Columns

/// What Decoy keeps of a table beside its columns, as keys and values of the schema.
///
/// Lists have a key for each element: `decoy.source.0`, `decoy.source.1`, …
enum SnapshotMetadata {
  static let version = "decoy.version"
  static let originalName = "decoy.original_name"
  private static let current = "1"

  /// The pairs of a table.
  static func pairs(of table: Table) -> [(key: String, value: String)] {
    let properties = table.properties
    var pairs: [(key: String, value: String)] = [
      (version, current), ("decoy.platform", properties.platform.rawValue),
      ("decoy.selection", properties.selection.rawValue),
      ("decoy.order", properties.order.rawValue),
    ]
    func add(_ name: String, _ value: (some CustomStringConvertible)?) {
      if let value { pairs.append(("decoy.\(name)", value.description)) }
    }
    func add(_ name: String, all values: [String]) {
      for (index, value) in values.enumerated() { add("\(name).\(index)", value) }
    }
    add("captured_at", properties.capturedAt)
    add("stated_followers", properties.statedFollowers)
    if let possible = properties.possibleFollows {
      add("possible_follows.type", possible.type.rawValue)
      add("possible_follows.from", possible.range.lowerBound)
      add("possible_follows.to", possible.range.upperBound)
    }
    add("key_column", properties.keyColumn)
    add("role", all: properties.roles.map(\.rawValue))
    add("source", all: properties.sources)
    add("load_note", all: properties.loadNotes)
    return pairs
  }

  /// What the pairs say; nil where they are not Decoy's.
  static func properties(_ pairs: [(key: String, value: String)]) -> TableProperties? {
    let values = Dictionary(
      pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard values[version] == current else { return nil }
    func all(_ name: String) -> [String] {
      var found: [String] = []
      while let value = values["decoy.\(name).\(found.count)"] { found.append(value) }
      return found
    }
    var properties = TableProperties()
    properties.platform = values["decoy.platform"].flatMap { .init(rawValue: $0) } ?? .unknown
    properties.selection = values["decoy.selection"].flatMap { .init(rawValue: $0) } ?? .unknown
    properties.order = values["decoy.order"].flatMap { .init(rawValue: $0) } ?? .unknown
    properties.capturedAt = values["decoy.captured_at"].flatMap { Int64($0) }
    properties.statedFollowers = values["decoy.stated_followers"].flatMap { Int64($0) }
    properties.possibleFollows = possibleFollows(values)
    properties.keyColumn = values["decoy.key_column"]
    properties.roles = all("role").compactMap { .init(rawValue: $0) }
    properties.sources = all("source")
    properties.loadNotes = all("load_note")
    return properties
  }

  private static func possibleFollows(_ values: [String: String]) -> PossibleTimes? {
    guard let type = values["decoy.possible_follows.type"].flatMap({ DataType(rawValue: $0) }),
      let from = values["decoy.possible_follows.from"].flatMap({ Int64($0) }),
      let to = values["decoy.possible_follows.to"].flatMap({ Int64($0) }), from <= to
    else { return nil }
    return PossibleTimes(type: type, range: from...to)
  }
}
