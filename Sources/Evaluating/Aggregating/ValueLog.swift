/// Every value of an argument with its group, kept for aggregates that need all of them.
///
/// Words as `orderWords` makes them, with the signs of zeros; texts as numbers of the log's own interner.
final class ValueLog: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read after its loop has ended.
  let groups = Store<UInt32>(capacity: 1 << 10)
  let words = Store<Int64>(capacity: 1 << 10)
  /// The places of the rows, where asked for.
  let ordinals: Store<Int64>?
  let interner: TextInterner?
  private let references: Store<TextReference>
  private var roomCount = 0

  init(withOrdinals: Bool, ofTexts: Bool, interner: TextInterner?, blockRows: Int) {
    ordinals = withOrdinals ? Store(capacity: 1 << 10) : nil
    self.interner = ofTexts ? interner ?? TextInterner() : nil
    references = Store(undefined: ofTexts ? blockRows : 1)
  }

  func resize(to count: Int) {}

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    let start = groups.count
    let count = argument.count
    if start + count > roomCount {
      // Memory that is not touched costs nothing, but copies do.
      roomCount = max(start + count, 4 * start)
      groups.reserve(roomCount)
      words.reserve(roomCount)
      ordinals?.reserve(roomCount)
    }
    if interner != nil {
      logTexts(argument, into: words.pointer + start)
    } else {
      _ = argument.orderWords(into: words.pointer + start, keepingSigns: true)
    }
    (groups.pointer + start).update(from: argument.groups, count: count)
    if let ordinals = ordinals?.pointer {
      for row in 0..<count { ordinals[start &+ row] = rows.ordinal(row) }
    }
    let kept = argument.validity == nil ? count : dropNulls(start, count)
    groups.setCount(start + kept)
    words.setCount(start + kept)
    ordinals?.setCount(start + kept)
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

  /// Closes up over the rows of group 0; returns how many rows are left.
  private func dropNulls(_ start: Int, _ count: Int) -> Int {
    var kept = start
    for row in start..<start &+ count where groups.pointer[row] != 0 {
      groups.pointer[kept] = groups.pointer[row]
      words.pointer[kept] = words.pointer[row]
      if let ordinals = ordinals?.pointer { ordinals[kept] = ordinals[row] }
      kept &+= 1
    }
    return kept &- start
  }

  /// Logs are not merged: they are read one by one, with the groups of their rows translated.
  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {}
}
