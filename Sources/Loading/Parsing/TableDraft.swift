import Calendars
import Columns
import Formats
import Tasks

/// The columns of all files put together by name.
struct TableDraft {
  /// The names of the table's columns, as the files have them, and the names they go by.
  private(set) var names: [String] = []
  private(set) var keys: [String] = []
  /// For each file, the table's column of each field.
  private(set) var layouts: [[Int]] = []
  let files: [FileDraft]

  init(_ files: [FileDraft], raw: Bool) {
    self.files = files
    var positions: [String: Int] = [:]
    for file in files {
      let recognition = raw ? nil : Recognition(names: file.header.names)
      var columns: [Int] = []
      var isTaken: Set<Int> = []
      for (field, name) in file.header.names.enumerated() {
        var key = recognition?.key(field, name: name) ?? name
        // Two fields of one file stay two columns.
        if let held = positions[key], isTaken.contains(held) { key = name }
        let position = positions[key] ?? names.count
        if position == names.count {
          names.append(name)
          keys.append(key)
          positions[key] = position
        }
        columns.append(position)
        isTaken.insert(position)
      }
      layouts.append(columns)
    }
  }

  /// Takes the names of all columns once the rows are read.
  mutating func rename(_ names: [String]) { self.names = names }

  /// How each column is read, as far as the samples show, which all workers look at.
  func plans(
    options: LoadOptions, settings: ParseSettings, workers: Workers
  ) throws -> [ColumnPlan] {
    var plans = names.map { ColumnPlan(traits: options.traits($0)) }
    let traits = plans.map(\.traits)
    let seen = try workers.map(files.count) { _, file in
      files[file].seen(
        columns: layouts[file].map { traits[$0] }, nulls: settings.nulls, zone: settings.zones.times
      )
    }
    for (fields, columns) in zip(seen, layouts) {
      for (field, column) in zip(fields, columns) {
        guard let field else { continue }
        plans[column].note(field.kinds)
        if let format = field.format { plans[column].format = format }
      }
    }
    let usesCodes = try workers.map(names.count) { _, column in repeats(column) }
    for position in plans.indices {
      plans[position].usesCodes = usesCodes[position]
      plans[position].note([])
    }
    return plans
  }

  /// Whether a column's texts repeat, which the first file that has it shows.
  private func repeats(_ column: Int) -> Bool {
    for (file, columns) in zip(files, layouts) {
      if let field = columns.firstIndex(of: column) { return file.repeats(field) }
    }
    return false
  }
}

extension LoadOptions {
  /// What a column's name says of its type under these options.
  func traits(_ name: String) -> ColumnTraits {
    if types { return KnownColumns.traits(name, raw: raw) }
    var traits = ColumnTraits()
    traits.fixed = .string
    return traits
  }
}
