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
      usage: "replace(x, part, by), replace(x, /pattern/, by)",
      "with every occurrence of a part, or every match of a pattern, replaced",
      help: "For a pattern `by` is a constant in which `\\1` is what its first group matched.",
      examples: [
        "example | derive s = replace(screen_name, \"_\", \" \")",
        "example | derive s = replace(screen_name, /[0-9]+$/, \"#\")",
      ]),
    .function(
      "replace_regex", .replaceRegex, .text,
      .one(
        .init("x", .string), .init("pattern", .string, .pattern), .init("by", .string, .constant),
        gives: .string),
      usage: "replace_regex(x, /pattern/, by)",
      "with every match of a regular expression (RE2) replaced",
      help: "The same as `replace` with a pattern; `\\1` is what the first group matched.",
      examples: [
        "example | derive s = replace_regex(screen_name, /([a-z]+)[0-9]*/, \"<\\1>\")",
        "replace_regex(\"a1b22\", /[0-9]+/, \"#\")",
      ]),
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
    .function(
      "digits", .digits, .text, .each([.string], "x", gives: .int), usage: "digits(x)",
      "how many of the digits 0 to 9 a text holds",
      help: "Names that sites suggest, and those that programs invent, end in many.",
      examples: [
        "example | filter digits(screen_name) >= 6",
        "example | group n = count() by digits(screen_name)",
      ]),
    .function(
      "similarity", .similarity, .text, .each([.string], "a", "b", gives: .float),
      usage: "similarity(a, b)",
      "how alike two texts are, 0 to 1 (Jaro and Winkler, Winkler 1990)",
      help:
        "Over Unicode characters; alike beginnings count more. Equal texts have 1, an empty one is like none.",
      examples: [
        "example | filter similarity(lower(name), screen_name) > 0.9",
        "similarity(\"acme_official\", \"acme_officia1\")",
      ]),
    .function(
      "split", .split, .text,
      [
        Overload([.init("x", .string), .init("separator", .string)], gives: .string),
        Overload(
          [.init("x", .string), .init("separator", .string), .init("n", .int)], gives: .string),
      ],
      usage: "split(x, separator), split(x, separator, n)",
      nulls: .described("null when an argument is null, and where there is no n-th part"),
      "the parts of a text between separators as a JSON array, or the n-th of them",
      help: "Parts are counted from 1, from the end when n is negative. An empty separator "
        + "separates nothing. The verb `explode` makes a row of each part.",
      examples: [
        "example | derive first_word = split(description, \" \", 1)",
        "split(\"a, b, c\", \", \")",
      ]),
    .function(
      "json", .json, .text,
      .one(.init("x", .string), .init("path", .string, .constant), gives: .string),
      usage: "json(x, \"a.b[0].c\")",
      nulls: .described("null when x is null or no JSON, and where the path leads nowhere"),
      "the value at a path of a JSON text: strings as they are, all else as JSON",
      help: "Odd keys are quoted in brackets: `[\"odd key\"]`; elements are counted from 0. "
        + "Numbers keep all digits; int(…) and float(…) read them.",
      examples: [
        "json('{\"user\": {\"id\": 7, \"tags\": [\"a\", \"b\"]}}', \"user.tags[1]\")",
        "example | derive second = json(split(screen_name, \"_\"), \"[1]\")",
      ]),
  ]
}
