import Checking
import Columns
import Diagnostics
import Plans
import Testing

@Suite struct StatementTests {
  private func load(_ text: String) -> LoadRequest? {
    guard case .load(let request)? = CheckedProgram(text).statement else { return nil }
    return request
  }

  @Test func load() throws {
    let request = try #require(
      load(
        "load \"a.csv\", \"b*.csv\" as t with header = false, delimiter = \";\", null = \"-\", "
          + "captured_at = 2024-05, selection = newest, stated_followers = 12k"))
    #expect(request.patterns.map(\.text) == ["a.csv", "b*.csv"])
    #expect(request.name == "t")
    #expect(request.options["header"]?.value == .bool(false))
    #expect(request.options["delimiter"]?.value == .string(";"))
    #expect(request.options["null"]?.value == .string("-"))
    #expect(request.options["captured_at"]?.value == .time(1_714_521_600_000_000))
    #expect(request.options["selection"]?.value == .string("newest"))
    #expect(request.options["stated_followers"]?.value == .int(12_000))
    #expect(try #require(load("load \"a.csv\"")).name == nil)
  }

  @Test func loadErrors() {
    expectErrors(
      "load \"a.csv\" as t with ‹heder› = true",
      "'load' has no option 'heder': did you mean 'header'?")
    expectErrors(
      "load \"a.csv\" as t with header = ‹\"no\"›", "'header' takes a bool, found a string")
    expectErrors(
      "load \"a.csv\" with selection = ‹some›",
      "'selection' is not \"some\": there are complete, random, newest, unknown")
    expectErrors("load ‹acme›", "'load' takes a path in quotes: load \"acme.csv\"")
    expectErrors("load ‹5›", "'load' takes a path in quotes, found 5")
    expectErrors(
      "load \"a.csv\" as ‹_›",
      "'_' is the last result and cannot be given: give the table another name")
    expectErrors(
      "load \"a.csv\" ‹by› x",
      "'load' has no 'by': load \"x.csv\" as t with header = false")
  }

  @Test func bindings() {
    let program = CheckedProgram("let fresh = example | filter followers < 10\nfresh | take 1")
    #expect(program.plan?.lines == ["fresh: let", "| take 1"])
    #expect(CheckedProgram("let x = 2 * 3\nx + 1").scalar?.text == "2 * 3 + 1")
    #expect(
      CheckedProgram(
        "let m = (example | group m = max(followers))\nexample | filter followers == m"
      ).diagnostics == [])
    expectErrors(
      "let ‹example› = other",
      "'example' is a table: tables do not change; give the let another name")
    expectErrors("let ‹_› = other", "'_' is the last result and cannot be given")
  }

  @Test func bindingsForgetTheirPlaces() throws {
    let program = CheckedProgram("let fresh = example | filter followers + 1 < 10")
    let plan = try #require(program.plan)
    #expect(plan.range == nil)
    guard case .filter(_, let condition) = plan.node else {
      Issue.record("no filter")
      return
    }
    #expect(condition.range == nil)
  }

  @Test func parameters() {
    func value(_ text: String) -> Scalar? {
      guard case .declareParameter(let parameter)? = CheckedProgram(text).statement,
        case .scalar(let scalar, _) = parameter.defaultValue
      else { return nil }
      return scalar
    }
    #expect(value("param a: string = \"x\"") == .string("x"))
    #expect(value("param a: float = 3") == .float(3))
    #expect(value("param a: time = 2024-03-01") == .time(1_709_251_200_000_000))
    #expect(value("param a: date = \"2024-03-01\"") == .date(19783))
    #expect(value("param a: duration = 7d") == .duration(604_800_000_000))
    #expect(CheckedProgram("param t: table = example\nt | take 1").diagnostics == [])
    #expect(CheckedProgram("param t: table = example\n$t | take 1").diagnostics == [])
    expectErrors(
      "param a: ‹strng› = \"x\"", "no type 'strng': did you mean 'string'?")
    expectErrors("param a: int = ‹\"x\"›", "'a' takes an int, found a string")
    expectErrors("‹param a = 5›", "a parameter needs a type: param a: string")
    expectErrors("param a: int = ‹1.5›", "'a' takes an int, found 1.5")
  }

  @Test func definitions() {
    let risky = "def risky(t, limit = 50) = t | filter friends / followers > limit\n"
    #expect(
      CheckedProgram(risky + "example | risky").steps
        == ["| filter float(friends) / float(followers) > 50.0"])
    #expect(
      CheckedProgram(risky + "example | risky 100 | take 1").steps
        == ["| filter float(friends) / float(followers) > 100.0", "| take 1"])
    #expect(
      CheckedProgram(risky + "example | risky limit = 7").steps
        == ["| filter float(friends) / float(followers) > 7.0"])
    #expect(
      CheckedProgram(risky + "risky(example, 8) | take 1").steps
        == ["| filter float(friends) / float(followers) > 8.0", "| take 1"])
    #expect(CheckedProgram(risky + "risky(example, 8)").plan != nil)
  }

  @Test func definitionsOfScalars() {
    #expect(
      CheckedProgram(
        "def rate(a, b) = a / greatest(b, 1)\nexample | derive r = rate(friends, followers)"
      )
      .steps == ["| derive r = float(friends) / float(greatest(followers, 1))"])
  }

  @Test func definitionsAreHygienic() {
    // The caller's $limit and the definition's `limit` are two.
    #expect(
      CheckedProgram(
        "param limit: int = 9\ndef few(t, limit) = t | filter followers < limit\n"
          + "example | few $limit + 1"
      ).steps == ["| filter followers < 9 + 1"])
    // An argument named like a parameter of the definition means the caller's.
    #expect(
      CheckedProgram(
        "let b = 3\ndef inner(t, a, b) = t | filter followers in (a, b)\nexample | inner b, 4"
      ).steps == ["| filter followers in (3, 4)"])
  }

  @Test func definitionErrors() {
    let risky = "def risky(t, limit) = t | filter frends > limit\n"
    expectErrors(
      risky + "example | ‹risky 5›",
      "in 'risky': no column 'frends' in example: did you mean 'friends'?")
    expectErrors(
      risky + "example | ‹risky›",
      "'risky' needs 'limit': its arguments: risky(t, limit)")
    expectErrors(
      risky + "example | risky ‹limt› = 5",
      "'risky' has no argument 'limt': did you mean 'limit'?")
    expectErrors(
      risky + "example | risky 5, ‹6›",
      "'risky' takes 1 argument, found 2: its arguments: risky(t, limit)")
    expectErrors(
      "def again(t) = t | ‹again›", "'again' uses itself")
    expectErrors("def ‹filter›(t) = t | take 1", "'filter' is a verb: give the def another name")
    expectErrors(
      "def f(t, ‹t›) = t | take 1", "two parameters are called 't'")
    expectErrors(
      "def f(t) = t | ‹fliter› x", "no verb 'fliter': did you mean 'filter'?")
  }

  @Test func mutualRecursionEnds() {
    var scope = exampleScope()
    scope = CheckedProgram("def a(t) = t | take 1\ndef b(t) = t | a", scope: scope).scope
    // A new definition of `a` may use `b`, which uses `a`.
    scope = CheckedProgram("def a(t) = t | b", scope: scope).scope
    expectErrors("example | ‹a›", "in 'b': 'a' uses itself", scope: scope)
  }
}
