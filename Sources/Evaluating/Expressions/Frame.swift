import Columns
import Kernels

/// The memory of one run of steps over a block: the vectors so far, and where results go.
///
/// Values take memory from a free list, most recently freed first, so that it is still in cache;
/// bits are small and live until the next block.
final class Frame {
  /// The greatest number of rows.
  let capacity: Int
  let context: ExpressionContext
  private(set) var count = 0
  private(set) var columns: [Vector?] = []
  private(set) var selection: UnsafePointer<UInt64>?
  /// The branch of the running step, among those of the program; nil for all rows.
  var branch: Int?
  private let branches: [Branches.Branch]
  /// The rows of the branches that were asked for in the block.
  private var branchRows: [UnsafePointer<UInt64>?]
  /// By step.
  var vectors: [Vector] = []

  private var all: [UnsafeMutableRawPointer] = []
  private var free: [UnsafeMutableRawPointer] = []
  private var temporaries: [UnsafeMutableRawPointer] = []
  /// What steps took for their results, and where that of each step ends.
  private var taken: [UnsafeMutableRawPointer] = []
  private var takenEnds: [Int] = []
  private var bitMemory: [UnsafeMutablePointer<UInt64>] = []
  private var bitsTaken = 0

  init(capacity: Int, context: ExpressionContext, branches: [Branches.Branch] = []) {
    self.capacity = capacity
    self.context = context
    self.branches = branches
    branchRows = branches.map { _ in nil }
  }

  deinit {
    for memory in all { memory.deallocate() }
    for memory in bitMemory { memory.deallocate() }
  }

  var wordCount: Int { (count &+ 63) / 64 }

  /// The bits of the rows for which the running step's values are read; nil for all.
  var wanted: UnsafePointer<UInt64>? { branch.map { rows(of: $0) } ?? selection }

  private func rows(of branch: Int) -> UnsafePointer<UInt64> {
    if let known = branchRows[branch] { return known }
    let outer = branches[branch].outer.map { rows(of: $0) } ?? selection
    let own = rows(branches[branch].tests, of: outer)
    branchRows[branch] = own
    return own
  }

  /// The bits of the rows that are wanted where these are few; nil where it is quicker to compute all.
  var fewWanted: UnsafePointer<UInt64>? {
    guard let wanted, population(wanted, count) * 8 < count else { return nil }
    return wanted
  }

  /// Makes ready for a block; everything given before is free again.
  func begin(count: Int, columns: [Vector?], selection: UnsafePointer<UInt64>?) {
    precondition(count <= capacity, "a block of \(count) rows where \(capacity) were promised")
    self.count = count
    self.columns = columns
    self.selection = selection
    for branch in branchRows.indices { branchRows[branch] = nil }
    vectors.removeAll(keepingCapacity: true)
    free = all
    temporaries.removeAll(keepingCapacity: true)
    taken.removeAll(keepingCapacity: true)
    takenEnds.removeAll(keepingCapacity: true)
    bitsTaken = 0
  }

  /// Lets go of the block's columns, so that their reader may write the next ones in place.
  func end() { columns = [] }

  /// Ends a step: its temporary memory is free.
  func endStep() {
    free.append(contentsOf: temporaries)
    temporaries.removeAll(keepingCapacity: true)
    takenEnds.append(taken.count)
  }

  /// Frees what a step took, once nobody reads its vector any more.
  func release(_ step: Int) {
    let start = step == 0 ? 0 : takenEnds[step - 1]
    for index in start..<takenEnds[step] { free.append(taken[index]) }
  }

  private func take() -> UnsafeMutableRawPointer {
    if let memory = free.popLast() { return memory }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity * 8 + 128, alignment: 64)
    // Rows under nulls are computed with too: they must be initialised once.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity * 8 + 128)
    all.append(memory)
    return memory
  }

  /// Memory for the values of the running step's result: 8 bytes a row.
  func output<Element>(_ type: Element.Type) -> UnsafeMutablePointer<Element> {
    let memory = take()
    taken.append(memory)
    return memory.assumingMemoryBound(to: type)
  }

  /// Memory until the end of the running step: 8 bytes a row.
  func temporary<Element>(_ type: Element.Type) -> UnsafeMutablePointer<Element> {
    let memory = take()
    temporaries.append(memory)
    return memory.assumingMemoryBound(to: type)
  }

  /// Memory for a bit a row, until the next block.
  func bits() -> UnsafeMutablePointer<UInt64> {
    if bitsTaken == bitMemory.count {
      let words = (capacity + 63) / 64 + 1
      let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
      memory.initialize(repeating: 0, count: words)
      bitMemory.append(memory)
    }
    bitsTaken += 1
    return bitMemory[bitsTaken - 1]
  }

  /// The vector of a step that has run.
  subscript(step: Int) -> Vector { vectors[step] }
}
