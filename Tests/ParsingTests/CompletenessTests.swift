import Diagnostics
import Testing

@testable import Parsing

@Suite struct CompletenessTests {
  @Test(arguments: [
    "", "acme", "acme | take 3", "acme | take 3\n", "1 + 1 # |", "load \"x\"", "acme | filter",
    "f(\n1)", "x + 'a\nb'", "a;", "acme | sort by",
    // Errors that another line would not mend.
    "acme | filter ) (", "a b |", "let x", "f(a b", "`abc", "a matches /b", "select * from t",
  ])
  func runsAsItIs(_ text: String) {
    #expect(isComplete(Source(name: "test", text: text)))
  }

  @Test(arguments: [
    "acme |", "acme | \n\n", "acme | # take", "1 +", "a ==", "a and", "a not", "a | filter x in",
    "a | select b,", "f(", "f(a,", "(a | take 3", "(a\n", "x in (1,\n2", "let x =",
    "def f(t) =", "load \"abc", "load \"abc\n", "load 'abc\ndef", "a; b |",
    "a | filter (x > 1 | take 3",
  ])
  func goesOn(_ text: String) {
    #expect(!isComplete(Source(name: "test", text: text)))
  }
}
