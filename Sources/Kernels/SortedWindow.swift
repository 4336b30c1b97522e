import CKernels

/// Takes a number out of a window in order, where it is, and puts another in; some 1.5 ns a vector.
///
/// A vector has eight numbers. Free places, and those of one vector behind the window, hold the
/// greatest number.
package func replaceSorted(
  _ window: UnsafeMutablePointer<Int32>, vectors: Int, _ taken: Int32, by put: Int32
) { ck_replace_sorted_i32(window, vectors, taken, put) }

/// The same for numbers that are not NaN, four in a vector.
package func replaceSorted(
  _ window: UnsafeMutablePointer<Double>, vectors: Int, _ taken: Double, by put: Double
) { ck_replace_sorted_f64(window, vectors, taken, put) }
