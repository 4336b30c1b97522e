import Diagnostics
import Glibc
import Testing

@testable import Parsing

@Suite struct DepthTests {
  @Test(
    "too much is one error",
    arguments: [
      String(repeating: "(", count: 10_000),
      String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
      "1" + String(repeating: "-", count: 100_000) + "1",
      String(repeating: "- ", count: 100_000) + "1",
      String(repeating: "!", count: 100_000) + "1",
      String(repeating: "not ", count: 100_000) + "1",
      String(repeating: "1+", count: 100_000) + "1",
      String(repeating: "a or ", count: 100_000) + "a",
      String(repeating: "f(", count: 10_000) + "1",
      String(repeating: "x in (", count: 10_000) + "1",
      String(repeating: "(a | union ", count: 10_000) + "b",
      String(repeating: "a ?? b + c * (", count: 10_000) + "1",
      String(repeating: "(1 + ", count: 90) + "1"
        + String(repeating: ") + 1 + 1 + 1 + 1 + 1 + 1", count: 90),
    ])
  func tooMuchIsOneError(_ text: String) {
    let (_, diagnostics) = parseOnThread(text)
    #expect(diagnostics.count == 1)
    #expect(["nested too deeply", "too many operators in a row"].contains(diagnostics[0].message))
  }

  @Test func longIsNotDeep() {
    let stages = parseOnThread("a" + String(repeating: " | take 3", count: 10_000))
    #expect(stages.diagnostics.isEmpty)
    let list = parseOnThread("a in (1" + String(repeating: ", 1", count: 10_000) + ")")
    #expect(list.diagnostics.isEmpty)
    let items = parseOnThread("a | select b + c" + String(repeating: ", b + c", count: 10_000))
    #expect(items.diagnostics.isEmpty)
    let lines = parseOnThread(String(repeating: "a | take 3\n", count: 10_000))
    #expect(lines.program.statements.count == 10_000)
  }

  @Test func limitsAreWide() {
    let brackets = String(repeating: "(", count: 98) + "1" + String(repeating: ")", count: 98)
    #expect(parseOnThread(brackets).diagnostics.isEmpty)
    let chain = parseOnThread("1" + String(repeating: " + 1", count: 499))
    #expect(chain.diagnostics.isEmpty)
    // Walking, copying and freeing the highest tree must do with a small stack.
    onThread(stack: 512 << 10) { [program = chain.program] in
      #expect(program.formatted.count == 1 + 499 * 4)
    }
  }

  @Test func errorsAreAsManyAsMistakes() {
    let (_, diagnostics) = parseOnThread(String(repeating: "a | take 3 4 5\n", count: 1_000))
    #expect(diagnostics.count == 1_000)
  }

  @Test func strayQuotesCostLinearTime() {
    for text in ["\\\"\n", "a \"b\n", "“\n", "« ", "/\n", "`\n", "'\" "] {
      _ = parseOnThread(String(repeating: text, count: 5_000))
    }
  }
}

/// Parses on a thread with a stack like the main thread's.
private func parseOnThread(_ text: String) -> (program: Program, diagnostics: [Diagnostic]) {
  let result = Result()
  onThread(stack: 4 << 20) {
    let (program, diagnostics) = parse(Source(name: "test", text: text))
    result.program = program
    result.diagnostics = diagnostics
  }
  return (result.program, result.diagnostics)
}

private final class Result {
  var program = Program(statements: [])
  var diagnostics: [Diagnostic] = []
}

private final class Job {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

/// Runs a body on a thread with a stack of so many bytes, and waits for it.
private func onThread(stack bytes: Int, _ body: @escaping () -> Void) {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, bytes)
  var thread = pthread_t()
  let job = Unmanaged.passRetained(Job(body))
  let code = pthread_create(
    &thread, &attributes,
    { pointer in
      if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body() }
      return nil
    }, job.toOpaque())
  #expect(code == 0)
  pthread_join(thread, nil)
  pthread_attr_destroy(&attributes)
}
