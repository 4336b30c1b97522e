/// The first rows of each group by sort keys: `TopRows`, or `LeastRows` where there is one a group.
protocol LeadingRows: Accumulator {
  /// Puts all groups in order: what is read after it changes nothing any more.
  func settleAll()
  /// Appends the places of the first rows of a group, in order.
  func appendPlaces(_ group: Int, to places: Store<RowPlace>)
  /// How many rows tie with the last of the first ones of a group.
  func tieCount(_ group: Int) -> Int64
}
