import Columns

extension Catalogue {
  private static func pair(
    _ left: DataType, _ right: DataType, gives result: DataType
  ) -> Overload {
    Overload([.init("a", left), .init("b", right)], gives: result)
  }

  static let arithmetic: [CatalogueEntry] = [
    .infix(
      .add, .arithmetic,
      .each([.int, .float, .duration, .string], "a", "b") + [
        pair(.time, .duration, gives: .time), pair(.date, .duration, gives: .time),
      ],
      usage: "a + b",
      "the sum; of texts both, one after the other",
      help: "A date and whole days give a date: `2024-03-01 + 7d`. Int overflow is an error.",
      examples: [
        "example | derive both = followers + friends",
        "example | derive week_later = followed_at + 7d",
      ]),
    .infix(
      .subtract, .arithmetic,
      .each(.quantities, "a", "b") + [
        pair(.time, .time, gives: .duration), pair(.date, .date, gives: .duration),
        pair(.time, .duration, gives: .time), pair(.date, .duration, gives: .time),
      ],
      usage: "a - b",
      "the difference; of two times the duration between",
      help: "Int overflow is an error.",
      examples: ["example | derive lag = followed_at - created_at"]),
    .infix(
      .multiply, .arithmetic,
      .each(.numbers, "a", "b") + [
        pair(.duration, .int, gives: .duration), pair(.duration, .float, gives: .duration),
      ],
      usage: "a * b",
      "the product",
      help: "Int overflow is an error.",
      examples: ["example | derive twice = followers * 2"]),
    .infix(
      .divide, .arithmetic,
      [
        pair(.float, .float, gives: .float), pair(.duration, .duration, gives: .float),
        pair(.duration, .float, gives: .duration),
      ],
      usage: "a / b", nulls: .described("null when one is null, and where b is 0"),
      "the quotient, always a float",
      examples: ["example | derive r = friends / followers"]),
    .infix(
      .floorDivide, .arithmetic,
      .each(.numbers, "a", "b") + [pair(.duration, .duration, gives: .int)],
      usage: "a // b", nulls: .described("null when one is null, and where b is 0"),
      "the quotient, rounded down",
      examples: ["example | derive hundreds = followers // 100"]),
    .infix(
      .remainder, .arithmetic,
      .each(.quantities, "a", "b"),
      usage: "a % b", nulls: .described("null when one is null, and where b is 0"),
      "what `//` leaves; it has the sign of b",
      examples: ["example | derive digit = followers % 10"]),
    .infix(
      .negate, .arithmetic, .each(.quantities, "a"), usage: "-a",
      "the negative",
      examples: ["example | derive down = -followers"]),
  ]

  static let numbers: [CatalogueEntry] = [
    .function(
      "abs", .abs, .numbers, .each(.quantities, "x"), usage: "abs(x)",
      "the distance from zero",
      examples: ["example | derive gap = abs(followers - friends)"]),
    .function(
      "round", .round, .numbers,
      [
        Overload([.init("x", .int)], gives: .int),
        Overload([.init("x", .float), .init("digits", .int, default: .int(0))], gives: .float),
      ],
      usage: "round(x, digits = 0)",
      "rounded, half away from zero",
      examples: ["example | derive r = round(friends / followers, 2)"]),
    .function(
      "floor", .floor, .numbers, .each(.numbers, "x"), usage: "floor(x)",
      "rounded down",
      examples: ["example | derive k = floor(followers / 1000)"]),
    .function(
      "ceil", .ceil, .numbers, .each(.numbers, "x"), usage: "ceil(x)",
      "rounded up",
      examples: ["example | derive k = ceil(followers / 1000)"]),
    .function(
      "sqrt", .sqrt, .numbers, .each([.float], "x"), usage: "sqrt(x)",
      nulls: .described("null when x is null or negative"),
      "the square root",
      examples: ["example | derive s = sqrt(followers)"]),
    .function(
      "ln", .ln, .numbers, .each([.float], "x"), usage: "ln(x)",
      nulls: .described("null when x is null, 0 or negative"),
      "the natural logarithm",
      examples: ["example | derive l = ln(1 + followers)"]),
    .function(
      "log10", .log10, .numbers, .each([.float], "x"), usage: "log10(x)",
      nulls: .described("null when x is null, 0 or negative"),
      "the logarithm to base 10",
      examples: ["example | group n = count() by size = floor(log10(followers))"]),
    .function(
      "exp", .exp, .numbers, .each([.float], "x"), usage: "exp(x)",
      "e to the power of x; the same bits on every machine",
      examples: ["example | derive p = 1 / (1 + exp(-(followers / 100)))"]),
    .function(
      "pow", .pow, .numbers, .each([.float], "x", "y"), usage: "pow(x, y)",
      nulls: .described("null when an argument is null, or where no number is the answer"),
      "x to the power of y",
      examples: ["example | derive square = pow(followers, 2)"]),
    .function(
      "clamp", .clamp, .numbers, .each(.numbers, "x", "low", "high"), usage: "clamp(x, low, high)",
      "x, moved into the range from low to high",
      examples: ["example | derive capped = clamp(followers, 0, 1k)"]),
    .function(
      "bin", .bin, .numbers,
      .each(.numbers, "x", "width") + [
        Overload([.init("x", .time), .init("width", .duration)], gives: .time),
        Overload([.init("x", .date), .init("width", .duration)], gives: .date),
      ],
      usage: "bin(x, width)",
      nulls: .described("null when one is null, and where width is not above 0"),
      "the start of the bin of this width that holds x",
      help: "Times too: `bin(t, 6h)`; bins of whole days begin at midnight of the zone.",
      examples: [
        "example | group n = count() by hundreds = bin(followers, 100)",
        "example | group n = count() by t = bin(followed_at, 6h)",
      ]),
  ]

  static let statistics: [CatalogueEntry] = [
    .function(
      "wilson_low", .wilsonLow, .statistics,
      .one(.init("k", .int), .init("n", .int), gives: .float), usage: "wilson_low(k, n)",
      "the lower end of the 95 % interval of the share k of n (Wilson 1927)",
      help: "0 where n is 0.",
      examples: ["example | group k = count(verified), n = count() | derive low = wilson_low(k, n)"]
    ),
    .function(
      "wilson_high", .wilsonHigh, .statistics,
      .one(.init("k", .int), .init("n", .int), gives: .float), usage: "wilson_high(k, n)",
      "the upper end of the 95 % interval of the share k of n (Wilson 1927)",
      help: "1 where n is 0.",
      examples: [
        "example | group k = count(verified), n = count() | derive high = wilson_high(k, n)"
      ]),
  ]
}
