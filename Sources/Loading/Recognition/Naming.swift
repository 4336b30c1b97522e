import Columns
import Formats

/// The final names of a table's columns, once their types are known.
struct Naming {
  /// The names in the files.
  let originals: [String]
  /// The canonical column that each one is; nil where it keeps its own name.
  private(set) var known: [KnownColumn?]
  private(set) var names: [String]
  /// What the report says where a name would fit, but not the cells.
  private(set) var misfits: [(position: Int, message: String)] = []

  /// `doubted` are columns of whose cells the report says something else.
  init(
    originals: [String], types: [DataType], columns: [Column], doubted: Set<Int> = [], raw: Bool
  ) {
    self.originals = originals
    names = originals
    known = Array(repeating: nil, count: originals.count)
    if raw { return }
    let recognition = Recognition(names: originals)
    var taken = Set(originals)
    for (position, name) in originals.enumerated() {
      guard let column = recognition.matches[position] else { continue }
      let isWeak = recognition.isWeak[position]
      let isEmpty = columns[position].nullCount == columns[position].rowCount
      if !fits(types[position], column) || isWeak && isEmpty {
        if !isWeak, !doubted.contains(position) {
          noteMisfit(position, column, types[position], columns[position])
        }
        continue
      }
      if name != column.name, taken.contains(column.name) { continue }
      taken.insert(column.name)
      names[position] = column.name
      known[position] = column
    }
    nameDailyCounts(types)
    if originals == ["column1"], areFollowerIds(columns[0]) { names = ["id"] }
  }

  /// Whether a column of a canonical name is there.
  func has(_ name: String) -> Bool { names.contains(name) }

  /// A series of counts keeps the names of its file but for `account` and `followers`, and its one
  /// column of times is `date`.
  private mutating func nameDailyCounts(_ types: [DataType]) {
    guard has("followers"),
      !["id", "screen_name", "created_at", "followed_at"].contains(where: has)
    else { return }
    let times = types.indices.filter { types[$0] == .date || types[$0] == .time }
    let dateNames: Set<String> = [
      "date", "day", "timestamp", "time", "datetime", "when", "month", "week",
    ]
    let dates = times.filter { dateNames.contains(foldedName(originals[$0])) }
    guard let date = dates.first, dates.count == 1 || names[date] == "date" else { return }
    for position in names.indices
    where !["account", "followers"].contains(names[position]) {
      names[position] = originals[position]
      known[position] = nil
    }
    if !names.contains("date") {
      names[date] = "date"
      known[date] = KnownColumn(name: "date", type: nil, aliases: [])
    }
  }

  private mutating func noteMisfit(
    _ position: Int, _ known: KnownColumn, _ type: DataType, _ column: Column
  ) {
    let wanted = known.type?.rawValue ?? "known"
    let fitting = known.type.map(cellKinds) ?? []
    let cell = OddCell.first(of: column) { !$0.isSubset(of: fitting) }
    let article = wanted == "int" ? "an" : "a"
    let reason =
      cell.map { "\($0) is not \(article) \(wanted)" } ?? "its cells are not all \(wanted)"
    let (found, total) = OddCell.count(of: column, rows: 10_000) { $0.isSubset(of: fitting) }
    let remedy = found * 2 > total ? cell?.nullRemedy ?? "" : ""
    misfits.append(
      (position, "\(originals[position]): \(reason), so it stays \(type.rawValue)\(remedy)"))
  }

  /// The fields of the columns.
  func fields(_ types: [DataType]) -> [Field] {
    names.indices.map { Field(name: names[$0], type: types[$0], originalName: originals[$0]) }
  }

  /// A name that no column has, the wanted one if it is free.
  func free(_ wanted: String) -> String {
    let taken = Set(names).union(originals)
    if !taken.contains(wanted) { return wanted }
    var number = 2
    while taken.contains("\(wanted)_\(number)") { number += 1 }
    return "\(wanted)_\(number)"
  }
}

/// What the cells of a column of a type are.
private func cellKinds(_ type: DataType) -> CellKinds {
  switch type {
  case .int: [.one, .zero, .smallInteger, .largeInteger]
  case .float: .numbers
  case .bool: [.one, .zero, .truthWord, .truthLetter]
  case .date, .time: [.date, .time, .numericDate]
  case .string, .duration: []
  }
}
