import Columns

extension Catalogue {
  static let text: [CatalogueEntry] = [
    .function(
      "lower", .lower, .text, .each([.string], "x"), usage: "lower(x)",
      "in small letters",
      examples: ["example | derive s = lower(screen_name)"]),
    .function(
      "upper", .upper, .text, .each([.string], "x"), usage: "upper(x)",
      "in capital letters",
      examples: ["example | derive s = upper(lang)"]),
    .function(
      "trim", .trim, .text, .each([.string], "x"), usage: "trim(x)",
      "without white space at both ends",
      examples: ["example | derive s = trim(name)"]),
    .function(
      "length", .length, .text, .each([.string], "x", gives: .int), usage: "length(x)",
      "the number of characters (Unicode scalars)",
      examples: ["example | derive n = length(description)"]),
    .function(
      "contains", .contains, .text, .each([.string], "x", "part", gives: .bool),
      usage: "contains(x, part)",
      "whether a text holds another, exactly as written",
      help: "`x ~ part` ignores case.",
      examples: ["example | filter contains(description, \"coffee\")"]),
    .infix(
      .containsIgnoringCase, .text, .each([.string], "x", "part", gives: .bool), usage: "x ~ part",
      "whether a text holds another, ignoring case",
      help: "`!~` is the opposite. With a `/regular expression/` it matches, ignoring case.",
      examples: ["example | filter description ~ \"COFFEE\"", "example | filter name !~ \"bot\""]),
    .function(
      "starts_with", .startsWith, .text, .each([.string], "x", "part", gives: .bool),
      usage: "starts_with(x, part)",
      "whether a text begins with another",
      examples: ["example | filter starts_with(screen_name, \"a\")"]),
    .function(
      "ends_with", .endsWith, .text, .each([.string], "x", "part", gives: .bool),
      usage: "ends_with(x, part)",
      "whether a text ends with another",
      examples: ["example | filter ends_with(screen_name, \"1\")"]),
    .function(
      "replace", .replace, .text, .each([.string], "x", "part", "by"),
      usage: "replace(x, part, by)",
      "with every occurrence of a part replaced",
      examples: ["example | derive s = replace(screen_name, \"_\", \" \")"]),
    .function(
      "substring", .substring, .text,
      .one(
        .init("x", .string), .init("start", .int), .init("length", .int, default: .int(.max)),
        gives: .string),
      usage: "substring(x, start, length)",
      "a part of a text, from a position, the first being 1",
      help: "A negative start counts from the end; without length all the rest.",
      examples: [
        "example | derive s = substring(screen_name, 1, 3)",
        "example | derive s = substring(screen_name, -2)",
      ]),
    .infix(
      .matches, .text,
      .one(.init("x", .string), .init("pattern", .string, .pattern), gives: .bool),
      usage: "x matches /pattern/",
      "whether a regular expression (RE2) matches somewhere in a text",
      help: "Flags: `/…/i` ignores case, with `s` a dot matches line ends too, `m` is by lines.",
      examples: ["example | filter screen_name matches /[a-z]+[0-9]{4,}/"]),
    .function(
      "extract", .extract, .text,
      .one(
        .init("x", .string), .init("pattern", .string, .pattern),
        .init("group", .int, .constant, default: .int(1)), gives: .string),
      usage: "extract(x, /pattern/, group = 1)",
      nulls: .described("null when x is null, and where nothing matches"),
      "what a group of a regular expression (RE2) matched first",
      help: "Without a group in the pattern, or with group 0, the whole match.",
      examples: ["example | derive digits = extract(screen_name, /([0-9]+)$/)"]),
  ]
}
