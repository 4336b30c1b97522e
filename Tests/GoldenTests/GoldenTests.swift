import Glibc
import Testing

/// Runs every case of Tests/Golden: a program, `---`, and what the user sees.
///
/// With DECOY_RECORD set the cases are rewritten with what is seen now, and the run fails.
@Test(arguments: GoldenCase.all)
func goldenCase(_ test: GoldenCase) throws {
  let seen = Transcript.of(program: test.program)
  if getenv("DECOY_RECORD") != nil && seen != test.expected {
    try test.record(seen)
    Issue.record("recorded \(test.name)")
  } else {
    #expect(seen == test.expected, "\(test.name) differs")
  }
}

@Test func thereAreGoldenCases() {
  #expect(GoldenCase.all.count > 20)
}
