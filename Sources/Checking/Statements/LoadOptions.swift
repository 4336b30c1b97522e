import Columns

/// The options of `load`; what they mean is the loader's.
package enum LoadOptions {
  /// In the order of the help.
  package static let all: [VerbSignature.Option] = [
    .init("header", .bool, default: "by content", "whether the first line holds the names"),
    .init("delimiter", .string, default: "by content", "the character between cells"),
    .init(
      "encoding", .string, default: "by content",
      "how the text is written, as iconv names it: windows-1251, shift_jis"),
    .init("types", .bool, default: "true", "false keeps every cell as the text it is"),
    .init("null", .string, default: "", "a text that stands for null"),
    .init("raw", .bool, default: "false", "true recognises no columns"),
    .init("zone", .string, default: "UTC", "the zone of times that do not say theirs"),
    .init(
      "dates", .string, default: "by content", choices: ["dmy", "mdy"],
      "what 5/2/2022 is: the 5th of February, or the 2nd of May"),
    .init("table", .string, default: "its only one", "the table to read of an SQLite file"),
    .init(
      "platform", .string,
      choices: [
        "twitter", "instagram", "tiktok", "youtube", "bluesky", "mastodon", "github", "unknown",
      ], "where the accounts are"),
    .init(
      "selection", .string, choices: ["complete", "random", "newest", "unknown"],
      "which rows of the whole list are here"),
    .init("captured_at", .time, "when the list was taken"),
    .init("stated_followers", .int, "the followers that the profile stated that day"),
  ]
}
