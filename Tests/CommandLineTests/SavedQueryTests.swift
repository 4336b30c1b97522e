import Glibc
import Testing

/// The scripts that come with Decoy, on simulated lists.
@Test(arguments: SavedQueries.names) func savedQueriesRun(name: String) {
  let lists = SavedQueries.lists
  let script = "\(SavedQueries.folder)/\(name)"
  let help = Process.run(["run", script, "--help"])
  #expect(help.status == 0)
  #expect(help.output.contains("usage: decoy run"))
  let takesTwo = help.output.contains("theirs: table")
  let arguments =
    takesTwo
    ? ["ours.csv", "theirs.csv", "--param", "ours=ours", "--param", "theirs=theirs"] : ["ours.csv"]
  let run = Process.run(["run", script] + arguments, folder: lists)
  #expect(run.status == 0, "\(run.errors)")
  let mayBeEmpty = ["repeats.dq", "slow_drip.dq"].contains(name)
  #expect(run.output.split(separator: "\n").count >= 2 || mayBeEmpty, "\(run.output)")
}

private enum SavedQueries {
  /// The folder of the scripts, beside Sources.
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scripts/queries"

  static let names: [String] = Process.shell("ls \(folder)").output
    .split(separator: "\n").map(String.init)

  /// Two simulated lists that share people; made once.
  static let lists: String = {
    let folder = Process.temporaryFolder()
    let common = ["--days", "120", "--spike", "60:300:0.9"]
    _ = Process.run(["simulate", "ours.csv", "--seed", "1"] + common, folder: folder)
    let theirs = ["simulate", "theirs.csv", "--seed", "1", "--rate", "30"] + common
    _ = Process.run(theirs, folder: folder)
    return folder
  }()
}
