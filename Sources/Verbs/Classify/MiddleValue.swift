import Columns
import Statistics

/// The upper median of some rows of a column without NaN; 0 of none.
///
/// Of more than 65,536 rows it is that of a part of them, taken evenly: within half a percent in rank.
func middle(of values: BufferSlice<Double>, _ rows: BufferSlice<Int32>) -> Double {
  let step = rows.count / mostRows + 1
  let some = stride(from: 0, to: rows.count, by: step).map {
    values.pointer[Int(rows.pointer[$0])]
  }
  return some.isEmpty ? 0 : number(ofRank: some.count / 2, among: some)
}

private let mostRows = 1 << 16
