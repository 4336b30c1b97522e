import Testing

@Suite struct GrammarErrorTests {
  @Test func stages() {
    expectErrors(
      "acme «|»", "expected a verb after '|'",
      outline: ["acme"])
    expectErrors(
      #"acme «|» \#nload "x""#, "expected a verb after '|'",
      outline: ["acme", "load['x']"])
    expectErrors(
      "acme | «3»", "expected a verb after '|'",
      outline: ["acme"])
    expectErrors(
      "acme | «|» take 1", "expected a verb after '|'",
      outline: ["acme | take[1]"])
    expectErrors(
      "acme | «by» x", "expected a verb after '|'",
      outline: ["acme"])
    expectErrors(
      "acme | «n» = count()", "expected a verb after '|': write derive n = …, or group n = …",
      outline: ["acme"])
    expectErrors(
      "acme | take 3 «4» | sort 5 «6»", "expected ',' or '|' before '4'",
      "expected ',' or '|' before '6'",
      outline: ["acme | take[3] | sort[5]"])
    expectErrors(
      "acme | select a «b»", "expected ',' or '|' before 'b'",
      outline: ["acme | select[a]"])
    expectErrors(
      "acme«,» rival", "no ',' can follow here",
      outline: ["acme"])
    expectErrors(
      "acme «by» x", "'by' follows a verb: write t | verb by …",
      outline: ["acme"])
    expectErrors(
      "acme | sort x\n«on» b", "'on' follows a verb: write it on the line of its verb",
      outline: ["acme | sort[x]", "?"])
    expectErrors(
      "«by» x", "'by' follows a verb: write it on the line of its verb",
      outline: ["?"])
    expectErrors(
      "acme | group «by»",
      "nothing follows 'by': 'by' is a reserved word; as a name it stands in backquotes",
      outline: ["acme | group[] by[]"])
    expectErrors(
      "acme | group «by», x",
      "nothing follows 'by': 'by' is a reserved word; as a name it stands in backquotes",
      outline: ["acme | group[] by[]"])
    expectErrors(
      "acme | sort «by» | take 3",
      "nothing follows 'by': 'by' is a reserved word; as a name it stands in backquotes",
      outline: ["acme | sort[] by[] | take[3]"])
    expectErrors(
      "acme | spike «with»",
      "nothing follows 'with': 'with' is a reserved word; as a name it stands in backquotes",
      outline: ["acme | spike[] with[]"])
    expectErrors(
      "acme | group n «=» by x", "expected an expression after '='",
      outline: ["acme | group[n: ?] by[x]"])
    expectErrors(
      "acme | select a,«,» b", "expected an expression before ','",
      outline: ["acme | select[a, ?, b]"])
    expectErrors(
      "acme | select a«,»", "expected an expression after ','",
      outline: ["acme | select[a, ?]"])
    expectErrors(
      #"load "x" «|» take 3"#, "no '|' can follow here: a pipeline begins with a table: t | …",
      outline: ["load['x']"])
    expectErrors(
      #"load "x" «as»"#,
      "nothing follows 'as': 'as' is a reserved word; as a name it stands in backquotes",
      outline: ["load['x'] as[]"])
    expectErrors(
      #"load "x" «as»\#nacme | take 1"#,
      "nothing follows 'as': 'as' is a reserved word; as a name it stands in backquotes",
      outline: ["load['x'] as[]", "acme | take[1]"])
    expectErrors(
      "a | filter «)»x | take 3 3", "')' closes nothing",
      outline: ["a | filter[]"])
    expectErrors(
      "a | cohort «in»", "expected an expression after 'in'",
      outline: ["a | cohort[?]"])
    expectErrors(
      "a | take 3; | take 2 «2»; «b» c", "expected ',' or '|' before '2'",
      "expected '|' after 'b': a pipeline begins with a table: t | verb …",
      outline: ["a | take[3]", "_ | take[2]", "b"])
    expectErrors(
      "1«..»2", "no range can stand here: ranges stand after in: x in a..b",
      outline: ["= 1"])
  }

  @Test func brackets() {
    expectErrors(
      "acme | filter «(»a > 1 | take 3", "'(' is not closed: add ')'",
      outline: ["acme | filter[{= (> a 1) | take[3]}]"])
    expectErrors(
      "acme | filter «(»a > 1\nrival | take 3", "'(' is not closed: add ')'",
      outline: ["acme | filter[(> a 1)]", "rival | take[3]"])
    expectErrors(
      #"acme | filter f«(»a, b\#nload "x""#, "'(' is not closed: add ')'",
      outline: ["acme | filter[f(a, b)]", "load['x']"])
    expectErrors(
      "acme | derive x = f(a,\n  b\n  «c»)\nb | take 2 «2»", "expected ',' or ')' before 'c'",
      "expected ',' or '|' before '2'",
      outline: ["acme | derive[x: f(a, b)]", "b | take[2]"])
    expectErrors(
      "acme | filter f(a, b «c») | take 3 «4»", "expected ',' or ')' before 'c'",
      "expected ',' or '|' before '4'",
      outline: ["acme | filter[f(a, b)] | take[3]"])
    expectErrors(
      "acme | filter (a «b») | take 3 «4»", "expected ')' before 'b'",
      "expected ',' or '|' before '4'",
      outline: ["acme | filter[a] | take[3]"])
    expectErrors(
      "acme | filter (a«,» b)",
      "expected ')' before ',': a verb's items stand without brackets: select a, b",
      outline: ["acme | filter[a]"])
    expectErrors(
      "f(a«]»", "expected ')', not ']'",
      outline: ["= f(a)"])
    expectErrors(
      "a«)»", "')' closes nothing",
      outline: ["a"])
    expectErrors(
      "«(»a", "'(' is not closed: add ')'",
      outline: ["a"])
    expectErrors(
      "(«(»(a)", "'(' is not closed: add ')'",
      outline: ["a"])
    expectErrors(
      "«(»a | take 3", "'(' is not closed: add ')'",
      outline: ["{a | take[3]}"])
    expectErrors(
      #"«(»a | take 3\#nload "x" «3»"#, "'(' is not closed: add ')'",
      "expected ',' or '|' before '3'",
      outline: ["{a | take[3]}", "load['x']"])
    expectErrors(
      "a | f(«(»b | take 3", "'(' is not closed: add ')'",
      outline: ["a | f[{b | take[3]}]"])
    expectErrors(
      "a | group n = count«(» by lang", "expected an expression after '('",
      outline: ["a | group[n: count(?)]"])
    expectErrors(
      "a | group n = count«(»x by lang", "'(' is not closed: add ')'",
      outline: ["a | group[n: count(x)] by[lang]"])
    expectErrors(
      "f(«,»)", "expected an expression before ','", outline: ["= f(?, ?)"])
    expectErrors(
      "f(a,«,»b)", "expected an expression before ','",
      outline: ["= f(a, ?, b)"])
    expectErrors(
      "«)» (", "')' closes nothing",
      outline: ["?"])
    expectErrors(
      "«{»a}", "expected an expression before '{'",
      outline: ["?"])
    expectErrors(
      "«[»a]", "expected an expression: lists stand in round brackets after in: x in (a, b)",
      outline: ["?"])
    expectErrors(
      "a | filter «(»", "expected an expression after '('",
      outline: ["a | filter[?]"])
    expectErrors(
      "«(»a; «b» 3", "'(' is not closed: add ')'",
      "expected '|' after 'b': a pipeline begins with a table: t | verb …",
      outline: ["a", "b"])
  }

  @Test func containers() {
    expectErrors(
      "a | filter x in «[»1, 2]", "lists stand in round brackets: write in (a, b)",
      outline: ["a | filter[(in x [1 2])]"])
    expectErrors(
      "a | filter x in «()»", "the list after 'in' is empty",
      outline: ["a | filter[(in x [])]"])
    expectErrors(
      "a | filter x in «(»1, 2", "'(' is not closed: add ')'",
      outline: ["a | filter[(in x [1 2])]"])
    expectErrors(
      "a | filter x in (1«,»)", "expected an expression after ','",
      outline: ["a | filter[(in x [1 ?])]"])
    expectErrors(
      "a | filter x «in»", "expected an expression after 'in'",
      outline: ["a | filter[(in x ?)]"])
    expectErrors(
      "f(1«..»2)", "a range is no argument: ranges stand after in: x in a..b",
      outline: ["= f((.. 1 2))"])
    expectErrors(
      "a«..»b", "no range can stand here: ranges stand after in: x in a..b",
      outline: ["a"])
    expectErrors(
      "a | filter x between 1«,» 2", "expected 'and' after 'between': write x between a and b",
      outline: ["a | filter[(between x 1 ?), 2]"])
    expectErrors(
      "a | filter x between «1»", "expected 'and' after 'between': write x between a and b",
      outline: ["a | filter[(between x 1 ?)]"])
    expectErrors(
      "a | filter x «not» y", "expected 'in', 'between' or 'matches' after 'not': write not x ~ y",
      outline: ["a | filter[x]"])
  }

  @Test func chainedComparisons() {
    expectErrors(
      "a | filter 1 < x «<» 5", "comparisons do not chain: write 1 < x and x < 5",
      outline: ["a | filter[(< (< 1 x) 5)]"])
    expectErrors(
      "a | filter a == b «==» c == d", "comparisons do not chain: write a == b and b == c",
      outline: ["a | filter[(== (== (== a b) c) d)]"])
    expectErrors(
      "x in y «in» z", "comparisons do not chain: join them with and: a < b and b < c",
      outline: ["= (in (in x y) z)"])
  }

  @Test func operands() {
    expectErrors(
      "acme | filter a «>» | take 3", "expected an expression after '>'",
      outline: ["acme | filter[(> a ?)] | take[3]"])
    expectErrors(
      "acme | filter a «>» by lang", "expected an expression after '>'",
      outline: ["acme | filter[(> a ?)] by[lang]"])
    expectErrors(
      "acme | filter «and» x", "expected an expression before 'and'",
      outline: ["acme | filter[?]"])
    expectErrors(
      "acme | filter x «and»", "expected an expression after 'and'",
      outline: ["acme | filter[(and x ?)]"])
    expectErrors(
      "1 «+»", "expected an expression after '+'",
      outline: ["= (+ 1 ?)"])
    expectErrors(
      "«not»", "expected an expression after 'not'",
      outline: ["= (not ?)"])
    expectErrors(
      "«if» x", "expected '(' after 'if': write if(condition, a, b)",
      outline: ["?"])
    expectErrors(
      "«case»", "expected '(' after 'case': write case(c1, v1, c2, v2, otherwise)",
      outline: ["?"])
    expectErrors(
      "a | filter «if»", "expected '(' after 'if': write if(condition, a, b)",
      outline: ["a | filter[?]"])
    expectErrors(
      "«@»", "expected a handle after '@'",
      outline: ["?"])
    expectErrors(
      "«$» a", "expected a parameter's name after '$'",
      outline: ["?"])
    expectErrors(
      "true «false»", "expected '|' or a new line before 'false'",
      outline: ["= true"])
  }
}
