/// Writes the words of a log to the places of their groups.
struct LogScattering {
  /// What the numbers of texts become; nil for words.
  let translation: UnsafePointer<UInt32>?
  /// Where the next word of each of the log's groups goes.
  let next: UnsafeMutablePointer<Int>
  /// Where the places of rows go, if they are asked for.
  let ordinals: UnsafeMutablePointer<Int64>?

  init(
    translation: UnsafeMutablePointer<UInt32>?, next: UnsafeMutablePointer<Int>,
    ordinals: UnsafeMutablePointer<Int64>?
  ) {
    self.translation = translation.map { UnsafePointer($0) }
    self.next = next
    self.ordinals = ordinals
  }

  /// Writes the words of a piece, which fit.
  func scatter(_ piece: LogPiece, into words: LoggedWords) {
    switch (piece.words, words) {
    case (.narrow(let from), .narrow(let into)): scatter(piece, from.pointer, into.pointer)
    case (.narrow(let from), .wide(let into)): scatter(piece, from.pointer, into.pointer)
    case (.wide(let from), .wide(let into)): scatter(piece, from.pointer, into.pointer)
    case (.wide(let from), .narrow(let into)): scatter(piece, from.pointer, into.pointer)
    }
  }

  private func scatter<From: FixedWidthInteger, Into: FixedWidthInteger>(
    _ piece: LogPiece, _ from: UnsafePointer<From>, _ into: UnsafeMutablePointer<Into>
  ) {
    if let translation {
      scatter(piece) { row, place in
        into[place] = Into(truncatingIfNeeded: translation[Int(truncatingIfNeeded: from[row])])
      }
    } else {
      scatter(piece) { row, place in into[place] = Into(truncatingIfNeeded: from[row]) }
    }
  }

  /// Calls `write` with each row of a piece and the place of its word.
  @inline(__always) private func scatter(
    _ piece: LogPiece, _ write: (_ row: Int, _ place: Int) -> Void
  ) {
    let (groups, next) = (piece.groups.pointer, next)
    if let ordinals, let from = piece.ordinals?.pointer {
      for row in 0..<piece.count {
        let place = next[Int(groups[row])]
        next[Int(groups[row])] = place &+ 1
        write(row, place)
        ordinals[place] = from[row]
      }
      return
    }
    for row in 0..<piece.count {
      let place = next[Int(groups[row])]
      next[Int(groups[row])] = place &+ 1
      write(row, place)
    }
  }
}
