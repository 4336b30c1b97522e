import Columns
import Formats

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

  /// How each column is read, as far as the samples show.
  func plans(options: LoadOptions, settings: ParseSettings) -> [ColumnPlan] {
    var plans = names.map { ColumnPlan(traits: options.traits($0)) }
    for (file, columns) in zip(files, layouts) {
      file.note(in: &plans, columns: columns, nulls: settings.nulls, zone: settings.zone)
    }
    let places = layouts.map { fieldsByColumn($0, count: names.count) }
    for position in plans.indices {
      // The first file that has the column shows whether its texts repeat.
      let first = zip(files, places).lazy.compactMap { file, fields in
        fields[position].map { file.repeats($0) }
      }.first
      plans[position].usesCodes = first ?? false
      plans[position].note([])
    }
    return plans
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
