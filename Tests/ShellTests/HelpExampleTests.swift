import Checking
import Diagnostics
import Glibc
import Plans
import Shell
import Tasks
import Testing
import Verbs

@testable import Engine

/// Runs every example of the help over the table `example`, as a reader would type it.
@Suite struct HelpExampleTests {
  private static let help = HelpIndex(verbs: .standard, commands: [])
  private static let pages: [String] = Array(Set(help.examples.map(\.page))).sorted()

  @Test func everyPageHasExamples() {
    var counts: [String: Int] = [:]
    for (page, _) in Self.help.examples { counts[page, default: 0] += 1 }
    for verb in VerbTable.standard.all.map(\.signature) {
      #expect(verb.examples.count >= 2, "\(verb.name)")
    }
    for entry in Catalogue.all { #expect(!entry.examples.isEmpty, "\(entry.name)") }
    for topic in Self.help.topics { #expect(counts[topic, default: 0] > 0, "\(topic)") }
  }

  @Test(arguments: HelpExampleTests.pages)
  func examplesRun(_ page: String) throws {
    let folder = try ExampleFolder()
    for (owner, program) in Self.help.examples where owner == page {
      let session = Session(
        settings: SessionSettings(workers: Workers(count: 2), now: { 1_717_200_000_000_000 }))
      session.scope.tables["example"] = Catalogue.exampleTable
      var said: [String] = []
      let source = Source(name: "help", text: folder.placed(program))
      let end = session.run(source) { event in
        if case .diagnostic(let diagnostic, _) = event { said.append(diagnostic.message) }
      }
      #expect(said == [], "\(page): \(program)")
      #expect(end == .allRan, "\(page): \(program)")
    }
  }
}

/// A folder of its own for the files of examples, gone when it is no longer used.
private final class ExampleFolder {
  private let path: String

  init() throws {
    var template = Array("/tmp/decoy-help-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Missing() }
    path = String(cString: made)
    let file = try #require(fopen(path + "/example.csv", "w"))
    fputs("id,screen_name,followers\n101,ana_paints,1520\n102,bruno,230\n", file)
    fclose(file)
  }

  deinit {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(directory)
    }
    rmdir(path)
  }

  /// The program with the files it names in this folder.
  func placed(_ program: String) -> String {
    let parts = program.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let isFile =
        index % 2 == 1 && [".csv", ".tsv", "json", "sonl", ".md"].contains { part.hasSuffix($0) }
      return isFile ? path + "/" + part : String(part)
    }.joined(separator: "\"")
  }

  private struct Missing: Error {}
}
