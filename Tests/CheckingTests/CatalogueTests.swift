import Checking
import Columns
import Diagnostics
import Plans
import Testing
import Verbs

@Suite struct CatalogueTests {
  @Test func everyScalarFunctionHasAnEntry() {
    let listed = Catalogue.all.compactMap { entry -> ScalarFunction? in
      if case .scalar(let function) = entry.meaning { function } else { nil }
    }
    #expect(Set(ScalarFunction.allCases).subtracting(listed) == [])
  }

  @Test func everyAggregateHasAnEntry() {
    let listed = Catalogue.all.compactMap { entry -> AggregateFunction? in
      if case .aggregate(let function) = entry.meaning { function } else { nil }
    }
    #expect(Set(AggregateFunction.allCases).subtracting(listed) == [])
  }

  @Test func everyEntryIsWhole() {
    for entry in Catalogue.all {
      #expect(!entry.overloads.isEmpty, "\(entry.name)")
      #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix("."), "\(entry.name)")
      #expect((1...3).contains(entry.examples.count), "\(entry.name)")
      #expect(entry.usage.contains(entry.kind == .operator ? "" : "("), "\(entry.name)")
    }
  }

  @Test func namesAreUniqueAndAliasesLead() {
    let names = Catalogue.callableNames
    #expect(Set(names).count == names.count)
    for (alias, name) in Catalogue.aliases {
      #expect(names.contains(name), "\(alias)")
      #expect(!names.contains(alias), "\(alias)")
    }
  }

  @Test(arguments: Catalogue.all.map(\.name))
  func examplesCheck(_ name: String) {
    for entry in Catalogue.all where entry.name == name {
      for example in entry.examples {
        let program = CheckedProgram(example)
        #expect(program.diagnostics.map(\.message) == [], "\(example)")
        #expect(program.statement != nil, "\(example)")
      }
    }
  }

  @Test func examplesUseTheirFunction() {
    for entry in Catalogue.all where entry.kind != .operator {
      for example in entry.examples {
        #expect(example.contains("\(entry.name)("), "\(entry.name): \(example)")
      }
    }
  }

  @Test func verbExamplesCheck() {
    for verb in VerbTable.standard.all {
      #expect(!verb.signature.examples.isEmpty, "\(verb.signature.name)")
      #expect(!verb.signature.help.isEmpty, "\(verb.signature.name)")
      for example in verb.signature.examples {
        let program = CheckedProgram(example)
        #expect(program.diagnostics.map(\.message) == [], "\(example)")
        #expect(program.statement != nil, "\(example)")
      }
    }
  }

  @Test func exampleTableHasNulls() {
    let table = Catalogue.exampleTable
    #expect(table.rowCount == 8)
    #expect(table.columns.contains { $0.nullCount > 0 })
  }
}
