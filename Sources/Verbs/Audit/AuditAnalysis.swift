import Calendars
import Columns
import Plans
import Statistics

/// The pages of the accounts of a list.
///
/// Its inputs: the classified list, its spikes and drips where there are follow times, its reach, and its
/// overlaps where other lists are loaded.
struct AuditAnalysis: Analysis {
  let source: ComparedSource
  let properties: TableProperties
  let isInferred: Bool
  /// The other lists that were looked at.
  let others: [String]
  let hasOverlap: Bool
  let showsNames: Bool
  let hasLog: Bool
  /// SHA-256 of a file, in hexadecimal; nil where it cannot be read.
  let hashOfFile: @Sendable (String) -> String?
  /// The options as written.
  let options: String

  let title = "audit"
  let keepsRows = false
  let fields = AuditPage.fields

  /// What is read of the classified list.
  static let listColumns = ComparedColumns.names.union(ClassCounts.columnNames)
    .union(["screen_name"])

  private var reachIndex: Int { source.hasTimes ? 3 : 1 }

  func columnNames(ofInput index: Int) -> Set<String> {
    switch index {
    case 0:
      return Self.listColumns
        .intersection(source.columns.union(["class", "fake_score", "evidence"]))
    case reachIndex: return Set(ReachAnalysis.fields.map(\.name))
    case 1: return Set(SpikeTable.fields.map(\.name))
    case 2:
      return [
        "account", "start", "end", "followers", "excess", "per_day", "channel", "why",
      ]
    default:
      return ["account", "start", "end", "other", "members", "shared", "lift", "p", "kind"]
    }
  }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let lists = source.hasTimes ? Array(inputs[0...2]) : [inputs[0]]
    let accounts = try ComparedAccount.all(source, lists, context, readsAges: false)
    var rows: [[Scalar]] = []
    for account in accounts {
      try context.check()
      var page = AuditPage(account: account.name)
      addList(account, to: &page)
      addClasses(account, inputs[0], to: &page)
      addRatio(account, to: &page)
      if source.hasTimes {
        addSpikes(account, inputs[1], to: &page)
        addDrips(account, inputs[2], to: &page)
      }
      if hasOverlap { addOverlap(account, inputs[inputs.count - 1], to: &page) }
      addReach(account, inputs[reachIndex], to: &page)
      addUnseen(account, to: &page)
      addProvenance(to: &page)
      rows += page.rows
    }
    return AnalysisResult(columns: columns(of: rows, fields, wanted))
  }
}

extension Table {
  /// The rows of an account, by names of columns.
  func rows(of account: String) -> [[String: Scalar]] {
    (0..<rowCount).map { namedRow($0) }.filter { $0["account"] == .string(account) }
  }
}
