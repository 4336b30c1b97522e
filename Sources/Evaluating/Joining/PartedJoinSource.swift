import Columns
import Plans
import Tasks

/// A join part by part of the keys' hashes, so that what is looked up lies in the cache.
///
/// Blocks come in no order, but each row has its ordinal, where asked for: the number of the left row,
/// and behind it that of the match.
struct PartedJoinSource: BlockSource {
  let schema: Schema
  let left: ScatteredParts
  let right: ScatteredParts
  let kind: Join.Kind
  /// Whether both sides are the same rows, joined on the same keys.
  let isSelfJoin: Bool
  /// For each column of the schema, its position in the rows of a side.
  let origins: [Origin]
  private let columnFacts: [String: ColumnFacts]
  private let matches: LookupMatches
  private let settings: EvaluationSettings

  enum Origin: Sendable {
    case left(Int)
    case right(Int)
  }

  init(
    _ schema: Schema, _ left: ScatteredParts, _ right: ScatteredParts, kind: Join.Kind,
    isSelfJoin: Bool, origins: [Origin], facts: [String: ColumnFacts],
    _ settings: EvaluationSettings
  ) {
    self.schema = schema
    self.left = left
    self.right = right
    self.kind = kind
    self.isSelfJoin = isSelfJoin
    self.origins = origins
    columnFacts = facts
    matches = LookupMatches()
    self.settings = settings
  }

  /// The most pairs of a block.
  private static let pairs = 1 << 13

  var portionCount: Int { left.layout.partCount }
  var blockRows: Int { PartedJoinSource.pairs }
  var rowBound: Int { max(1, left.totalRows) }
  var note: String? { matches.note }

  func facts(_ column: String) -> ColumnFacts { columnFacts[column] ?? .unknown }
  func segmentRows(_ segment: Int) -> Int? { nil }
  func statistics(_ column: String, segment: Int) -> SegmentStatistics? { nil }

  func makeReader(
    columns: [Int], _ context: ExpressionContext
  ) throws(EvaluationFailure) -> any BlockReader {
    PartedJoinReader(self, columns)
  }

  /// Joins one part after the other, for one worker.
  private final class PartedJoinReader: BlockReader {
    private let source: PartedJoinSource
    private let columns: [(position: Int, origin: Origin, gather: PairGather)]
    private let leftReader: PartReader
    private let rightReader: PartReader
    private let table: PartTable
    private let seen: LookupMatches.Seen
    private let rows: Store<UInt32>
    private let places: Store<UInt32>
    private let ordinals: Store<Int64>

    init(_ source: PartedJoinSource, _ columns: [Int]) {
      self.source = source
      let pairs = PartedJoinSource.pairs
      self.columns = columns.map { position in
        let type = source.schema.fields[position].type
        return (position, source.origins[position], PairGather(type, pairs: pairs))
      }
      leftReader = PartReader(source.left, blockRows: source.isSelfJoin ? 64 : pairs)
      rightReader = PartReader(source.right, blockRows: max(64, source.right.longestPart))
      table = PartTable(source.right.layout, blockRows: max(pairs, source.right.longestPart))
      seen = source.matches.makeSeen()
      rows = Store(undefined: pairs)
      places = Store(undefined: pairs)
      ordinals = Store(undefined: pairs)
    }

    func read(_ portion: Int, _ body: BlockBody) throws(EvaluationFailure) {
      // What throws cannot be called from the reader.
      var failure: EvaluationFailure?
      func pair(_ rows: GroupedRows, _ left: [DenseColumn], _ right: [DenseColumn]) {
        if failure != nil { return }
        do throws(EvaluationFailure) { try join(portion, rows, left, right, body) } catch {
          failure = error
        }
      }
      var right: [DenseColumn] = []
      table.renew(expecting: source.right.rowCount(portion))
      rightReader.read(portion) { rows, columns in
        table.build(columns, rows)
        if source.isSelfJoin {
          table.findOwn(rows)
          pair(rows, columns, columns)
        }
        right = columns
      }
      if !source.isSelfJoin {
        leftReader.read(portion) { rows, left in
          table.find(left, rows)
          pair(rows, left, right)
        }
      }
      if let failure { throw failure }
    }

    private func join(
      _ part: Int, _ leftRows: GroupedRows, _ left: [DenseColumn], _ right: [DenseColumn],
      _ body: BlockBody
    ) throws(EvaluationFailure) {
      let (firsts, ends, order) = (table.firsts.pointer, table.ends.pointer, table.order.pointer)
      let (rows, places) = (rows.pointer, places.pointer)
      let (ordinals, limit) = (ordinals.pointer, self.rows.count)
      let keepsUnmatched = source.kind != .inner
      let isLookup = source.kind == .lookup
      let hasOrdinals = source.left.layout.ordinals != .none
      var found = 0
      for row in 0..<leftRows.count {
        let first = Int(firsts[row])
        var end = Int(ends[row])
        if isLookup && end - first > 1 {
          end = first + 1
          seen.note(part << 32 | Int(order[first]))
        }
        let isUnmatched = first == end
        if isUnmatched && !keepsUnmatched { continue }
        if !isUnmatched, end &- first <= PartTable.matchesAtOnce,
          found &+ PartTable.matchesAtOnce <= limit
        {
          // Few matches, as most rows have: as many as a vector has lanes at once, and what is too much is
          // written over.
          let matches = UnsafeRawPointer(order + first).loadUnaligned(as: SIMD4<UInt32>.self)
          store(SIMD4(repeating: UInt32(truncatingIfNeeded: row)), to: rows + found)
          store(matches, to: places + found)
          if hasOrdinals {
            let number = leftRows.ordinal(row) &<< 31
            store(SIMD4(repeating: number) &+ SIMD4(0, 1, 2, 3), to: ordinals + found)
          }
          found &+= end &- first
          if found == limit { try emit(&found, left, right, body) }
          continue
        }
        var turn = 0
        // One turn without a match where the row is kept all the same.
        let turns = isUnmatched ? 1 : end &- first
        while turn < turns {
          let start = found
          let taken = min(turns &- turn, limit &- found)
          for step in 0..<taken {
            rows[start &+ step] = UInt32(truncatingIfNeeded: row)
            places[start &+ step] = isUnmatched ? UInt32.max : order[first &+ turn &+ step]
          }
          if hasOrdinals {
            let number = leftRows.ordinal(row) &<< 31 | Int64(turn)
            for step in 0..<taken { ordinals[start &+ step] = number &+ Int64(step) }
          }
          found &+= taken
          turn &+= taken
          if found == limit { try emit(&found, left, right, body) }
        }
      }
      if found > 0 { try emit(&found, left, right, body) }
    }

    @inline(__always) private func store<Lanes: SIMD>(
      _ lanes: Lanes, to place: UnsafeMutablePointer<Lanes.Scalar>
    ) {
      UnsafeMutableRawPointer(place).storeBytes(of: lanes, as: Lanes.self)
    }

    private func emit(
      _ found: inout Int, _ left: [DenseColumn], _ right: [DenseColumn], _ body: BlockBody
    ) throws(EvaluationFailure) {
      if source.settings.workers.cancellation.isRequested { throw .interrupted }
      var vectors = [Vector?](repeating: nil, count: source.schema.fields.count)
      for (position, origin, gather) in columns {
        let type = source.schema.fields[position].type
        switch origin {
        case .left(let index):
          vectors[position] = gather.vector(
            left[index], type, rows.pointer, found, hasNone: false)
        case .right(let index):
          // A part without right rows has no column to take nulls from.
          vectors[position] =
            right.isEmpty
            ? Vector(count: found, type: type, storage: .constant(.null))
            : gather.vector(
              right[index], type, places.pointer, found, hasNone: source.kind != .inner)
        }
      }
      let joined = Block(
        rowCount: found, columns: vectors, selection: nil, segment: 0, firstRow: 0,
        ordinals: source.left.layout.ordinals == .none ? nil : UnsafePointer(ordinals.pointer))
      found = 0
      try body(joined, 0)
    }
  }
}
