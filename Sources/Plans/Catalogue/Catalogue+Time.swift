import Columns

extension Catalogue {
  static let time: [CatalogueEntry] = [
    .function(
      "day", .day, .time, .each(.dates, "t", gives: .date), usage: "day(t)",
      "the day of a time, in the zone of the session",
      examples: ["example | group n = count() by day(followed_at)"]),
    .function(
      "week", .week, .time, .each(.dates, "t", gives: .date), usage: "week(t)",
      "the Monday of the week",
      examples: ["example | group n = count() by week(followed_at)"]),
    .function(
      "month", .month, .time, .each(.dates, "t", gives: .date), usage: "month(t)",
      "the first day of the month",
      examples: ["example | group n = count() by month(created_at)"]),
    .function(
      "quarter", .quarter, .time, .each(.dates, "t", gives: .date), usage: "quarter(t)",
      "the first day of the quarter",
      examples: ["example | group n = count() by quarter(created_at)"]),
    .function(
      "year", .year, .time, .each(.dates, "t", gives: .int), usage: "year(t)",
      "the year, as a number",
      examples: ["example | group n = count() by year(created_at)"]),
    .function(
      "hour", .hour, .time, .each([.time], "t", gives: .int), usage: "hour(t)",
      "the hour of the day, 0 to 23, in the zone of the session",
      examples: ["example | group n = count() by hour(followed_at)"]),
    .function(
      "weekday", .weekday, .time, .each(.dates, "t", gives: .int), usage: "weekday(t)",
      "the day of the week, 1 (Monday) to 7",
      examples: ["example | group n = count() by weekday(followed_at)"]),
    .function(
      "date", .date, .time, .each([.date, .time, .string], "x", gives: .date), usage: "date(x)",
      nulls: .described("null when x is null, and where a text is no date (counted in the notes)"),
      "the day of a time in the zone, or the date that a text says",
      examples: [
        "example | derive d = date(followed_at)", "date(\"2024-03-01\") + 7d",
      ]),
    .function(
      "time", .time, .time, .each([.time, .date, .string], "x", gives: .time), usage: "time(x)",
      nulls: .described("null when x is null, and where a text is no time (counted in the notes)"),
      "the start of a day, or the time that a text says",
      examples: ["time(\"2024-03-01T12:00:00Z\")"]),
    .rewritten(
      "age", .time, .each(.dates, "t", gives: .duration), usage: "age(t)",
      "the duration from a time to when the list was taken",
      help: "Where the table does not say when it was taken, to now.",
      examples: ["example | filter age(created_at) < 30d"]),
    .rewritten(
      "ago", .time, .one(.init("d", .duration, .constant), gives: .time), usage: "ago(d)",
      "the time that was this duration before now",
      examples: ["example | filter followed_at > ago(30d)"]),
    .rewritten(
      "now", .time, [Overload([], gives: .time)], usage: "now()", nulls: .described("never null"),
      "the time at which the statement was given",
      examples: ["example | derive waiting = now() - followed_at"]),
    .function(
      "epoch", .epoch, .time, .each(.dates, "t", gives: .int), usage: "epoch(t)",
      "seconds since 1970-01-01 UTC, rounded down",
      examples: ["example | derive s = epoch(followed_at)"]),
    .function(
      "snowflake_time", .snowflakeTime, .time, .each([.int, .string], "id", gives: .time),
      usage: "snowflake_time(id)",
      nulls: .described("null when id is null, and for ids from before the scheme"),
      "the time of creation that a Twitter id holds",
      help: "Ids of accounts hold it since about 2016, ids of posts since November 2010.",
      examples: ["snowflake_time(1212092628029698048)"]),
    .function(
      "format_date", .formatDate, .time,
      [DataType].dates.map {
        Overload([.init("t", $0), .init("format", .string, .constant)], gives: .string)
      },
      usage: "format_date(t, \"%d %b %Y\")",
      "a date or time as text, in the zone of the session",
      help: "%Y %y year, %m month, %d %e day, %H %I hour, %M minute, %S second, %p AM or PM, "
        + "%b %B name of the month, %a %A of the weekday, %u its number, %j day of the year, "
        + "%G %V ISO year and week, %F date, %T clock, %z offset, %% a percent sign.",
      examples: [
        "example | group n = count() by format_date(followed_at, \"%b %Y\")",
        "format_date(2024-03-01, \"%A, %e %B %Y\")",
      ]),
  ]

  static let conversion: [CatalogueEntry] = [
    .function(
      "int", .toInt, .conversion, .each([.int, .float, .string, .bool], "x", gives: .int),
      usage: "int(x)",
      nulls: .described("null when x is null, and where it is no int (counted in the notes)"),
      "as a whole number; a float loses its fraction",
      examples: ["int(\"42\")", "example | derive k = int(followers / 1000)"]),
    .function(
      "float", .toFloat, .conversion, .each([.float, .int, .string, .bool], "x", gives: .float),
      usage: "float(x)",
      nulls: .described("null when x is null, and where it is no number (counted in the notes)"),
      "as a number with a fraction",
      examples: ["float(\"0.5\")"]),
    .function(
      "string", .toString, .conversion,
      .each([.string, .int, .float, .bool, .date, .time, .duration], "x", gives: .string),
      usage: "string(x)",
      "as text: dates and times in ISO 8601, numbers as short as they read back",
      examples: ["example | derive s = string(followers) + \" followers\""]),
  ]
}
