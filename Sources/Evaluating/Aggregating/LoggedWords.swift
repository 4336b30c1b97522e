import Kernels

/// Order words one after the other, of 32 bits each where all of them fit, else of 64.
enum LoggedWords: Sendable {
  case narrow(Store<Int32>)
  case wide(Store<Int64>)

  /// Room for `count` words, undefined.
  init(undefined count: Int, isNarrow: Bool) {
    self = isNarrow ? .narrow(Store(undefined: count)) : .wide(Store(undefined: count))
  }

  var isNarrow: Bool {
    if case .narrow = self { true } else { false }
  }

  /// One word; for loops of few turns.
  subscript(row: Int) -> Int64 {
    switch self {
    case .narrow(let words): Int64(words.pointer[row])
    case .wide(let words): words.pointer[row]
    }
  }

  /// The words from a row on, where they lie or widened into `scratch`.
  func words(
    _ start: Int, count: Int, scratch: UnsafeMutablePointer<Int64>
  ) -> UnsafePointer<Int64> {
    switch self {
    case .wide(let words): return UnsafePointer(words.pointer + start)
    case .narrow(let words):
      StoredIntegers.int32(words.pointer + start).widen(scale: 1, count: count, into: scratch)
      return UnsafePointer(scratch)
    }
  }
}
