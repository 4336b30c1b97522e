import Columns
import Statistics

/// The profile columns of a list as a scorecard reads them, block by block.
struct ProfileColumns: Sendable {
  private let columns: [(column: ProfileColumn, values: Column)]
  private let created: Column?
  private let captured: Int64

  /// The names of the columns that a profile is read from.
  static let names: Set<String> = [
    "followers", "friends", "statuses", "favourites", "listed", "#no_description", "#created",
  ]

  private static let sources: [(ProfileColumn, String)] = [
    (.followers, "followers"), (.friends, "friends"), (.statuses, "statuses"),
    (.favourites, "favourites"), (.listed, "listed"), (.emptyDescription, "#no_description"),
  ]

  init(_ table: Table, captured: Int64) {
    columns = Self.sources.compactMap { column, name in
      guard let source = table.column(name), source.nullCount < source.rowCount,
        source.type != .string
      else { return nil }
      return (column, source)
    }
    let made = table.column("#created")
    created = made.flatMap { $0.nullCount == $0.rowCount ? nil : $0 }
    self.captured = captured
  }

  /// The columns that are there.
  var known: Set<ProfileColumn> {
    Set(columns.map(\.column)).union(created == nil ? [] : [.accountAge])
  }

  /// How long the accounts of a block have been there; nil where that is known of none.
  func lives(_ block: RowBlock) -> AccountLives? {
    created.map { AccountLives($0.integers(block), until: captured) }
  }

  /// The numbers of a block of rows.
  func numbers(_ block: RowBlock) -> ProfileNumbers { numbers(block, lives(block)) }

  /// The numbers of a block of rows of which `lives` is known already.
  func numbers(_ block: RowBlock, _ lives: AccountLives?) -> ProfileNumbers {
    var numbers = ProfileNumbers(count: block.count)
    for (column, values) in columns { numbers[column] = values.doubles(block) }
    numbers[.accountAge] = lives?.ages
    return numbers
  }

  /// The numbers of all rows.
  func numbers(_ table: Table) -> ProfileNumbers {
    var numbers = ProfileNumbers(count: table.rowCount)
    for (column, values) in columns { numbers[column] = values.doubles().array }
    if let created {
      numbers[.accountAge] = AccountLives(created.integers().array, until: captured).ages
    }
    return numbers
  }
}

extension Table {
  /// When the list was taken, as far as its rows tell: the latest time in it, microseconds since 1970.
  func latestTime(of names: [String]) -> Int64? {
    names.compactMap { column($0) }.filter { $0.type == .time }
      .compactMap { $0.integerRange?.upperBound }.max()
  }
}
