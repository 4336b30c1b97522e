import Columns

/// The first row of each group by sort keys that are numbers, and how many tie with it.
///
/// As `TopRows` for one row a group, in one entry of a few words: many groups are read where they
/// lie, one place in memory each.
final class LeastRows: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  /// By group: the words of its first row, the row's ordinal, and the number of rows equal to it.
  private let entries = Store<UInt64>(capacity: 64)
  private let encoded: TopDetails.Rows
  private let width: Int

  private var stride: Int { width + 2 }

  /// Takes a layout without texts.
  init(_ layout: SortKeyLayout, blockRows: Int) {
    width = layout.slots.count
    encoded = TopDetails.Rows(layout, blockRows: blockRows)
  }

  func resize(to count: Int) {
    let known = entries.count / stride
    // What is no row's word says that a group has none.
    entries.resize(to: count * stride, filling: SortKeyLayout.beyond)
    for group in Swift.stride(from: known, to: count, by: 1) { entry(group)[width + 1] = 0 }
  }

  private func entry(_ group: Int) -> UnsafeMutablePointer<UInt64> {
    entries.pointer + group &* stride
  }

  /// The arguments are the sort keys, one each.
  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    encoded.read(rows, arguments)
    let words = encoded.wordPlaces.pointer
    let (first, entries, width) = (words[0], entries.pointer, width)
    for row in 0..<rows.count {
      let entry = entries + Int(rows.groups[row]) &* (width &+ 2)
      if first[row] > entry[0] { continue }
      var slot = 0
      while slot < width && words[slot][row] == entry[slot] { slot &+= 1 }
      let ordinal = UInt64(bitPattern: rows.ordinal(row))
      if slot == width {
        entry[width] = min(entry[width], ordinal)
        entry[width &+ 1] &+= 1
      } else if words[slot][row] < entry[slot] {
        while slot < width {
          entry[slot] = words[slot][row]
          slot &+= 1
        }
        entry[width] = ordinal
        entry[width &+ 1] = 0
      }
    }
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? LeastRows else { return }
    for index in 0..<count {
      merge(other.entry(Int(sources[index])), into: entry(Int(targets[index])))
    }
  }

  private func merge(_ source: UnsafeMutablePointer<UInt64>, into own: UnsafeMutablePointer<UInt64>)
  {
    if source[0] == SortKeyLayout.beyond { return }
    let slot = (0..<width).first { source[$0] != own[$0] }
    if slot == nil {
      own[width] = min(own[width], source[width])
      own[width + 1] += source[width + 1] + 1
    } else if let slot, source[slot] < own[slot] {
      own.update(from: source, count: stride)
    }
  }
}

extension LeastRows: LeadingRows {
  func settleAll() {}

  func appendPlaces(_ group: Int, to places: Store<RowPlace>) {
    let entry = entry(group)
    if entry[0] == SortKeyLayout.beyond { return }
    places.append(RowPlace(packed: Int(truncatingIfNeeded: entry[width])))
  }

  func tieCount(_ group: Int) -> Int64 { Int64(truncatingIfNeeded: entry(group)[width + 1]) }
}
