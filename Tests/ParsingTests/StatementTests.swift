import Testing

@Suite struct StatementTests {
  @Test func load() {
    expectOutline("load \"exports/acme.csv\" as acme", "load['exports/acme.csv'] as[acme]")
    expectOutline(
      "load \"x.csv\" as t with header = false, delimiter = \";\", types = false, null = \"-\"",
      "load['x.csv'] as[t] with[header: false, delimiter: ';', types: false, null: '-']")
    expectOutline("load 'a.csv', 'b.csv'", "load['a.csv', 'b.csv']")
    expectOutline("attach \"clickhouse://h/db\" as ch", "attach['clickhouse://h/db'] as[ch]")
  }

  @Test func bindings() {
    expectOutline("let fresh = acme | take 3", "let fresh = acme | take[3]")
    expectOutline("let `odd name` = 3 + 4", "let `odd name` = = (+ 3 4)")
    expectOutline("let s = (t | group n = count())", "let s = {t | group[n: count()]}")
    expectOutline(
      "def risky(t, limit = 50) = t | filter friends / followers > limit",
      "def risky(t, limit=50) = t | filter[(> (/ friends followers) limit)]")
    expectOutline("def f() = 1", "def f() = = 1")
    expectOutline("def f(t: table, n: int = 3) = t", "def f(t:table, n:int=3) = t")
    expectOutline("param account: string = \"acme\"", "param account:string='acme'")
    expectOutline("param t: table\nparam n = 5", "param t:table", "param n=5")
  }

  @Test func wrappers() {
    expectOutline("explain a | take 1", "explain a | take[1]")
    expectOutline("sql ch.f | count", "sql ch.f | count[]")
    expectOutline("verify a", "verify a")
    expectOutline("explain compare a, b", "explain verb compare[a, b]")
  }

  @Test func sources() {
    expectOutline("acme", "acme")
    expectOutline("_ | take 3", "_ | take[3]")
    expectOutline("@acme | spike", "@acme | spike[]")
    expectOutline("\"x.csv\" | take 3", "file'x.csv' | take[3]")
    expectOutline("\"x.csv\"", "file'x.csv'")
    expectOutline("(a | take 3) | take 2", "{a | take[3]} | take[2]")
    expectOutline("$t | take 3", "= $t | take[3]")
    expectOutline("| take 3", "_ | take[3]")
    expectOutline("a; | take 3", "a", "_ | take[3]")
    expectExpression("10k / 37", "(/ 10000 37)")
  }

  @Test func openingVerbs() {
    expectOutline("compare acme, rival", "verb compare[acme, rival]")
    expectOutline("overlap a, (b | take 3) by id", "verb overlap[a, {b | take[3]}] by[id]")
    expectOutline("diff a, b on id | take 3", "verb diff[a, b] on[id] | take[3]")
    expectOutline("retention a by month | take 3", "verb retention[a] by[month] | take[3]")
    expectOutline("compare | take 3", "compare | take[3]")
    expectOutline("a | compare b | overlap c", "a | compare[b] | overlap[c]")
    expectExpression("retention + 1", "(+ retention 1)")
  }

  @Test func stages() {
    expectOutline(
      "t | group n = count(), m = median(x) by lang, d = day(y) per z",
      "t | group[n: count(), m: median(x)] by[lang, d: day(y)] per[z]")
    expectOutline("t | top 5 by n", "t | top[5] by[n]")
    expectOutline("t | sort by desc desc, asc asc, n", "t | sort[] by[desc desc, asc asc, n]")
    expectOutline("t | order by x desc", "t | order[] by[x desc]")
    expectOutline("t | filter lang = \"en\"", "t | filter[lang: 'en']")
    expectOutline("t | filter `x y` = 1", "t | filter[`x y`: 1]")
    expectOutline(
      "t | spike with q = 0.01, by = 3, to = d", "t | spike[] with[q: 0.01f, by: 3, to: d]")
    expectOutline("t | cohort in a..b | take 1", "t | cohort[(.. a b)] | take[1]")
    expectOutline(
      "t | cohort in 2024-03, 2024-05..2024-06",
      "t | cohort[date:2024-03, (.. date:2024-05 date:2024-06)]")
    expectOutline("t | cohort 2024-03..2024-04", "t | cohort[(.. date:2024-03 date:2024-04)]")
    expectOutline("t | union (a | take 3), b", "t | union[{a | take[3]}, b]")
    expectOutline(
      "f | join (f | select i, o = a) on i = j | audit to \"a.html\"",
      "f | join[{f | select[i, o: a]}] on[i: j] | audit[] to['a.html']")
    expectOutline("t | `odd verb` 3", "t | `odd verb`[3]")
    expectOutline("t | ratio (a and b) by k", "t | ratio[(and a b)] by[k]")
    expectOutline("t | sort -n", "t | sort[(- n)]")
    expectOutline("t | load 3", "t | load[3]")
  }

  @Test func lines() {
    expectOutline("a\nb;c ; \n;\nd", "a", "b", "c", "d")
    expectOutline("a # x | y\n# z\n\n  # w\n | take 1 # v", "a | take[1]")
    expectOutline("a |\n\n# c\ntake 1", "a | take[1]")
    expectOutline(
      "a | sort\n by b\n per c\n with d = 1\n to 'x'\nb",
      "a | sort[] by[b] per[c] with[d: 1] to['x']", "b")
    expectOutline("a | select b,\n c\nd", "a | select[b, c]", "d")
    expectOutline("1 +\n2\n3", "= (+ 1 2)", "= 3")
    expectOutline("a | filter b and\n not\n c", "a | filter[(and b (not c))]")
    expectOutline("f(\n1\n,\n2\n)\ng", "= f(1, 2)", "g")
    expectOutline("(a\n| take 1\n)\n| take 2\nb", "{a | take[1]} | take[2]", "b")
    expectOutline("(a | filter\nb\n)", "{a | filter[b]}")
    expectOutline("let x =\n a\n| take 1", "let x = a | take[1]")
    expectOutline("a\r\nb\r\n", "a", "b")
    expectOutline("")
    expectOutline(" # only a comment")
    expectOutline("\u{FEFF}a\u{A0}| take\u{3000}1", "a | take[1]")
  }

  @Test func designProgramsParse() {
    for program in Corpus.programs { expectNoErrors(program) }
  }
}
