import Statistics

/// The values of an account's followers, in order.
struct ComparedValues: Sendable {
  /// Rising.
  let sorted: [Double]

  init(_ values: [Double]) {
    sorted = risingNumbers(values)
  }
}
