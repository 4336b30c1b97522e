import Columns

/// The least or greatest value of a group; words for fixed types, references for texts.
final class Extremes: Accumulator, @unchecked Sendable {
  // @unchecked: one worker updates; read and merged after its loop has ended.
  let isGreatest: Bool
  /// Order words, in the order asked for: the greatest's are turned round.
  private let words: Store<Int64>
  let texts: Store<TextReference>?
  /// The first bytes of the texts, as numbers that sort as they do.
  private let heads = Store<UInt64>(capacity: 64)
  /// 1 where the group has a value.
  let present: Store<UInt8>
  private let scratch: Store<Int64>
  private let references: Store<TextReference>
  private let arena = Arena()
  private let lanes = LeastLanes()
  private var merged: [Extremes] = []

  init(isGreatest: Bool, ofTexts: Bool, blockRows: Int) {
    self.isGreatest = isGreatest
    words = Store(capacity: 64)
    texts = ofTexts ? Store(capacity: 64) : nil
    present = Store(capacity: 64)
    scratch = Store(undefined: ofTexts ? 1 : blockRows)
    references = Store(undefined: ofTexts ? blockRows : 1)
  }

  func resize(to count: Int) {
    present.resize(to: count, filling: 0)
    if let texts {
      texts.resize(to: count, filling: .empty)
      heads.resize(to: count, filling: 0)
    } else {
      words.resize(to: count, filling: Int64.max)
    }
  }

  /// The order word of a group's value.
  func word(_ group: Int) -> Int64 { words.pointer[group] ^ flip }

  /// All ones for the greatest: it turns the order of words round.
  private var flip: Int64 { isGreatest ? -1 : 0 }

  func update(_ rows: GroupedRows, _ arguments: [DenseColumn]) {
    let argument = arguments[0]
    if texts != nil {
      updateTexts(argument)
      return
    }
    if rows.isSingleGroup, argument.validity == nil, updateSingle(argument) { return }
    if lanes.fits(words.count), !(rows.isSingleGroup && argument.validity == nil) {
      switch argument.values {
      case .int8(let values): return updateFew(values, argument)
      case .int16(let values): return updateFew(values, argument)
      case .int32(let values): return updateFew(values, argument)
      default: break
      }
    }
    let values = scratch.pointer
    if !argument.orderWords(into: values, keepingSigns: true) { return }
    let flip = flip
    let words = words.pointer
    let present = present.pointer
    if rows.isSingleGroup, argument.validity == nil {
      var least = words[1]
      for row in 0..<argument.count {
        let value = values[row] ^ flip
        least = value < least ? value : least
      }
      words[1] = least
      if argument.count > 0 { present[1] = 1 }
      return
    }
    for row in 0..<argument.count {
      let group = Int(argument.groups[row])
      let value = values[row] ^ flip
      words[group] = value < words[group] ? value : words[group]
      present[group] = 1
    }
  }

  /// Values of one group as they are stored; false, and nothing done, where they are no integers.
  private func updateSingle(_ argument: DenseColumn) -> Bool {
    if argument.count == 0 { return true }
    switch argument.values {
    case .int8(let values): take(valueBounds(values, count: argument.count), argument.scale)
    case .int16(let values): take(valueBounds(values, count: argument.count), argument.scale)
    case .int32(let values): take(valueBounds(values, count: argument.count), argument.scale)
    case .int64(let values): take(valueBounds(values, count: argument.count), argument.scale)
    case .float64, .bytes, .codes8, .codes16, .texts: return false
    }
    return true
  }

  private func take<Stored: FixedWidthInteger>(
    _ bounds: (low: Stored, high: Stored, isAscending: Bool), _ scale: Int64
  ) {
    let word = Int64(isGreatest ? bounds.high : bounds.low) &* scale ^ flip
    words.pointer[1] = min(words.pointer[1], word)
    present.pointer[1] = 1
  }

  /// Values of few groups, as they are stored.
  private func updateFew<Stored: FixedWidthInteger & SignedInteger>(
    _ values: UnsafePointer<Stored>, _ argument: DenseColumn
  ) {
    lanes.take(values, argument.groups, argument.count, flip: flip, groupCount: words.count) {
      group, least in
      let word = ((least ^ flip) &* argument.scale) ^ flip
      words.pointer[group] = min(words.pointer[group], word)
      present.pointer[group] = 1
    }
  }

  private func updateTexts(_ argument: DenseColumn) {
    var values = UnsafePointer(references.pointer)
    if case .texts(let texts, _) = argument.values {
      values = texts
    } else {
      argument.texts(into: references.pointer)
    }
    let (heads, present) = (heads.pointer, present.pointer)
    let groups = argument.groups
    let isGreatest = isGreatest
    let copying = !argument.isStable
    for row in 0..<argument.count {
      let group = Int(groups[row])
      if group == 0 { continue }
      if present[group] != 0 {
        let (own, others) = (values[row].prefixWord, heads[group])
        if isGreatest ? own < others : own > others { continue }
      }
      offer(values[row], to: group, copying: copying)
    }
  }

  private func offer(_ text: TextReference, to group: Int, copying: Bool) {
    guard let texts else { return }
    if present.pointer[group] != 0 {
      let current = texts.pointer[group]
      // The same text again, as a dictionary gives it, needs no comparison.
      if current.bytes == text.bytes && current.count == text.count { return }
      let order = text.compare(current)
      if isGreatest ? order <= 0 : order >= 0 { return }
    }
    present.pointer[group] = 1
    heads.pointer[group] = text.prefixWord
    texts.pointer[group] =
      copying ? TextReference(bytes: arena.copy(text.bytes, text.count), count: text.count) : text
  }

  func merge(
    _ other: any Accumulator, _ sources: UnsafePointer<UInt32>, into targets: UnsafePointer<UInt32>,
    count: Int
  ) {
    guard let other = other as? Extremes else { return }
    // Its arena holds texts that this refers to from now on.
    if let from = other.texts { mergeTexts(from, other, sources, targets, count) }
    if texts != nil { return }
    for index in 0..<count {
      let source = Int(sources[index])
      let target = Int(targets[index])
      words.pointer[target] = min(words.pointer[target], other.words.pointer[source])
      present.pointer[target] |= other.present.pointer[source]
    }
  }

  private func mergeTexts(
    _ from: Store<TextReference>, _ other: Extremes, _ sources: UnsafePointer<UInt32>,
    _ targets: UnsafePointer<UInt32>, _ count: Int
  ) {
    if !merged.contains(where: { $0 === other }) { merged.append(other) }
    for index in 0..<count where other.present.pointer[Int(sources[index])] != 0 {
      offer(from.pointer[Int(sources[index])], to: Int(targets[index]), copying: false)
    }
  }
}
