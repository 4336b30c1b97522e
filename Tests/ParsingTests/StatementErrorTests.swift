import Testing

@Suite struct StatementErrorTests {
  @Test func reservedWords() {
    expectErrors(
      "acme | select a, «by», c",
      "'by' is a reserved word: to use it as a name, write it in backquotes: `by`",
      outline: ["acme | select[a, by, c]"])
    expectErrors(
      "let «by» = 3", "'by' is a reserved word: to use it as a name, write it in backquotes: `by`",
      outline: ["let by = = 3"])
    expectErrors(
      "def f(«by») = t",
      "'by' is a reserved word: to use it as a name, write it in backquotes: `by`",
      outline: ["def f(by) = t"])
    expectErrors(
      "a | derive «to» = 3",
      "'to' is a reserved word: to use it as a name, write it in backquotes: `to`",
      outline: ["a | derive[to: 3]"])
    expectErrors(
      "a | filter «on» > 3",
      "'on' is a reserved word: to use it as a name, write it in backquotes: `on`",
      outline: ["a | filter[] on[]"])
  }

  @Test func statements() {
    expectErrors(
      "let x «:=» 3", "expected '=' after 'x': write =",
      outline: [])
    expectErrors(
      "let x «==» 3", "expected '=' after 'x': write =",
      outline: [])
    expectErrors(
      "let x «3»", "expected '=' after 'x'",
      outline: [])
    expectErrors(
      "let «=» 3", "expected a name after 'let'",
      outline: [])
    expectErrors(
      "«let»", "expected a name after 'let'",
      outline: [])
    expectErrors(
      "let «x»", "expected '=' after 'x'",
      outline: [])
    expectErrors(
      "let x «=»", "expected an expression after '='",
      outline: ["let x = ?"])
    expectErrors(
      "let «a.b» = 3", "a name holds no '.': write it in backquotes: `a.b`",
      outline: [])
    expectErrors(
      "def f «=» t", "expected '(' after 'f': write def f(t) = t | …",
      outline: [])
    expectErrors(
      "def f«(»a, b = t", "'(' is not closed: add ')'",
      outline: [])
    expectErrors(
      "def f(a «b») = t", "expected ',' or ')' before 'b'",
      outline: ["def f(a) = t"])
    expectErrors(
      "def f(«3») = t", "expected a name after '('",
      outline: ["def f() = t"])
    expectErrors(
      "def f(a«)»", "expected '=' after ')'",
      outline: [])
    expectErrors(
      "«def»", "expected a name after 'def'",
      outline: [])
    expectErrors(
      "«param»", "expected a name after 'param'",
      outline: [])
    expectErrors(
      "param x: «=» 3", "expected a name after ':'",
      outline: [])
    expectErrors(
      "param x «=» ", "expected an expression after '='",
      outline: ["param x=?"])
    expectErrors(
      "param «3»", "expected a name after 'param'",
      outline: [])
    expectErrors(
      "«explain»",
      "expected a pipeline after 'explain': a table of this name stands in backquotes: `explain`",
      outline: [])
    expectErrors(
      "sql «|» take 3",
      "expected a pipeline after 'sql': a table of this name stands in backquotes: `sql`",
      outline: [])
    expectErrors(
      "«verify» ;a",
      "expected a pipeline after 'verify': a table of this name stands in backquotes: `verify`",
      outline: ["a"])
  }

  @Test func habitsOfOtherLanguages() {
    expectErrors(
      "«select * from» t", "a pipeline begins with a table: write t | filter … | select a, b",
      outline: ["= (* select from)"])
    expectErrors(
      "«select» a, b from t", "a pipeline begins with a table: write t | filter … | select a, b",
      outline: ["select"])
    expectErrors(
      "«from» acme | take 3", "no 'from' is needed: write t | …",
      outline: ["from | take[3]"])
    expectErrors(
      "«filter» x > 3", "expected '|' after 'filter': a pipeline begins with a table: t | verb …",
      outline: ["filter"])
    expectErrors(
      "«filter» !active",
      "expected '|' after 'filter': a pipeline begins with a table: t | verb …",
      outline: ["filter"])
    expectErrors(
      "«distinct» group",
      "expected '|' after 'distinct': a pipeline begins with a table: t | verb …",
      outline: ["distinct"])
    expectErrors(
      "«acme» take 3", "expected '|' after 'acme': a pipeline begins with a table: t | verb …",
      outline: ["acme"])
    expectErrors(
      "acme | select «*»",
      "'*' is no column: without select, every column is kept; count() counts rows",
      outline: ["acme | select[?]"])
    expectErrors(
      "1 + count(distinct «x»)", "expected ',' or ')' before 'x': write distinct(x)",
      outline: ["= (+ 1 count(distinct))"])
    expectErrors(
      "a | filter x «is» null", "expected ',' or '|' before 'is': write x == null or x != null",
      outline: ["a | filter[x]"])
    expectErrors(
      "a | filter x «like» '%b'",
      #"expected ',' or '|' before 'like': write x ~ "part", or x matches /pattern/"#,
      outline: ["a | filter[x]"])
    for (word, hint) in [
      ("has", #"write x ~ "part""#), ("startswith", #"write starts_with(x, "part")"#),
      ("endswith", #"write ends_with(x, "part")"#), ("!", "write not (…), or x not in (…)"),
      ("order", "a verb begins with '|': | order …"),
    ] {
      expectErrors(
        "a | filter x «\(word)» 'b'", "expected ',' or '|' before '\(word)': \(hint)",
        outline: ["a | filter[x]"])
    }
    expectErrors(
      "a | filter x > 1 «AND» y < 2", "expected ',' or '|' before 'AND': write and",
      outline: ["a | filter[(> x 1)]"])
    expectErrors(
      "a | sort x «DESC»", "expected ',' or '|' before 'DESC': write desc",
      outline: ["a | sort[x]"])
    expectErrors(
      "a | filter x «not» like 'y'",
      "expected 'in', 'between' or 'matches' after 'not': write not x ~ y",
      outline: ["a | filter[x]"])
    expectErrors(
      "a | filter x «=>» 3", "no operator '=>': write >=",
      outline: ["a | filter[x]"])
    expectErrors(
      "a | filter x «===» 3", "no operator '===': write ==",
      outline: ["a | filter[x]"])
    expectErrors(
      "a «|>» take 3", "no operator '|>': write |",
      outline: ["a"])
    expectErrors(
      "a | filter x «**» 2 > 3", "no operator '**': write pow(a, b)",
      outline: ["a | filter[x]"])
    expectErrors(
      "a | filter x «=~» 'b'", "no operator '=~': write matches /…/, or ~ for 'contains'",
      outline: ["a | filter[x]"])
    expectErrors(
      "a | filter x «?» 1 : 2",
      "no operator '?': write if(condition, a, b), or ?? for a value in place of null",
      outline: ["a | filter[x]"])
    expectErrors(
      "x «:=» 3", "no operator ':=': write =",
      outline: ["x"])
    expectErrors(
      "a «&» b", "no operator '&': write and",
      outline: ["a"])
    expectErrors(
      "a «^» b", "no operator '^': write pow(a, b)",
      outline: ["a"])
    expectErrors(
      "a | filter x > 3\n«and» y < 4",
      "a statement does not begin with 'and': write 'and' at the end of the line before: there the line goes on",
      outline: ["a | filter[(> x 3)]", "?"])
    expectErrors(
      "a\n«+» 3",
      "a statement does not begin with '+': write '+' at the end of the line before: there the line goes on",
      outline: ["a", "?"])
    expectErrors(
      "«//» comment", "comments begin with '#'",
      outline: ["?"])
    expectErrors(
      "«--» comment", "comments begin with '#'",
      outline: ["?"])
    expectErrors(
      "«/»* comment */", "comments begin with '#'",
      outline: ["?"])
  }

  @Test func severalErrors() {
    expectErrors(
      "«a» b c d e\n«f» g", "expected '|' after 'a': a pipeline begins with a table: t | verb …",
      "expected '|' after 'f': a pipeline begins with a table: t | verb …",
      outline: ["a", "f"])
    expectErrors(
      "a | filter x «>» | sort «by» | take 3 «4»\nlet «=» 2; b |\n«|» take (1 «2»)",
      "expected an expression after '>'",
      "nothing follows 'by': 'by' is a reserved word; as a name it stands in backquotes",
      "expected ',' or '|' before '4'",
      "expected a name after 'let'",
      "expected a verb after '|'",
      "expected ')' before '2'",
      outline: ["a | filter[(> x ?)] | sort[] by[] | take[3]", "b | take[1]"])
  }
}
