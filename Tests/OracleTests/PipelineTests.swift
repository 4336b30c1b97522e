import Glibc
import Testing

/// A number of the environment, or what holds without it.
func setting(_ name: String, default value: UInt64) -> UInt64 {
  getenv(name).flatMap { UInt64(String(cString: $0)) } ?? value
}

/// Random pipelines over random tables: the engine gives what the reference gives.
///
/// `DECOY_ORACLE_SEED` and `DECOY_ORACLE_CASES` choose other cases than CI's;
/// `DECOY_ORACLE_TRACE` names every case before it runs.
@Suite struct PipelineTests {
  static let batches = 8  // As in the arguments of the test.
  static let seed = setting("DECOY_ORACLE_SEED", default: 20_261)
  static let count = Int(setting("DECOY_ORACLE_CASES", default: 20_800))

  static let isTracing = getenv("DECOY_ORACLE_TRACE") != nil

  @Test(arguments: 0..<8)
  func theEngineGivesWhatTheReferenceGives(batch: Int) {
    var (compared, found) = (0, 0)
    for number in stride(from: batch, to: Self.count, by: Self.batches) {
      let seed = Self.seed &* 1_000_003 &+ UInt64(number)
      let made = CaseGenerator.make(seed: seed)
      // For the case that ends the process.
      if Self.isTracing { trace("case \(number) (seed \(seed)): \(made.report)\n") }
      let setting = EngineSetting.all[number / Self.batches % EngineSetting.all.count]
      let verdict = made.verdict(setting)
      switch verdict {
      case .same: compared += 1
      case .open: break
      case .different(let difference):
        found += 1
        report(made, seed, number, setting, difference) { $0.verdict(setting) }
      }
      if number % 5 == 0 { found += compareSettings(made, seed, number) }
      if found >= 5 { break }
    }
    #expect(compared >= Self.count / Self.batches * 8 / 10 || found > 0, "too few cases compare")
  }

  private func trace(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Two ways of running, bit for bit.
  private func compareSettings(_ made: OracleCase, _ seed: UInt64, _ number: Int) -> Int {
    let all = EngineSetting.all
    let (first, second) = (all[number % all.count], all[number * 7 % all.count])
    guard let difference = made.verdict(first, second).difference else { return 0 }
    report(made, seed, number, first, difference) { $0.verdict(first, second) }
    return 1
  }

  private func report(
    _ made: OracleCase, _ seed: UInt64, _ number: Int, _ setting: EngineSetting,
    _ difference: Difference, _ judge: (OracleCase) -> Verdict
  ) {
    let small = made.shrunk(difference.kind, judge)
    let text = judge(small).difference?.text ?? difference.text
    Issue.record(
      """
      case \(number) (seed \(seed)), \(setting): \(difference.kind): \(text)
      \(small.report)
      """)
  }
}
