import Columns

extension Catalogue {
  static let logic: [CatalogueEntry] = [
    .infix(
      .or, .logic, .each([.bool], "a", "b"), usage: "a or b",
      nulls: .described("`true or null` is true, else null when one is null"),
      "whether one of two conditions holds",
      help: "`||` is understood too.",
      examples: ["example | filter followers < 10 or friends > 1k"]),
    .infix(
      .and, .logic, .each([.bool], "a", "b"), usage: "a and b",
      nulls: .described("`false and null` is false, else null when one is null"),
      "whether both of two conditions hold",
      help: "`&&` is understood too.",
      examples: ["example | filter verified and lang == \"en\""]),
    .infix(
      .not, .logic, .each([.bool], "a"), usage: "not a",
      "the opposite of a condition",
      help: "`!` is understood too.",
      examples: ["example | filter not verified"]),
  ]

  static let comparison: [CatalogueEntry] = [
    .infix(
      .isNull, .comparison, .each(.all, "x", gives: .bool), usage: "x == null",
      nulls: .described("never null"),
      "whether a value is missing",
      examples: ["example | filter description == null"]),
    .infix(
      .isNotNull, .comparison, .each(.all, "x", gives: .bool), usage: "x != null",
      nulls: .described("never null"),
      "whether a value is there",
      examples: ["example | filter location != null"]),
    .infix(
      .equal, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a == b",
      "whether two values are the same",
      help: "A time equals a date, month or other period when it is within it.",
      examples: [
        "example | filter lang == \"en\"", "example | filter followed_at == 2024-03",
      ]),
    .infix(
      .notEqual, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a != b",
      "whether two values differ",
      help: "`<>` is understood too.",
      examples: ["example | filter lang != \"en\""]),
    .infix(
      .less, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a < b",
      "whether a is less than b, or before it",
      help: "`t < 2024-03` is before March. Texts compare by their bytes.",
      examples: ["example | filter created_at < 2020-01"]),
    .infix(
      .lessOrEqual, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a <= b",
      "whether a is at most b",
      help: "`t <= 2024-03` is before April.",
      examples: ["example | filter followed_at <= 2024-03"]),
    .infix(
      .greater, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a > b",
      "whether a is greater than b, or after it",
      help: "`t > 2024-03` is from April on. NaN is greater than every number.",
      examples: ["example | filter friends > followers"]),
    .infix(
      .greaterOrEqual, .comparison, .each(.all, "a", "b", gives: .bool), usage: "a >= b",
      "whether a is at least b",
      help: "`t >= 2024-03` is from the first of March on.",
      examples: ["example | filter followers >= 1k"]),
  ]

  static let choice: [CatalogueEntry] = [
    .infix(
      .coalesce, .choice, .each(.all, "a", "b"), usage: "a ?? b",
      nulls: .described("null when both are"),
      "a, or b where a is null",
      examples: ["example | derive place = location ?? \"unknown\""]),
    .function(
      "coalesce", .coalesce, .choice, .each(.all, "a", "b", isVariadic: true),
      usage: "coalesce(a, b, …)", nulls: .described("null when all are"),
      "the first argument that is not null",
      examples: ["example | derive text = coalesce(description, location, \"nothing\")"]),
    .function(
      "if", .ifElse, .choice,
      [DataType].all.map {
        Overload([.init("condition", .bool), .init("a", $0), .init("b", $0)], gives: $0)
      },
      usage: "if(condition, a, b)", nulls: .described("a null condition counts as false"),
      "a where a condition holds, else b",
      examples: ["example | derive size = if(followers >= 1k, \"big\", \"small\")"]),
    .function(
      "case", .caseOf, .choice,
      [DataType].all.map {
        Overload(
          [.init("condition", .bool), .init("value", $0), .init("otherwise", $0)], gives: $0,
          isVariadic: true)
      },
      usage: "case(condition, value, …, otherwise)",
      nulls: .described("a null condition counts as false; null when nothing holds"),
      "the value behind the first condition that holds",
      help: "The last argument is taken when none holds; without it the result is null.",
      examples: [
        "example | derive size = case(followers < 10, \"tiny\", followers < 1k, \"small\", \"big\")"
      ]),
    .function(
      "least", .least, .choice,
      .each([.int, .float, .date, .time, .duration, .string], "a", "b", isVariadic: true),
      usage: "least(a, b, …)", nulls: .described("nulls are skipped; null when all are"),
      "the smallest of its arguments, row by row",
      help: "`min(x)` is the smallest value of a column.",
      examples: ["example | derive low = least(followers, friends)"]),
    .function(
      "greatest", .greatest, .choice,
      .each([.int, .float, .date, .time, .duration, .string], "a", "b", isVariadic: true),
      usage: "greatest(a, b, …)", nulls: .described("nulls are skipped; null when all are"),
      "the largest of its arguments, row by row",
      help: "`max(x)` is the largest value of a column.",
      examples: ["example | derive r = friends / greatest(followers, 1)"]),
  ]
}
