import Columns
import Plans

/// Where each row of a list stands, counted from 1: `#position`.
///
/// O(n).
struct ListPositions: Analysis {
  static let field = Field(name: "#position", type: .int)

  let title = "positions in a list"
  let keepsRows = true
  let fields = [ListPositions.field]

  func columnNames(ofInput index: Int) -> Set<String> { [] }

  func run(
    _ inputs: [Table], making wanted: [Field], _ context: AnalysisContext
  ) throws(AnalysisFailure) -> AnalysisResult {
    let list = inputs[0]
    let positions = BufferSlice<Int64>(capacity: list.rowCount)
    for row in 0..<list.rowCount { positions.pointer[row] = Int64(row + 1) }
    let column = Column(positions, of: .int, cuts: list.segmentRowCounts)
    return AnalysisResult(columns: wanted.map { _ in column })
  }
}
