extension Array where Element: Comparable {
  /// The value that `place` others, fewer than there are, stand before in order; moves the values about.
  ///
  /// C. A. R. Hoare, "Algorithm 65: Find", CACM 4, 1961. O(n) mostly.
  mutating func select(rank place: Int) -> Element {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        return self[place]
      }
    }
    return self[place]
  }
}
