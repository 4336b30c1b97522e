import Checking
import Columns
import Plans
import Testing

@Suite struct DescribeVerbTests {
  private let columns = [
    "column", "type", "nulls", "distinct", "median", "q25", "q75", "min", "max", "top", "spark",
  ]

  @Test func aRowForEachColumn() throws {
    let plan = try #require(lower("example | describe").pipeline?.plan)
    #expect(plan.schema.names == columns)
    #expect(pieces(plan).count == Catalogue.exampleTable.schema.fields.count)
  }

  @Test func theColumnsThatAreNamed() throws {
    let plan = try #require(lower("example | describe lang, followers").pipeline?.plan)
    #expect(pieces(plan).count == 2)
    expectErrors("describe lang, lang", "column 'lang' is given twice")
    expectErrors(
      "describe lang + 'x'", "'describe' takes names of columns: write describe [COLUMN, …]")
    expectErrors("describe by lang", "'describe' has no 'by': write describe [COLUMN, …]")
  }

  @Test func whatIsDescribedIsComputedOnce() throws {
    let plan = try #require(lower("example | filter verified | describe").pipeline?.plan)
    var bindings: Set<ObjectIdentifier> = []
    for piece in pieces(plan) {
      guard case .project(let row, _) = piece.node, case .binding(let figures) = row.node,
        case .aggregate(let input, _, _) = figures.plan.node, case .binding(let rows) = input.node
      else {
        Issue.record("a piece over something else: \(piece.lines)")
        continue
      }
      bindings.formUnion([ObjectIdentifier(figures), ObjectIdentifier(rows)])
    }
    #expect(bindings.count == 2)
  }

  private func pieces(_ plan: Plan) -> [Plan] {
    if case .union(let pieces) = plan.node { pieces } else { [] }
  }
}
