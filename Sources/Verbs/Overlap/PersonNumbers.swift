import Columns
import Plans

/// The same number for the same person in all lists: dense, from 0.
///
/// Whole numbers are numbered as they are, by a table a part of them that fits in the cache; texts, and
/// whole numbers beside texts, as texts.
struct PersonNumbers: Sendable {
  /// Of each list the person of each row; −1 under a null.
  let lists: [BufferSlice<Int32>]
  /// How many people there are.
  let count: Int

  /// Takes the column of keys of each list; an empty one where there is none.
  init(_ keys: [Column], _ context: AnalysisContext) throws(AnalysisFailure) {
    if keys.allSatisfy({ $0.type == .int }) {
      self = try PersonNumbers(integers: keys, context)
    } else {
      self.init(texts: keys)
    }
  }

  private init(lists: [BufferSlice<Int32>], count: Int) {
    self.lists = lists
    self.count = count
  }

  private init(
    integers keys: [Column], _ context: AnalysisContext
  ) throws(AnalysisFailure) {
    let rows = keys.reduce(0) { $0 + $1.rowCount }
    let segments = keys.flatMap(\.segments)
    let all = Column(type: .int, segments: segments)
    let numbers = try IntegerNumbers(try context.integers(all), context)
    var start = 0
    var lists: [BufferSlice<Int32>] = []
    for key in keys {
      lists.append(numbers.numbers.part(start..<start + key.rowCount))
      start += key.rowCount
    }
    precondition(start == rows, "rows of other lists")
    self.init(lists: lists, count: numbers.count)
  }

  private init(texts keys: [Column]) {
    var known: [ExactText: Int32] = [:]
    let lists = keys.map { column -> BufferSlice<Int32> in
      let (texts, own) = column.asTexts.textNumbers()
      let people = texts.map { text -> Int32 in
        if let number = known[ExactText(text)] { return number }
        let number = Int32(truncatingIfNeeded: known.count)
        known[ExactText(text)] = number
        return number
      }
      return BufferSlice(own.each { $0 < 0 ? -1 : people[Int($0)] })
    }
    self.init(lists: lists, count: known.count)
  }
}

extension Column {
  /// Whole numbers as their digits.
  fileprivate var asTexts: Column {
    guard type == .int else { return self }
    return Column(
      type: .string,
      segments: segments.map { segment in
        let cells = (0..<segment.rowCount).map { row -> Scalar in
          guard let number = segment.scalar(at: row, of: .int).integer else { return .null }
          return .string(String(number))
        }
        return Column(cells, of: .string, segmentRows: max(1, cells.count)).segments
      }.flatMap { $0 })
  }
}
