extension Double {
  /// The double nearest to an integer, of two the even one.
  ///
  /// The standard library's conversion goes through generic arithmetic, which takes a hundred times as long;
  /// most sums fit 64 bits.
  init(nearest value: Int128) {
    let word = Int64(truncatingIfNeeded: value)
    self = Int128(word) == value ? Double(word) : Double(value)
  }
}
