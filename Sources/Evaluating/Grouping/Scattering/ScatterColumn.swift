import Columns
import Plans

/// How the values of one key or argument are kept while rows lie by part.
struct ScatterColumn: Sendable {
  enum Form: Sendable {
    /// Bools, a byte each.
    case bytes
    case int32
    case int64
    case float64
    /// A byte or two each, of one dictionary.
    case codes8(TextDictionary)
    case codes16(TextDictionary)
    case texts
  }

  let form: Form
  /// Whether a byte a row says which values are present.
  let mayBeNull: Bool
  /// Whether texts lie in tables in memory.
  let isStored: Bool
  /// A value of integers is so many times what is kept.
  let unit: Int64

  /// The narrowest form for what is known of the values.
  init(_ type: DataType, _ facts: ColumnFacts) {
    unit = type.isStoredAsInteger ? facts.unit : 1
    mayBeNull = facts.mayBeNull
    isStored = facts.isStored
    switch type {
    case .bool: form = .bytes
    case .float: form = .float64
    case .string:
      form = facts.dictionary.map { $0.count > 256 ? .codes16($0) : .codes8($0) } ?? .texts
    case .int, .date, .time, .duration:
      let range = facts.range ?? Int64.min...Int64.max
      let isNarrow = range.lowerBound / unit >= Int32.min && range.upperBound / unit <= Int32.max
      form = isNarrow ? .int32 : .int64
    }
  }

  var isText: Bool {
    if case .texts = form { true } else { false }
  }

  var isCoded: Bool {
    switch form {
    case .codes8, .codes16: true
    default: false
    }
  }

  /// The bytes of a value.
  var width: Int {
    switch form {
    case .bytes, .codes8: 1
    case .codes16: 2
    case .int32: 4
    case .int64, .float64: 8
    case .texts: MemoryLayout<TextReference>.stride
    }
  }

  /// Writes each value of a block to its row's place; false when one does not fit the form.
  ///
  /// `words` and `arena` are a worker's own.
  func place(
    _ column: DenseColumn, at places: UnsafePointer<UInt32>, into memory: UnsafeMutableRawPointer,
    _ words: Store<Int64>, _ arena: Arena
  ) -> Bool {
    let count = column.count
    switch (form, column.values) {
    case (.bytes, .bytes(let values)): scatter(values, count, places, memory, as: UInt8.self)
    case (.float64, .float64(let values)): scatter(values, count, places, memory)
    case (.codes8(let dictionary), .codes8(let codes, let own)) where own.isSame(as: dictionary):
      scatter(codes, count, places, memory)
    case (.codes8(let dictionary), .codes16(let codes, let own)) where own.isSame(as: dictionary):
      scatter(codes, count, places, memory, as: UInt8.self)
    case (.codes16(let dictionary), .codes8(let codes, let own)) where own.isSame(as: dictionary):
      scatter(codes, count, places, memory, as: UInt16.self)
    case (.codes16(let dictionary), .codes16(let codes, let own)) where own.isSame(as: dictionary):
      scatter(codes, count, places, memory)
    case (.int32, .int8(let values)) where column.scale == unit:
      scatter(values, count, places, memory, as: Int32.self)
    case (.int32, .int16(let values)) where column.scale == unit:
      scatter(values, count, places, memory, as: Int32.self)
    case (.int32, .int32(let values)) where column.scale == unit:
      scatter(values, count, places, memory, as: Int32.self)
    case (.int32, _), (.int64, _):
      var stored = column
      if unit > 1 {
        guard column.scale == unit else { return false }
        stored.scale = 1
      }
      guard stored.orderWords(into: words.pointer) else { return false }
      if case .int64 = form {
        scatter(UnsafePointer(words.pointer), count, places, memory)
        return true
      }
      if !areNarrow(words, count, column.validity) { return false }
      scatter(UnsafePointer(words.pointer), count, places, memory, as: Int32.self)
    case (.texts, _): placeTexts(column, places, memory, arena)
    default: return false
    }
    return true
  }

  /// Whether all that is there fits 32 bits; under nulls may stand whatever a segment has.
  private func areNarrow(
    _ words: Store<Int64>, _ count: Int, _ validity: UnsafePointer<UInt64>?
  ) -> Bool {
    var beyond: Int64 = 0
    for row in 0..<count {
      let word = words.pointer[row]
      let isPresent = validity.map { $0[row >> 6] >> UInt64(row & 63) & 1 } ?? 1
      beyond |= (word ^ Int64(Int32(truncatingIfNeeded: word))) & (0 &- Int64(isPresent))
    }
    return beyond == 0
  }

  /// Texts up to this length lie with the others of their part: in the order of the rows each would be
  /// a wait for memory of its own.
  private static let shortText = 32

  private func placeTexts(
    _ column: DenseColumn, _ places: UnsafePointer<UInt32>, _ memory: UnsafeMutableRawPointer,
    _ arena: Arena
  ) {
    let placed = memory.assumingMemoryBound(to: TextReference.self)
    var longest = isStored ? ScatterColumn.shortText : Int.max
    if case .texts(let texts, let isStable) = column.values {
      longest = isStable ? ScatterColumn.shortText : Int.max
      for row in 0..<column.count { placed[Int(places[row])] = texts[row] }
    } else {
      for row in 0..<column.count { placed[Int(places[row])] = column.text(row) }
    }
    var total = 0
    var seen: UInt8 = 0
    for place in 0..<column.count where placed[place].count <= longest {
      total &+= placed[place].count
      // A loop that only reads waits for many places of memory at once.
      seen |= placed[place].bytes[0]
    }
    let memory = UnsafeMutableRawPointer(arena.allocate(total + 16, alignment: 16))
    // Kept only so that the reads are made.
    memory.storeBytes(of: seen, as: UInt8.self)
    var next = memory
    for place in 0..<column.count where placed[place].count <= longest {
      let text = placed[place]
      copyText(text, to: next)
      placed[place] = TextReference(
        bytes: UnsafePointer(next.assumingMemoryBound(to: UInt8.self)), count: text.count)
      next += text.count
    }
  }

  private func scatter<Value: BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ count: Int, _ places: UnsafePointer<UInt32>,
    _ memory: UnsafeMutableRawPointer
  ) {
    let into = memory.assumingMemoryBound(to: Value.self)
    for row in 0..<count { into[Int(places[row])] = values[row] }
  }

  private func scatter<Value: FixedWidthInteger, Kept: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ count: Int, _ places: UnsafePointer<UInt32>,
    _ memory: UnsafeMutableRawPointer, as kept: Kept.Type
  ) {
    let into = memory.assumingMemoryBound(to: Kept.self)
    for row in 0..<count { into[Int(places[row])] = Kept(truncatingIfNeeded: values[row]) }
  }
}
