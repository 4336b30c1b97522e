import Columns

extension Catalogue {
  private static let ordered: [DataType] = [.int, .float, .date, .time, .duration, .string]

  private static func shifted() -> [Overload] {
    [DataType].all.map {
      Overload([.init("x", $0), .init("n", .int, .constant, default: .int(1))], gives: $0)
    }
  }

  private static func rolling(_ types: [DataType], gives result: DataType) -> [Overload] {
    types.map { Overload([.init("x", $0), .init("k", .int, .constant)], gives: result) }
  }

  private static let rollingNulls = CatalogueEntry.Nulls.described(
    "nulls do not count; null where there is no value")

  static let windows: [CatalogueEntry] = [
    .window(
      .lag, shifted(), usage: "lag(x, n = 1)", nulls: .described("null before the first row"),
      "the value n rows before",
      examples: [
        "example | window days = followed_at - lag(followed_at) by followed_at per account"
      ]),
    .window(
      .lead, shifted(), usage: "lead(x, n = 1)", nulls: .described("null behind the last row"),
      "the value n rows after",
      examples: ["example | window next = lead(screen_name) by followed_at"]),
    .window(
      .rowNumber, [Overload([], gives: .int)], usage: "row_number()",
      nulls: .described("never null"),
      "the number of the row, from 1",
      examples: ["example | window nr = row_number() by followed_at per account"]),
    .window(
      .rank, [Overload([], gives: .int)], usage: "rank()", nulls: .described("never null"),
      "1 + the number of rows before those of equal by",
      help: "Rows of equal keys share a rank, and the ranks behind them are left out.",
      examples: ["example | window place = rank() by followers desc"]),
    .window(
      .cumsum, .each(.quantities, "x"), usage: "cumsum(x)",
      nulls: .described("nulls add nothing"),
      "the sum so far, this row included",
      help: "Overflow of an int sum is an error.",
      examples: ["example | window so_far = cumsum(followers) by followed_at"]),
    .window(
      .runningMin, .each(ordered, "x"), usage: "running_min(x)",
      nulls: .described("nulls are skipped; null before the first value"),
      "the least value so far, this row included",
      examples: ["example | window low = running_min(followers) by followed_at"]),
    .window(
      .runningMax, .each(ordered, "x"), usage: "running_max(x)",
      nulls: .described("nulls are skipped; null before the first value"),
      "the greatest value so far, this row included",
      examples: ["example | window newest = running_max(created_at) by followed_at per account"]),
    .window(
      .rollingCount, rolling(.all, gives: .int), usage: "rolling_count(x, k)",
      nulls: .described("nulls do not count"),
      "the number of values in this row and the k - 1 before it",
      examples: ["example | window n = rolling_count(followers, 3) by followed_at"]),
    .window(
      .rollingMean, rolling(.numbers, gives: .float), usage: "rolling_mean(x, k)",
      nulls: rollingNulls, "the mean of this row and the k - 1 before it",
      examples: ["example | window m = rolling_mean(followers, 3) by followed_at"]),
    .window(
      .rollingMedian, rolling(.numbers, gives: .float), usage: "rolling_median(x, k)",
      nulls: rollingNulls, "the median of this row and the k - 1 before it",
      examples: ["example | window m = rolling_median(followers, 3) by followed_at"]),
    .window(
      .rollingMAD, rolling(.numbers, gives: .float), usage: "rolling_mad(x, k)",
      nulls: rollingNulls,
      "the median distance from the median in this row and the k - 1 before it",
      help: "Raw: 1.4826 times as much estimates a standard deviation.",
      examples: ["example | window spread = rolling_mad(followers, 3) by followed_at"]),
  ]
}
