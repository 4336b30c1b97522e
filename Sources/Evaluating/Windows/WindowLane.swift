import Kernels

/// Numbers of a short window as its kernel keeps them: in order, in whole vectors, with the greatest
/// number in all places that are free and in one vector more.
protocol WindowLane: BitwiseCopyable, Comparable, Sendable {
  /// How many are in a vector.
  static var perVector: Int { get }
  static var greatest: Self { get }
  /// Takes a number that fits.
  init(number: Double)
  var number: Double { get }
  /// Takes a number out of a window, where it is, and puts another in.
  static func replace(
    _ taken: Self, by put: Self, in window: UnsafeMutablePointer<Self>, vectors: Int)
}

extension Int32: WindowLane {
  static var perVector: Int { 8 }
  static var greatest: Int32 { .max }

  @inline(__always) init(number: Double) { self.init(number) }
  @inline(__always) var number: Double { Double(self) }

  @inline(__always) static func replace(
    _ taken: Int32, by put: Int32, in window: UnsafeMutablePointer<Int32>, vectors: Int
  ) { replaceSorted(window, vectors: vectors, taken, by: put) }
}

extension Double: WindowLane {
  static var perVector: Int { 4 }
  static var greatest: Double { .infinity }

  @inline(__always) init(number: Double) { self = number }
  @inline(__always) var number: Double { self }

  @inline(__always) static func replace(
    _ taken: Double, by put: Double, in window: UnsafeMutablePointer<Double>, vectors: Int
  ) { replaceSorted(window, vectors: vectors, taken, by: put) }
}
