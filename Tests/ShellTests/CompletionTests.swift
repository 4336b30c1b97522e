import Checking
import Columns
import Diagnostics
import Plans
import Shell
import Testing

@Suite struct CompletionTests {
  @Test func aStatementBeginsWithWordsTablesAndFunctions() {
    let texts = Prompt("¦").texts
    for text in ["load", "let", "explain", "example", "fresh", "`odd name`", "threshold"] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(!texts.contains("filter") && !texts.contains("followers"))
    #expect(
      Prompt("ex¦").texts == ["explain", "example"] || Prompt("ex¦").texts.contains("example"))
  }

  @Test func verbsStandBehindAPipe() {
    #expect(Prompt("example | fi¦").texts == ["filter"])
    #expect(Prompt("example|¦").texts.contains("group"))
    #expect(Prompt("|¦").texts.contains("take"))
    #expect(Prompt("example | filter followers < 10\n  | so¦").texts == ["sort"])
    let verb = Prompt("example | fi¦").completion.candidates[0]
    #expect(verb.kind == .verb && !verb.detail.isEmpty)
  }

  @Test(arguments: [
    ("example | filter follo¦", ["followed_at", "followers"]),
    ("example | filter followers < 10 and frie¦", ["friends"]),
    ("example | filter not veri¦", ["verified"]),
    ("example | group n = count() by la¦", ["lang"]),
    ("example | group typical = median(stat¦", ["statuses"]),
    ("example | group typical = count() by lang | sort ty¦", ["typical"]),
    ("example | select screen_name, fri¦", ["friends"]),
    ("example | derive x = friends / followers, y = x¦", ["x"]),
    ("example | rename handle = screen¦", ["screen_name"]),
    ("example | rename handle = screen_name | drop han¦", ["handle"]),
    ("example | filter id in (fresh | select sta¦", ["statuses"]),
    ("example | join (fresh | group zebra = count() by lang | filter zeb¦", ["zebra"]),
    ("(example | group zebra = count() by lang) | filter zeb¦", ["zebra"]),
    ("let x = example | filter fol¦", ["followed_at", "followers"]),
    ("explain example | filter foll¦", ["followed_at", "followers"]),
    ("1 + 2; example | filter foll¦", ["followed_at", "followers"]),
    ("| filter on¦", ["only"]),
    ("_ | filter on¦", ["only"]),
    ("example | filter nonsense > 3 | sort foll¦", ["followed_at", "followers"]),
    ("example | top 3 by foll¦", ["followed_at", "followers"]),
    ("example | top 3 by followers per acc¦", ["account"]),
    ("example | take 2 # comment\n | filter lo¦", ["location"]),
  ])
  func columnsAreThoseOfThisPoint(_ text: String, _ wanted: [String]) {
    let columns = Prompt(text).completion.candidates.filter { $0.kind == .column }.map(\.text)
    #expect(columns.sorted() == wanted, "\(text)")
  }

  @Test func columnsSayTheirTypesAndOldNames() {
    let candidates = Prompt("`odd name` | filter ¦").completion.candidates
    let details = candidates.filter { $0.kind == .column }.map(\.detail)
    #expect(details == ["string", "int", "float", "bool", "int", "int, was Tweets"])
  }

  @Test func namesAreQuotedAndSafe() {
    let candidates = columns("`odd name` | select ¦")
    #expect(
      candidates.map(\.text) == [
        "`my column`", "`by`", "`evil\\u{1b}[2J`", "`b\\u{202e}c`", "`joined\\u{115f}`", "tweets",
      ])
    for candidate in Prompt("`odd name` | filter `my column` == ¦").completion.candidates
      + Prompt("load \"¦").completion.candidates + candidates
    {
      let shown = candidate.text + candidate.label + candidate.detail
      #expect(!shown.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
    #expect(Prompt("`odd name` | filter `my¦").texts == ["`my column`"])
  }

  @Test func whatIsInsertedMeansTheColumn() {
    for candidate in columns("`odd name` | select ¦") {
      let text = Prompt("`odd name` | select ¦").completed(candidate)
      #expect(problems(text) == [], "\(text)")
    }
    for candidate in Prompt("`odd name` | filter `my column` == ¦").completion.candidates.prefix(1)
    {
      #expect(candidate.text == "\"a \\\"b\\\"\\u{1b}\"")
    }
  }

  @Test func aggregatesStandWhereTheyMay() {
    #expect(Prompt("example | group m = med¦").texts == ["median(", "median_high(", "median_low("])
    #expect(Prompt("example | derive part = followers / su¦").texts.contains("sum("))
    #expect(!Prompt("example | filter su¦").texts.contains("sum("))
    #expect(!Prompt("example | group m = median(su¦").texts.contains("sum("))
    #expect(Prompt("example | filter now¦").texts == ["now()"])
    #expect(Prompt("example | filter rou¦").texts == ["round("])
  }

  @Test func otherWordsLeadToOurs() {
    #expect(Prompt("example | wher¦").texts == ["filter"])
    #expect(Prompt("example | hea¦").texts == ["take"])
    #expect(Prompt("example | group m = mea¦").texts == ["avg("])
  }

  @Test func onlyWhatFitsIsListed() {
    #expect(Prompt("example ¦").texts == ["|"])
    #expect(Prompt("example | filter id in (fresh ¦").texts == ["|"])
    #expect(Prompt("example | top ¦").texts == [])
    #expect(Prompt("example | filter lang not ¦").texts == ["in", "between"])
    for text in ["example | join ¦", "example | union (¦", "explain ¦", "example | filter id in ¦"]
    {
      #expect(Prompt(text).texts == ["example", "`odd name`", "fresh", "_"], "\(text)")
    }
    let made = Prompt("example | group n = ¦").completion.candidates.map(\.kind)
    #expect(made.contains(.aggregate) && !made.contains(.column))
    let compared = Prompt("example | filter lang == ¦").texts
    #expect(compared.starts(with: ["\"en\"", "\"es\"", "\"pt\"", "account"]))
    #expect(Prompt("example | filter followers < 3 ¦").texts.first == "and")
    #expect(Prompt("example | filter `fol¦").texts == ["followed_at", "followers"])
    #expect(Prompt("param x: int = ¦").texts == [])
  }

  @Test func clauseWordsStandBehindItems() {
    let texts = Prompt("example | group n = count() ¦").texts
    #expect(texts.contains("by") && texts.contains("per") && !texts.contains("on"))
    #expect(Prompt("example | group n = count() b¦").texts.contains("by"))
    #expect(!Prompt("example | group n = count() by lang ¦").texts.contains("by"))
    #expect(Prompt("example | group ¦").texts.contains("by"))
    #expect(Prompt("example | top 3 ¦").texts.contains("by"))
    #expect(Prompt("example | sort followers ¦").texts.starts(with: ["asc", "desc"]))
    #expect(Prompt("example | filter followers > 3 ¦").texts.contains("and"))
    #expect(Prompt("example | join fresh on id ¦").texts.contains("with"))
    #expect(!Prompt("example | filter id in (fresh | take 3 ¦").texts.contains("to"))
  }

  @Test func optionsStandBehindWith() {
    #expect(Prompt("example | join fresh on id with ¦").texts == ["kind ="])
    #expect(
      Set(Prompt("example | join fresh on id with kind = ¦").texts)
        .isSuperset(of: ["inner", "left", "anti", "semi"]))
    #expect(Prompt("load \"x.csv\" with hea¦").texts == ["header ="])
    #expect(Prompt("load \"x.csv\" with header = ¦").texts == ["true", "false"])
    #expect(
      !Prompt("load \"x.csv\" as t with header = true, ¦").texts.contains("header ="))
    #expect(Prompt("load \"x.csv\" with platform = tw¦").texts == ["twitter"])
    #expect(Set(Prompt("load \"x.csv\" ¦").texts) == ["with", "as"])
  }

  @Test(arguments: [
    ("example | filter lang == \"e¦", ["\"en\"", "\"es\""]),
    ("example | filter lang == \"¦", ["\"en\"", "\"es\"", "\"pt\""]),
    ("example | filter lang != 'p¦", ["\"pt\""]),
    ("example | filter lang in (\"en\", \"e¦", ["\"en\"", "\"es\""]),
    ("example | filter lang not in (\"p¦", ["\"pt\""]),
    ("example | filter contains(lang, \"e¦", ["\"en\"", "\"es\""]),
    ("example | filter if(lang == \"p¦", ["\"pt\""]),
    ("example | rename l = lang | take 5 | filter l == \"p¦", ["\"pt\""]),
    ("example | group n = count() by l = lang | filter l == \"p¦", ["\"pt\""]),
    ("fresh | filter account == \"a¦", ["\"acme\""]),
    ("example | derive lang = lower(lang) | filter lang == \"p¦", []),
    ("example | filter followers == \"¦", []),
  ])
  func valuesStandInQuotes(_ text: String, _ wanted: [String]) {
    #expect(Prompt(text).texts == wanted, "\(text)")
  }

  @Test func aClosingQuoteBehindTheCursorIsTaken() {
    let prompt = Prompt("example | filter lang == \"e¦\"")
    #expect(prompt.completed(prompt.completion.candidates[0]) == "example | filter lang == \"en\"")
  }

  @Test func valuesOfColumnsWithManyAreNotListed() {
    var scope = Prompt.scope
    scope.tables["many"] = Table(
      name: "many", fields: [Field(name: "x", type: .string)],
      rows: (0..<5000).map { [.string("value\($0)")] })
    #expect(Prompt("many | filter x == \"v¦", scope: scope).texts == [])
  }

  @Test(arguments: [
    ("load \"ac¦", ["\"acme.csv\""]),
    ("load \"my¦", ["\"my list.csv\""]),
    ("load \"exp¦", ["\"exports/"]),
    ("load \"exports/¦", ["\"exports/a.csv.gz\"", "\"exports/b.jsonl\""]),
    ("load \"quo¦", ["\"quo\\\"te.csv\""]),
    ("load \"evil¦", ["\"evil\\u{1b}[2J.csv\""]),
    ("\"ac¦", ["\"acme.csv\""]),
    ("example | union \"ac¦", ["\"acme.csv\""]),
    ("example | save \"ac¦", ["\"acme.csv\""]),
    ("example | take 3 to \"ac¦", ["\"acme.csv\""]),
    ("load \".¦", ["\".hidden\""]),
    ("load \"none¦", []),
  ])
  func filesStandWherePathsDo(_ text: String, _ wanted: [String]) {
    #expect(Prompt(text).texts == wanted, "\(text)")
  }

  @Test func nothingIsComputedWhileTyping() {
    var scope = Prompt.scope
    scope.compute = { _ in
      Issue.record("completion computed rows")
      return .success(Catalogue.exampleTable)
    }
    let text = "example | pivot count() on lang by account | filter acc¦"
    #expect(Prompt(text, scope: scope).completion.range == SourceRange(52, 55))
  }

  @Test func dotCommandsAndTheirArguments() {
    #expect(Prompt(".¦").texts == [".help", ".schema", ".read", ".format", ".quit"])
    #expect(Prompt(".sch¦").texts == [".schema"])
    #expect(Prompt(".schema ex¦").texts == ["example"])
    #expect(Prompt(".format c¦").texts == ["csv"])
    #expect(Prompt(".help med¦").texts == ["median", "median_low", "median_high"])
    #expect(Prompt(".help lan¦").texts == ["language"])
    #expect(Prompt(".read ac¦").texts == ["acme.csv"])
    #expect(Prompt(".quit ¦").texts == [])
  }

  @Test func parametersHandlesAndNothing() {
    #expect(Prompt("example | filter followers > $le¦").texts == ["$least"])
    #expect(Prompt("@ac¦").texts == ["@acme"])
    #expect(Prompt("param x: in¦").texts == ["int"])
    for text in [
      "let ¦", "let x¦", "example # fi¦", "example | take 1¦", "def f(¦", "example | rename ¦",
      "example | filter 12¦", "example | filter screen_name matches /a¦",
      "example | take 3 as ¦",
    ] {
      #expect(Prompt(text).texts == [], "\(text)")
    }
  }

  @Test func theCursorMayStandWithin() {
    let prompt = Prompt("example | filter foll¦ < 10")
    #expect(prompt.texts == ["followed_at", "followers"] || prompt.texts.contains("followers"))
    #expect(prompt.completion.commonPrefix.hasPrefix("follow"))
    #expect(prompt.completion.range == SourceRange(17, 21))
  }

  private func columns(_ text: String) -> [Candidate] {
    Prompt(text).completion.candidates.filter { $0.kind == .column }
  }

  private func problems(_ text: String) -> [String] {
    let source = Source(name: "t", text: text)
    let (program, problems) = parsed(source)
    return problems.map(\.message)
      + program.flatMap { check($0, in: Prompt.scope).diagnostics.map(\.message) }
  }
}
