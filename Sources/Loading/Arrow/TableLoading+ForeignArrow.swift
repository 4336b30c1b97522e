import Columns
import Formats

extension TableLoading {
  func foreignTable(_ files: [ArrowFile]) throws -> LoadedTable {
    throw ReadFailure(reason: "Arrow files of other programs are not read yet")
  }
}
