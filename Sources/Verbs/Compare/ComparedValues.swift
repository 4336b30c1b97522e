import Statistics

/// The values of an account's followers, as listed and in order.
struct ComparedValues: Sendable {
  let listed: [Double]
  /// Rising.
  let sorted: [Double]

  init(_ values: [Double]) {
    listed = values
    sorted = risingNumbers(values)
  }
}
