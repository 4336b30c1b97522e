import Testing

/// The tester tested: mistakes put into the reference are found soon.
@Suite struct FlawTests {
  @Test(arguments: Reference.Flaw.allCases)
  func aPlantedMistakeIsFound(flaw: Reference.Flaw) {
    let setting = EngineSetting(threads: 1)
    let first = (0..<flaw.limit).first { number in
      let made = CaseGenerator.make(seed: 1_000 + UInt64(number))
      return made.verdict(setting, flaw: flaw).difference != nil
    }
    #expect(first != nil, "\(flaw) was not found in \(flaw.limit) cases")
  }

  @Test func aFailureShrinksToLittle() throws {
    let setting = EngineSetting(threads: 1)
    let judge = { (made: OracleCase) in made.verdict(setting, flaw: .lessOrEqualAsLess) }
    let cases = (0..<400).lazy.map { CaseGenerator.make(seed: 1_000 + UInt64($0)) }
    let found = try #require(cases.first { judge($0).difference != nil })
    let kind = try #require(judge(found).difference?.kind)
    let small = found.shrunk(kind, judge)
    #expect(judge(small).difference?.kind == kind)
    #expect(small.pipeline.stages.count <= 2)
    #expect((small.tables["t"]?.rows.count ?? 0) <= 2)
  }
}

extension Reference.Flaw {
  /// The cases within which it must be found.
  fileprivate var limit: Int { self == .lessOrEqualAsLess ? 100 : 400 }
}
