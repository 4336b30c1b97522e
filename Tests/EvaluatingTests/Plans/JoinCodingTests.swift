import Columns
import Plans
import Testing

@testable import Evaluating

/// Joins whose keys have numbers, against all pairs of rows.
@Suite struct JoinCodings {
  let text = Field(name: "text", type: .string)
  let day = Field(name: "day", type: .date)
  let flag = Field(name: "flag", type: .bool)
  let mark = Field(name: "mark", type: .int)

  private static let words = ["anna", "ben", "", "cleo", "dora", "emil"]

  /// How texts are kept.
  enum Form: CaseIterable { case codes, otherCodes, plain }

  /// Rows with nulls; days from `first` on, and texts in one of the forms.
  private func table(_ count: Int, from first: Int64, _ form: Form, seed: UInt64) -> Table {
    var random = Seeded(seed)
    let chosen = (0..<count).map { _ in random.below(Self.words.count - 1) }
    let present = (0..<count).map { _ in UInt8(random.chance(90) ? 1 : 0) }
    let days = (0..<count).map { _ -> Scalar in
      random.chance(5) ? .null : .date(first + Int64(random.below(6)))
    }
    let columns = [
      texts(chosen, present, form),
      Column(days, of: .date, segmentRows: 128),
      Column((0..<count).map { _ in .bool(random.chance(50)) }, of: .bool, segmentRows: 128),
      Column((0..<count).map { .int(Int64($0)) }, of: .int, segmentRows: 128),
    ]
    return Table(name: "t", schema: Schema([text, day, flag, mark]), columns: columns)
  }

  private func texts(_ chosen: [Int], _ present: [UInt8], _ form: Form) -> Column {
    if form == .plain {
      let cells = zip(chosen, present).map { word, isPresent -> Scalar in
        isPresent == 0 ? .null : .string(Self.words[word])
      }
      return Column(cells, of: .string, segmentRows: 128)
    }
    let isTurned = form == .otherCodes
    let words = isTurned ? Array(Self.words.dropFirst().reversed()) + ["anna"] : Self.words
    let dictionary = TextDictionary(words)
    let codes = chosen.map { UInt8(words.firstIndex(of: Self.words[$0]) ?? 0) }
    let segments = stride(from: 0, to: codes.count, by: 128).map { start in
      let rows = start..<min(codes.count, start + 128)
      return Segment(
        rowCount: rows.count, values: .codes8(BufferSlice(Array(codes[rows])), dictionary),
        validity: Array(present[rows]).withUnsafeBufferPointer { Bitmap(bytes: $0) })
    }
    return Column(type: .string, segments: segments)
  }

  @Test(arguments: [Join.Kind.inner, .left, .semi, .anti], Form.allCases)
  func joinsFindAllPairs(kind: Join.Kind, form: Form) throws {
    // Days of the left that the right does not have, on both ends.
    let left = table(300, from: -2, form, seed: 1)
    let right = table(200, from: 0, .codes, seed: 2)
    for keys in [[text], [day], [text, day], [flag, text, day], [day, flag]] {
      let isPair = kind == .inner || kind == .left
      let plan = Plan.join(
        Join(
          left: .table(left), right: .table(right), kind: kind,
          keys: keys.map { (.column($0), .column($0)) },
          rightColumns: isPair ? [("mark", "other")] : []))
      let places = keys.compactMap { key in left.schema.fields.firstIndex { $0.name == key.name } }
      let expected = pairs(left, right, places, kind)
      for threads in [1, 3] {
        let result = try run(plan, threads: threads).table
        #expect((0..<result.rowCount).map { result.row($0) } == expected, "\(keys.map(\.name))")
      }
    }
  }

  /// Keys that each right row has alone: the left's rows are given as they are, some filtered out.
  @Test(arguments: [Join.Kind.inner, .left, .lookup], Form.allCases)
  func rowsWithOneMatchAtMost(kind: Join.Kind, form: Form) throws {
    let left = table(300, from: -2, form, seed: 3)
    for (count, seed) in [(200, 4), (1, 5), (0, 6)] as [(Int, UInt64)] {
      let right = table(count, from: 0, .codes, seed: seed)
      for keys in [[mark], [text, mark], [mark, flag, day]] {
        let join = Join(
          left: Plan.table(left).filtered(by: .column(flag)), right: .table(right), kind: kind,
          keys: keys.map { (.column($0), .column($0)) }, rightColumns: [("mark", "other")])
        let places = keys.compactMap { key in
          left.schema.fields.firstIndex { $0.name == key.name }
        }
        let expected = pairs(left, right, places, kind == .inner ? .inner : .left)
          .filter { $0[2] == .bool(true) }
        for threads in [1, 3] {
          let result = try run(.join(join), threads: threads, blockRows: 64).table
          #expect((0..<result.rowCount).map { result.row($0) } == expected, "\(keys.map(\.name))")
        }
      }
    }
  }

  private func pairs(
    _ left: Table, _ right: Table, _ keys: [Int], _ kind: Join.Kind
  ) -> [[Scalar]] {
    (0..<left.rowCount).flatMap { row -> [[Scalar]] in
      let own = left.row(row)
      let found = (0..<right.rowCount).map { right.row($0) }.filter { other in
        keys.allSatisfy { own[$0] != .null && own[$0] == other[$0] }
      }
      switch kind {
      case .semi: return found.isEmpty ? [] : [own]
      case .anti: return found.isEmpty ? [own] : []
      default:
        if found.isEmpty && kind == .left { return [own + [.null]] }
        return found.map { own + [$0[3]] }
      }
    }
  }
}
