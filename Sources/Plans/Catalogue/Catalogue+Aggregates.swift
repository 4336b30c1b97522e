import Columns

extension Catalogue {
  private static let averages: [Overload] = [
    Overload([.init("x", .int)], gives: .float),
    Overload([.init("x", .float)], gives: .float),
    Overload([.init("x", .duration)], gives: .duration),
    Overload([.init("x", .time)], gives: .time),
    Overload([.init("x", .date)], gives: .time),
  ]

  private static func by(_ name: String) -> [Overload] {
    [DataType].all.flatMap { value in
      [DataType].all.map {
        Overload([.init("x", value), .init(name, $0)], gives: value)
      }
    }
  }

  static let aggregates: [CatalogueEntry] = [
    .aggregate(
      .count,
      [Overload([], gives: .int)] + .each(.all, "x", gives: .int),
      usage: "count(), count(condition), count(x)",
      nulls: .described("count() counts every row; else nulls are skipped"),
      "the number of rows, of those where a condition holds, or of values",
      examples: [
        "example | group n = count(), real = count(verified) by lang"
      ]),
    .aggregate(
      .sum, .each(.quantities, "x"), usage: "sum(x)",
      "the sum; 0 of nothing",
      help: "Overflow of an int sum is an error.",
      examples: ["example | group s = sum(followers) by lang"]),
    .aggregate(
      .avg, averages, usage: "avg(x)",
      "the mean; null of nothing",
      help: "Followers are spread so widely that `median` says more of most accounts.",
      examples: ["example | group a = avg(followers) by lang"]),
    .aggregate(
      .median, averages, usage: "median(x)",
      "the middle value, the mean of the two middle ones",
      examples: ["example | group m = median(statuses) by lang"]),
    .aggregate(
      .quantile,
      averages.map { overload in
        Overload(
          overload.parameters + [.init("p", .float, .constant)], gives: overload.result)
      },
      usage: "quantile(x, p)",
      "the value under which a part p of all lies, 0 to 1",
      help: "Between two values it is interpolated (Hyndman and Fan's type 7).",
      examples: ["example | group q = quantile(followers, 0.9) by lang"]),
    .aggregate(
      .min, .each(.all, "x"), usage: "min(x)",
      "the smallest value",
      help: "`least(a, b)` compares within a row.",
      examples: ["example | group first_day = min(followed_at)"]),
    .aggregate(
      .max, .each(.all, "x"), usage: "max(x)",
      "the largest value",
      help: "`greatest(a, b)` compares within a row.",
      examples: ["example | group m = max(followers) by lang"]),
    .aggregate(
      .maxBy, by("y"), usage: "max_by(x, y)",
      "the x of the row where y is largest; the first such row",
      examples: ["example | group biggest = max_by(screen_name, followers) by lang"]),
    .aggregate(
      .minBy, by("y"), usage: "min_by(x, y)",
      "the x of the row where y is smallest; the first such row",
      examples: ["example | group oldest = min_by(screen_name, created_at)"]),
    .aggregate(
      .stddev, .one(.init("x", .float), gives: .float), usage: "stddev(x)",
      "the standard deviation of a sample (n - 1); null under two values",
      examples: ["example | group s = stddev(followers)"]),
    .aggregate(
      .distinct, .each(.all, "x", gives: .int), usage: "distinct(x)",
      "the exact number of different values",
      examples: ["example | group langs = distinct(lang)"]),
    .aggregate(
      .share, .one(.init("condition", .bool), gives: .float), usage: "share(condition)",
      "the share of rows for which a condition holds, 0 to 1",
      help: "Rows where the condition is null count neither way.",
      examples: ["example | group s = share(followers < 10) by lang"]),
    .aggregate(
      .ratio, .each(.numbers, "a", "b", gives: .float), usage: "ratio(a, b)",
      nulls: .described("rows where one is null are skipped; null when b sums to 0"),
      "the sum of a over the sum of b",
      help: "The verb `ratio` gives the median of the ratios too, with its interval.",
      examples: ["example | group r = ratio(friends, followers) by lang"]),
    .aggregate(
      .first, .each(.all, "x"), usage: "first(x)",
      "the first value, in the order of the rows",
      examples: ["example | group f = first(screen_name) by lang"]),
    .aggregate(
      .last, .each(.all, "x"), usage: "last(x)",
      "the last value, in the order of the rows",
      examples: ["example | group l = last(screen_name) by lang"]),
    .aggregate(
      .mode, .each(.all, "x"), usage: "mode(x)",
      "the most frequent value; the first seen of those that tie",
      examples: ["example | group usual = mode(lang)"]),
    .aggregate(
      .any, .each([.bool], "condition"), usage: "any(condition)",
      "whether a condition holds for some row; null of nothing",
      examples: ["example | group some = any(verified) by lang"]),
    .aggregate(
      .all, .each([.bool], "condition"), usage: "all(condition)",
      "whether a condition holds for every row; null of nothing",
      examples: ["example | group every = all(followers > 0) by lang"]),
    .aggregate(
      .medianLow, averages, usage: "median_low(x)",
      "the lower end of the 95 % interval of the median; null under 6 values",
      help: "By order statistics, so it holds for any distribution.",
      examples: ["example | group low = median_low(followers), high = median_high(followers)"]),
    .aggregate(
      .medianHigh, averages, usage: "median_high(x)",
      "the upper end of the 95 % interval of the median; null under 6 values",
      help: "By order statistics, so it holds for any distribution.",
      examples: ["example | group low = median_low(followers), high = median_high(followers)"]),
    .aggregate(
      .corr, .one(.init("x", .float), .init("y", .float), gives: .float), usage: "corr(x, y)",
      nulls: .described(
        "rows where one is null are skipped; null under two rows, or where one is always the same"),
      "Pearson's correlation, -1 to 1",
      examples: [
        "example | group r = corr(followers, statuses)",
        "example | group r = corr(ln(1 + followers), ln(1 + friends)) by account",
      ]),
    .aggregate(
      .gini, .each(.numbers, "x", gives: .float), usage: "gini(x)",
      nulls: .described("nulls are skipped; null where a value is negative, or all are 0"),
      "how unequal values are: 0 when all are alike, near 1 when one has all (Gini 1912)",
      examples: [
        "example | group g = gini(followers)", "example | group g = gini(followers) by account",
      ]),
    .aggregate(
      .entropy, .each(.all, "x", gives: .float), usage: "entropy(x)",
      "how mixed the values are, in bits: 0 when all are one (Shannon 1948)",
      help: "k values equally often have log2(k) bits.",
      examples: [
        "example | group e = entropy(lang)",
        "example | group e = entropy(hour(followed_at)) by account",
      ]),
    .aggregate(
      .spark, .each(.quantities, "x", gives: .string), usage: "spark(x)",
      "the values in the order of the rows as a line of bars",
      help: "Up to 20 bars, from the least to the greatest; more values are averaged in even runs.",
      examples: [
        "example | group n = count() by day(followed_at) | group line = spark(n)",
        "example | sort followed_at | group line = spark(followers) by account",
      ]),
  ]
}
