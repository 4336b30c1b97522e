/// Every value of an argument with its group, kept for aggregates that need all of them.
///
/// Words as `orderWords` makes them, with the signs of zeros; texts as numbers of the log's own interner.
/// They lie in pieces, so that none is ever moved, and take 4 bytes each while they fit.
final class ValueLog: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read after its loop has ended.
  private(set) var pieces: [LogPiece] = []
  private(set) var count = 0
  let interner: TextInterner?
  private let withOrdinals: Bool
  private let references: Store<TextReference>
  private let scratch: Store<Int64>
  /// The groups of all pieces where there is one group.
  private let ones = Store<UInt32>(capacity: 16)

  private static let fewestRows = 1 << 10
  /// So many numbers of 32 bits fill a huge page.
  private static let mostRows = ((2 << 20) - 64) / 4
  private static let blockRows = 1 << 11

  init(withOrdinals: Bool, ofTexts: Bool, interner: TextInterner?, blockRows: Int) {
    self.withOrdinals = withOrdinals
    self.interner = ofTexts ? interner ?? TextInterner() : nil
    references = Store(undefined: ofTexts ? blockRows : 1)
    scratch = Store(undefined: blockRows)
  }

  func resize(to count: Int) {}

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    let added = argument.count
    if interner != nil { logTexts(argument, into: scratch.pointer) }
    let isNarrow = interner.map { $0.count <= Int(Int32.max) } ?? argument.hasNarrowWords
    let piece = piece(added, isNarrow: isNarrow, isOneGroup: rows.isSingleGroup)
    writeWords(argument, piece)
    if !rows.isSingleGroup {
      (piece.groups.pointer + piece.count).update(from: argument.groups, count: added)
    }
    if let ordinals = piece.ordinals?.pointer {
      for row in 0..<added { ordinals[piece.count &+ row] = rows.ordinal(row) }
    }
    let kept = argument.validity == nil ? added : dropNulls(argument, piece)
    pieces[pieces.count - 1].count += kept
    count += kept
  }

  /// The last piece if it has room for so many more rows, or a new one.
  private func piece(_ added: Int, isNarrow: Bool, isOneGroup: Bool) -> LogPiece {
    if let last = pieces.last, last.count + added <= last.capacity,
      isNarrow || !last.words.isNarrow
    {
      return last
    }
    let wanted = min(ValueLog.mostRows, 2 * (pieces.last?.capacity ?? 0))
    let capacity = max(ValueLog.fewestRows, wanted, added)
    if isOneGroup { ones.resize(to: max(ones.count, capacity), filling: 1) }
    let piece = LogPiece(
      groups: isOneGroup ? ones : Store(undefined: capacity),
      words: LoggedWords(undefined: capacity, isNarrow: isNarrow),
      ordinals: withOrdinals ? Store(undefined: capacity) : nil, capacity: capacity)
    pieces.append(piece)
    return piece
  }

  private func writeWords(_ argument: DenseColumn, _ piece: LogPiece) {
    switch piece.words {
    case .wide(let words):
      let into = words.pointer + piece.count
      if interner == nil {
        _ = argument.orderWords(into: into, keepingSigns: true)
      } else {
        into.update(from: scratch.pointer, count: argument.count)
      }
    case .narrow(let words):
      let (into, from) = (words.pointer + piece.count, scratch.pointer)
      if interner == nil {
        if let values = argument.narrowValues(scratch: into) {
          if values != UnsafePointer(into) { into.update(from: values, count: argument.count) }
          return
        }
        _ = argument.orderWords(into: from, keepingSigns: true)
      }
      for row in 0..<argument.count { into[row] = Int32(truncatingIfNeeded: from[row]) }
    }
  }

  /// Calls `body` with all values, block by block.
  func forEachBlock(_ body: (LogBlock) -> Void) {
    let scratch = Store<Int64>(undefined: ValueLog.blockRows)
    for piece in pieces {
      for start in stride(from: 0, to: piece.count, by: ValueLog.blockRows) {
        let count = min(ValueLog.blockRows, piece.count - start)
        body(
          LogBlock(
            groups: piece.groups.pointer + start,
            words: piece.words.words(start, count: count, scratch: scratch.pointer),
            ordinals: piece.ordinals.map { UnsafePointer($0.pointer + start) }, count: count))
      }
    }
  }

  private func logTexts(_ argument: DenseColumn, into words: UnsafeMutablePointer<Int64>) {
    guard let interner else { return }
    switch argument.values {
    case .codes8(let codes, let dictionary):
      let numbers = interner.numbers(of: dictionary)
      for row in 0..<argument.count { words[row] = Int64(numbers[Int(codes[row])]) }
    case .codes16(let codes, let dictionary):
      let numbers = interner.numbers(of: dictionary)
      for row in 0..<argument.count { words[row] = Int64(numbers[Int(codes[row])]) }
    default:
      argument.texts(into: references.pointer)
      // What stands under a null is dropped later.
      for row in 0..<argument.count where argument.groups[row] == 0 {
        references.pointer[row] = .empty
      }
      interner.number(
        references.pointer, argument.count, copying: !argument.isStable, into: words)
    }
  }

  /// Closes up over the rows of group 0 behind a piece; returns how many are left.
  private func dropNulls(_ argument: DenseColumn, _ piece: LogPiece) -> Int {
    switch piece.words {
    case .narrow(let words): closeUp(argument, words.pointer + piece.count)
    case .wide(let words): closeUp(argument, words.pointer + piece.count)
    }
    if let ordinals = piece.ordinals { closeUp(argument, ordinals.pointer + piece.count) }
    return closeUp(argument, piece.groups.pointer + piece.count)
  }

  @discardableResult
  private func closeUp<Value>(_ argument: DenseColumn, _ values: UnsafeMutablePointer<Value>) -> Int
  {
    var kept = 0
    for row in 0..<argument.count where argument.groups[row] != 0 {
      values[kept] = values[row]
      kept &+= 1
    }
    return kept
  }

  /// Logs are not merged: they are read one by one, with the groups of their rows translated.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {}
}
