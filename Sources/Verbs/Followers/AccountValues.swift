import Columns
import Plans

/// What stands at the rows of each account, as flat memory in the order of its rows.
///
/// The rows of an account lie far apart in a list of many: the list is read once, in blocks that stay in cache
/// while each account takes its own.
struct AccountValues<Value: BitwiseCopyable & Sendable>: Sendable {
  /// By account.
  let values: [BufferSlice<Value>]

  /// Takes what gives the values of a block of rows of a table: it may write them to the memory given.
  init(
    _ accounts: AccountRows, _ table: Table, _ context: AnalysisContext,
    read: @escaping @Sendable (RowBlock, UnsafeMutablePointer<Value>) -> UnsafePointer<Value>
  ) throws(AnalysisFailure) {
    let blocks = table.rowBlocks(of: AccountValues<Value>.blockRows)
    let counts = accounts.accounts.map(\.rows.count)
    // One region for all: its size is that of other columns, so that used memory is found for it.
    let memory = BufferSlice<Value>(capacity: counts.reduce(0, +))
    var start = 0
    let values = counts.map { count in
      defer { start += count }
      return memory.part(start..<start + count)
    }
    self.values = values
    guard let cuts = BlockCuts(accounts, blocks, table.rowCount) else {
      let all = BufferSlice<Value>(capacity: table.rowCount)
      try context.forEach(blocks.count) { index in
        let (out, count) = (all.pointer + blocks[index].start, blocks[index].count)
        let own = read(blocks[index], out)
        if own != UnsafePointer(out) { out.update(from: own, count: count) }
      }
      try context.forEach(values.count) { index in
        let rows = accounts.accounts[index].rows
        for place in 0..<rows.count {
          values[index].pointer[place] = all.pointer[Int(rows.pointer[place])]
        }
      }
      return
    }
    try context.forEach(blocks.count) { index in
      let block = blocks[index]
      withUnsafeTemporaryAllocation(of: Value.self, capacity: block.count) { memory in
        guard let memory = memory.baseAddress else { return }
        // As if the block began with the first row of the list.
        let own = read(block, memory) - block.start
        for (account, values) in zip(accounts.accounts.indices, values) {
          let rows = accounts.accounts[account].rows.pointer
          for place in cuts.places(account, index) {
            values.pointer[place] = own[Int(rows[place])]
          }
        }
      }
    }
  }

  private static var blockRows: Int { 1 << 15 }
}

/// Where the rows of each block of a list stand among those of each account.
private struct BlockCuts: Sendable {
  private let blocks: Int
  private let places: [Int]

  /// nil where an account is not in the order of the list, or where there are too many to look at each in each
  /// block.
  init?(_ accounts: AccountRows, _ blocks: [RowBlock], _ rows: Int) {
    let accounts = accounts.accounts
    guard accounts.count * blocks.count <= rows / 16, accounts.allSatisfy(\.isInListOrder) else {
      return nil
    }
    self.blocks = blocks.count
    places = accounts.flatMap { account in
      var place = 0
      let starts = blocks.map { block in
        place = account.rows.place(of: Int32(block.start), from: place)
        return place
      }
      return starts + [account.rows.count]
    }
  }

  func places(_ account: Int, _ block: Int) -> Range<Int> {
    let start = account * (blocks + 1) + block
    return places[start]..<places[start + 1]
  }
}
