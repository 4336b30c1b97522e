import Columns

extension BufferSlice {
  /// What a transform makes of each element: `map`, but compiled together with the transform.
  ///
  /// That of another module is called through a pointer, which costs more than most transforms.
  @inline(__always)
  func each<Result>(_ transform: (Element) -> Result) -> [Result] {
    withExtendedLifetime(self) {
      [Result](unsafeUninitializedCapacity: count) { out, filled in
        for place in 0..<count {
          out.initializeElement(at: place, to: transform(pointer[place]))
        }
        filled = count
      }
    }
  }
}
