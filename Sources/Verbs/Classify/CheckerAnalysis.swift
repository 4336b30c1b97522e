import Columns
import Plans
import Statistics

/// What a public checker says of each follower.
struct CheckerAnalysis: Analysis {
  let checker: PublicChecker
  let capturedAt: Int64?
  /// The names of the list's columns.
  let columns: Set<String>

  let keepsRows = true
  let fields = ClassTable.fields

  var title: String { "classify with model = \(checker.rawValue)" }

  private static let texts: Set<String> = ["name", "location", "description", "url"]

  func columnNames(ofInput index: Int) -> Set<String> {
    ProfileColumns.names.union(ActivityColumns.names).union(Self.texts).union(["default_image"])
      .union(["#followed", "#account"]).intersection(columns)
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let table = inputs[0]
    let captured =
      capturedAt ?? table.latestTime(of: ["#created", "#followed", "#last_status"]) ?? 0
    let facts = CheckedColumns(table, captured: captured)
    let activity = ActivityColumns(table, captured: captured)
    var rows: [[Scalar]] = []
    rows.reserveCapacity(table.rowCount)
    for block in table.rowBlocks(of: ClassifyAnalysis.blockRows) {
      try context.check()
      for (row, code) in activity.activities(block).enumerated() {
        let doing = ClassTable.Activity(rawValue: code) ?? .unknown
        rows.append(cells(facts.profile(block.start + row), doing))
      }
    }
    let cuts = table.segmentRowCounts
    let columns = fields.indices.filter { wanted.contains(fields[$0]) }.map { position in
      cut(rows.map { $0[position] }, fields[position].type, cuts)
    }
    return AnalysisResult(
      columns: columns,
      notes: [
        "\(checker.rawValue): its published rules, as far as a profile shows them; no judgement of ours"
      ])
  }

  private func cells(_ profile: CheckedProfile, _ doing: ClassTable.Activity) -> [Scalar] {
    let verdict = checker.verdict(profile)
    let authenticity: ClassTable.Authenticity =
      switch verdict {
      case .fake: .fake
      case .suspect: .suspect
      case .genuine: .genuine
      case .unknown: .unknown
      }
    let against = checker.rules(profile).filter(\.against).map(\.words)
    let isAccused = authenticity == .fake || authenticity == .suspect
    return [
      .string(ClassTable.classes.string(Int(ClassTable.code(authenticity, doing)))),
      .string(ClassTable.authenticities.string(Int(authenticity.rawValue))),
      .string(ClassTable.activities.string(Int(doing.rawValue))), .null,
      isAccused ? .string(against.joined(separator: "; ")) : .null, .null,
    ]
  }

  private func cut(_ values: [Scalar], _ type: DataType, _ cuts: [Int]) -> Column {
    var start = 0
    var segments: [Segment] = []
    for count in cuts {
      segments +=
        Column(
          Array(values[start..<start + count]), of: type, segmentRows: max(1, count)
        ).segments
      start += count
    }
    return Column(type: type, segments: segments)
  }
}

/// The columns that public checkers look at.
private struct CheckedColumns {
  private let numbers: [String: BufferSlice<Double>]
  private let hasText: [String: [Bool]]
  private let saysBot: [Bool]?
  private let image: BufferSlice<Int64>?
  private let noDescription: BufferSlice<Int64>?
  private let created: BufferSlice<Int64>?
  private let captured: Int64

  init(_ table: Table, captured: Int64) {
    var numbers: [String: BufferSlice<Double>] = [:]
    for name in ["followers", "friends", "statuses", "listed"] {
      if let column = table.column(name), column.type != .string {
        numbers[name] = column.doubles()
      }
    }
    var hasText: [String: [Bool]] = [:]
    for name in ["name", "location", "url"] {
      guard let column = table.column(name), column.type == .string else { continue }
      hasText[name] = Self.texts(column).map { !$0.isEmpty }
    }
    self.numbers = numbers
    self.hasText = hasText
    saysBot = table.column("description").flatMap { column in
      column.type == .string ? Self.texts(column).map { Self.saysBot($0) } : nil
    }
    image = table.column("default_image").flatMap { $0.type == .bool ? $0.integers() : nil }
    noDescription = table.column("#no_description")?.integers()
    created = table.column("#created")?.integers()
    self.captured = captured
  }

  /// The texts of a column, null as empty.
  private static func texts(_ column: Column) -> [String] {
    column.segments.flatMap { segment in
      (0..<segment.rowCount).map { row in
        if case .string(let text) = segment.scalar(at: row, of: .string) { text } else { "" }
      }
    }
  }

  private static func saysBot(_ text: String) -> Bool {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.contains("bot")
  }

  func profile(_ row: Int) -> CheckedProfile {
    var profile = CheckedProfile()
    func number(_ name: String) -> Double? {
      numbers[name].flatMap { $0.pointer[row].isNaN ? nil : $0.pointer[row] }
    }
    func flag(_ column: BufferSlice<Int64>?) -> Bool? {
      column.flatMap { $0.pointer[row] == .min ? nil : $0.pointer[row] > 0 }
    }
    profile.followers = number("followers")
    profile.friends = number("friends")
    profile.statuses = number("statuses")
    profile.listed = number("listed")
    if let made = created?.pointer[row], made != .min {
      profile.age = Double(captured - made) / 86_400_000_000
    }
    profile.hasName = hasText["name"]?[row]
    profile.hasLocation = hasText["location"]?[row]
    profile.hasURL = hasText["url"]?[row]
    profile.hasDefaultImage = flag(image)
    profile.hasDescription = flag(noDescription).map { !$0 }
    profile.saysBot = saysBot?[row]
    return profile
  }
}
