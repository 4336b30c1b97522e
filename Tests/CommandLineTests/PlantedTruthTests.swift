import Testing

/// What `simulate` plants, found by the real program.
@Suite struct PlantedTruthTests {
  @Test func aBoughtBlockIsFoundOnItsDay() {
    #expect(spikes(["--seed", "3", "--spike", "100:600:0.9"]) == ["2024-04-10,bought-like"])
  }

  @Test func aViralDayIsNotCalledBought() {
    let found = spikes(["--seed", "4", "--viral", "100:400"])
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasPrefix("2024-04-10,") && !$0.hasSuffix("bought-like") })
  }

  @Test func aBlockIsFakeToTheClassesToo() {
    let folder = simulated(["--seed", "3", "--spike", "100:600:0.9", "--labels", "truth.csv"])
    let program =
      "list | classify | filter authenticity == \"fake\" | join truth on id "
      + "| group n = count(), right = count(class_2 == \"fake\")"
    let run = Process.run(
      ["list.csv", "truth.csv", "-c", program, "--format", "csv"], folder: folder)
    let figures = run.output.split(separator: "\n").last?.split(separator: ",").compactMap {
      Int($0)
    }
    #expect(run.status == 0, "\(run.errors)")
    // 540 were bought; of those called fake at least 95 of 100 are.
    #expect((figures?.first ?? 0) > 400, "\(run.output)")
    #expect((figures?.last ?? 0) * 100 >= (figures?.first ?? 0) * 95, "\(run.output)")
  }

  /// Start and verdict of the spikes of a simulated list.
  private func spikes(_ options: [String]) -> [String] {
    let run = Process.run(
      ["list.csv", "-c", "list | spike | select start, verdict", "--format", "csv"],
      folder: simulated(options))
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").dropFirst().map(String.init)
  }

  private func simulated(_ options: [String]) -> String {
    let folder = Process.temporaryFolder()
    _ = Process.run(
      ["simulate", "list.csv", "--days", "200", "--rate", "30"] + options, folder: folder)
    return folder
  }
}
