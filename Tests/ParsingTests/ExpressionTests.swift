import Testing

@Suite struct ExpressionTests {
  @Test func precedenceFromLoosestToTightest() {
    expectExpression("a or b and not c == d", "(or a (and b (not (== c d))))")
    expectExpression("a ?? b + c * -d > e", "(> (?? a (+ b (* c (- d)))) e)")
    expectExpression("not a and b", "(and (not a) b)")
    expectExpression("not not a", "(not (not a))")
    expectExpression("a and b or c and d", "(or (and a b) (and c d))")
    expectExpression("a == 1 or b", "(or (== a 1) b)")
    expectExpression("a ~ 'x' and b !~ 'y'", "(and (~ a 'x') (!~ b 'y'))")
    expectExpression("-a * b", "(* (- a) b)")
    expectExpression("a + b ~ c", "(~ (+ a b) c)")
  }

  @Test func operatorsGroupFromTheLeft() {
    expectExpression("a - b - c", "(- (- a b) c)")
    expectExpression("a / b // c % d * e", "(* (% (// (/ a b) c) d) e)")
    expectExpression("a ?? b ?? c", "(?? (?? a b) c)")
    expectExpression("a or b or c", "(or (or a b) c)")
    expectExpression("(a - (b - c))", "(- a (- b c))")
  }

  @Test func habits() {
    expectExpression("(a = 1 && b <> 2 || !c)", "(or (and (== a 1) (!= b 2)) (not c))")
    expectExpression("!a == b", "(== (not a) b)")
    expectExpression("1 + count(*)", "(+ 1 count())")
    expectExpression("a = b", "(== a b)")
  }

  @Test func wordsAsOperators() {
    expectExpression("a between 1 and 2 and b", "(and (between a 1 2) b)")
    expectExpression("a not between 1 + 1 and 3", "(!between a (+ 1 1) 3)")
    expectExpression("a matches /x+/i", "(matches a /x+/i)")
    expectExpression("a not matches /x/", "(not (matches a /x/))")
    expectExpression("a not in b", "(!in a b)")
    expectExpression("a == not b", "(== a (not b))")
  }

  @Test func containers() {
    expectExpression("a in (1, 2)", "(in a [1 2])")
    expectExpression("a in (b)", "(in a [b])")
    expectExpression("a in b", "(in a b)")
    expectExpression("a in 2024-03", "(in a date:2024-03)")
    expectExpression("a in $list", "(in a $list)")
    expectExpression("a in 1..2 + 3", "(in a (.. 1 (+ 2 3)))")
    expectExpression("a in -5..b", "(in a (.. -5 b))")
    expectExpression("a in (t | select c)", "(in a {t | select[c]})")
    expectExpression("a in (t | select c, d | take 1)", "(in a {t | select[c, d] | take[1]})")
    expectExpression("a in (b)..(c)", "(in a (.. b c))")
    expectExpression("a in (b + 1) * 2 and c", "(and (in a (* (+ b 1) 2)) c)")
    expectExpression("a in (b or c)", "(in a [(or b c)])")
    expectExpression("a in (compare b, c | take 1)", "(in a {verb compare[b, c] | take[1]})")
    expectExpression("not a in (1)", "(not (in a [1]))")
  }

  @Test func brackets() {
    expectOutline("(a)", "a")
    expectOutline("((a))", "a")
    expectOutline("(a | take 1)", "{a | take[1]}")
    expectExpression("(a | take 1) + 1", "(+ {a | take[1]} 1)")
    expectExpression("(a + b) * c", "(* (+ a b) c)")
    expectExpression("(\"a.csv\" | count) / 2", "(/ {file'a.csv' | count[]} 2)")
    expectExpression("1 + ((a | take 1) | take 2)", "(+ 1 {{a | take[1]} | take[2]})")
  }

  @Test func calls() {
    expectExpression("f()", "f()")
    expectExpression("f (a, b + 1, n = c)", "f(a, (+ b 1), n: c)")
    expectExpression("if(a, b, c)", "if(a, b, c)")
    expectExpression("case(a > 1, 'x', b, 'y', 'z')", "case((> a 1), 'x', b, 'y', 'z')")
    expectExpression("f(g(h(1)))", "f(g(h(1)))")
    expectExpression("extract(a, /(b)/)", "extract(a, /(b)/)")
    expectExpression("ch.f(1)", "ch.f(1)")
  }

  @Test func names() {
    expectOutline("`odd name`", "`odd name`")
    expectOutline("`a\\`b\\n`", "`a`b\n`")
    expectOutline("ch.followers", "ch.followers")
    expectOutline("ch.`odd name`.by", "ch.odd name.by")
    expectExpression("größe + 名前", "(+ größe 名前)")
    expectExpression("$limit * 2", "(* $limit 2)")
    expectExpression("$`my limit`", "$`my limit`")
    expectOutline("@a.b-c_d@e.social | take 1", "@a.b-c_d@e.social | take[1]")
    expectOutline("@`odd handle`", "@`odd handle`")
    expectExpression("1 + @acme", "(+ 1 @acme)")
    expectExpression("asc + desc", "(+ asc desc)")
    expectExpression("(load + sql)", "(+ load sql)")
  }

  @Test func everyOperandMayFollowADivision() {
    expectExpression("a / b / c", "(/ (/ a b) c)")
    expectExpression("(a) / 1d / 1000", "(/ (/ a 86400000000us) 1000)")
    expectExpression("f(a) / b / c", "(/ (/ f(a) b) c)")
    expectExpression("a // b", "(// a b)")
  }
}
