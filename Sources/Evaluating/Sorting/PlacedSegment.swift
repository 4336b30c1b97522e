import Columns
import Synchronization

/// Rows of a column in an order of their own that are taken when they are first read: all of them, or
/// of a block the few that are wanted.
final class PlacedSegment: SegmentSource {
  typealias Contents = (values: Segment.Values, validity: Bitmap?)

  let gather: ColumnGather
  let validity: Bitmap?
  private let order: Store<RowPlace>
  private let rows: Range<Int>
  private let made = Mutex<Segment.Values?>(nil)

  /// Takes the rows at some of the places in `order`; nobody writes those any more.
  init(_ gather: ColumnGather, _ order: Store<RowPlace>, _ rows: Range<Int>) {
    self.gather = gather
    self.order = order
    self.rows = rows
    let places = UnsafeBufferPointer(
      start: UnsafePointer(order.pointer + rows.lowerBound), count: rows.count)
    validity = gather.hasNulls ? gather.validity(places) : nil
  }

  var places: UnsafeBufferPointer<RowPlace> {
    UnsafeBufferPointer(start: UnsafePointer(order.pointer + rows.lowerBound), count: rows.count)
  }

  var isMade: Bool { made.withLock { $0 != nil } }
  var dictionary: TextDictionary? { gather.dictionary }

  var contents: Contents {
    let values = made.withLock { made -> Segment.Values in
      let values = made ?? gather.values(places)
      made = values
      return values
    }
    return (values, validity)
  }
}

extension Evaluator {
  /// All rows of columns at these places, taken when they are read.
  ///
  /// `leading` is the column by which they are sorted, whose values rise or fall.
  func placed(
    _ columns: [Column], _ places: Store<RowPlace>, leading: (column: Int, isDescending: Bool)?
  ) throws(EvaluationFailure) -> [Column] {
    let step = CellColumns.segmentRows
    let portions = (places.count + step - 1) / step
    let gathers = columns.map { ColumnGather($0) }
    let ranges = columns.map(\.integerRange)
    let segments = Portions<Segment>(count: portions * columns.count)
    try workers.run(portions * columns.count) { _, index throws(EvaluationFailure) in
      let (portion, position) = (index / columns.count, index % columns.count)
      let rows = portion * step..<min(places.count, (portion + 1) * step)
      let source = PlacedSegment(gathers[position], places, rows)
      let nulls = source.validity.map { rows.count - $0.population } ?? 0
      var statistics = SegmentStatistics(
        nullCount: nulls, integerRange: nulls == rows.count ? nil : ranges[position])
      if let leading, leading.column == position, nulls == 0 {
        statistics = columns[position].statistics(of: source.places, leading.isDescending)
      }
      segments.set(
        index,
        Segment(
          rowCount: rows.count, scale: gathers[position].scale, statistics: statistics,
          source: source))
    }
    let all = segments.all
    return columns.indices.map { position in
      Column(
        type: columns[position].type,
        segments: stride(from: position, to: all.count, by: columns.count).map { all[$0] })
    }
  }

  /// The table with all rows taken that were left for later.
  func settled(_ table: Table) throws(EvaluationFailure) -> Table {
    func isPlaced(_ segment: Segment) -> Bool { segment.source is PlacedSegment }
    guard table.columns.contains(where: { $0.segments.contains(where: isPlaced) }) else {
      return table
    }
    let count = table.segmentCount
    let segments = Portions<Segment>(count: count * table.columns.count)
    try workers.run(count * table.columns.count) { _, index throws(EvaluationFailure) in
      let segment = table.columns[index / count].segments[index % count]
      guard let source = segment.source as? PlacedSegment else {
        return segments.set(index, segment)
      }
      let (values, validity) = source.contents
      segments.set(
        index,
        Segment(
          rowCount: segment.rowCount, values: values, scale: segment.scale, validity: validity))
    }
    let all = segments.all
    let columns = table.columns.indices.map { position in
      Column(
        type: table.columns[position].type,
        segments: Array(all[position * count..<(position + 1) * count]))
    }
    return Table(
      name: table.name, schema: table.schema, columns: columns, properties: table.properties)
  }
}

extension Column {
  /// The statistics of rows without nulls by which this integer column is sorted.
  fileprivate func statistics(
    of places: UnsafeBufferPointer<RowPlace>, _ isDescending: Bool
  ) -> SegmentStatistics {
    func value(_ place: RowPlace) -> Int64? {
      segments[place.segment].scalar(at: place.row, of: type).integer
    }
    guard let start = places.first.flatMap(value), let end = places.last.flatMap(value) else {
      return SegmentStatistics(nullCount: 0)
    }
    return SegmentStatistics(
      nullCount: 0, integerRange: min(start, end)...max(start, end),
      isAscending: !isDescending || start == end)
  }
}
