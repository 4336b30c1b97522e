import Columns
import Kernels

/// The keys of the rows of a block as one word a row, for building and for probing.
///
/// A single key of fixed width is its own word, and a coding makes a word of any keys; other texts and
/// several keys are hashed, and their values are kept beside for comparison.
final class JoinKeys {
  let types: [DataType]
  /// Whether a word is the key itself.
  let isExact: Bool
  private let compactor: RowCompactor
  private let blockRows: Int
  let words: Store<UInt64>
  /// Bits of the rows whose keys are all present.
  let present: Store<UInt64>
  /// The values of each key: order words, or references.
  let values: [Store<Int64>]
  let texts: [Store<TextReference>]
  /// The addresses of both by key, which loops take without counting references.
  let valuePlaces = Store<UnsafeMutablePointer<Int64>>()
  let textPlaces = Store<UnsafeMutablePointer<TextReference>>()
  private var codeHashes: [ObjectIdentifier: Store<UInt64>] = [:]
  private var dictionaries: [TextDictionary] = []
  private let ones: Store<UInt32>
  private let chosen = Store<UInt32>()
  /// The only key of few rows, one after the other.
  private let chosenWords: Store<Int64>
  private let coded: JoinCodeReader?
  /// How many keys so far a coding had no number for.
  private(set) var missCount = 0

  init(types: [DataType], coding: JoinCoding? = nil, blockRows: Int) {
    self.types = types
    self.blockRows = blockRows
    isExact = coding != nil || JoinKeys.isExact(types)
    coded = coding.map { JoinCodeReader($0, blockRows: blockRows) }
    compactor = RowCompactor(blockRows: blockRows)
    words = Store(undefined: blockRows)
    present = Store(undefined: blockRows / 64 + 1)
    ones = Store(repeating: 1, count: blockRows)
    chosenWords = Store(undefined: isExact ? blockRows : 1)
    values = types.map { Store(undefined: $0 == .string ? 1 : blockRows) }
    texts = types.map { Store(undefined: $0 == .string ? blockRows : 1) }
    for store in values { valuePlaces.append(store.pointer) }
    for store in texts { textPlaces.append(store.pointer) }
  }

  /// Whether a word of these keys is the key itself, so that equal words are equal keys.
  static func isExact(_ types: [DataType]) -> Bool { types.count == 1 && types[0] != .string }

  /// Reads the keys of a block; words and texts of rows that are not selected are undefined.
  func read(_ keys: [Vector], rowCount: Int, selection: UnsafePointer<UInt64>? = nil) {
    let rows = GroupedRows(
      count: rowCount, groups: UnsafePointer(ones.pointer), isSingleGroup: true,
      firstOrdinal: 0, positions: nil)
    let wordCount = (rowCount + 63) / 64
    present.pointer.update(repeating: ~0, count: wordCount)
    if keys.isEmpty || coded != nil { words.pointer.update(repeating: 0, count: rowCount) }
    let few = coded == nil ? fewRows(selection, of: rowCount) : nil
    for (index, key) in keys.enumerated() {
      if let few, case .text(let offsets, let bytes) = key.storage {
        if let validity = key.validity { restrict(to: validity, wordCount) }
        readTexts(few, offsets, bytes, index)
        continue
      }
      if let few, isExact {
        readWords(few, key, index, wordCount)
        continue
      }
      let dense = compactor.dense(key, slot: index, rows, isStored: true)
      if let validity = dense.validity { restrict(to: validity, wordCount) }
      if let coded {
        clearEnd(rowCount)
        missCount += coded.add(dense, key: index, to: words.pointer, present: present.pointer)
      } else if types[index] == .string {
        readTexts(dense, index)
      } else if isExact {
        let into = UnsafeMutableRawPointer(words.pointer).assumingMemoryBound(to: Int64.self)
        _ = dense.orderWords(into: into)
      } else {
        _ = dense.orderWords(into: values[index].pointer)
        combine(index, rowCount)
      }
    }
    clearEnd(rowCount)
  }

  private func restrict(to validity: UnsafePointer<UInt64>, _ wordCount: Int) {
    for word in 0..<wordCount { present.pointer[word] &= validity[word] }
  }

  /// The rows that are selected, where they are few beside all.
  private func fewRows(
    _ selection: UnsafePointer<UInt64>?, of rowCount: Int
  ) -> UnsafeBufferPointer<UInt32>? {
    guard let selection, isExact || types.contains(.string) else { return nil }
    // Numbers are quick to read all in one go.
    let most = isExact ? rowCount / 8 : rowCount / 2
    if population(selection, rowCount) >= most { return nil }
    chosen.reserve(rowCount + 64)
    let count = selectedRows(selection, count: rowCount, into: chosen.pointer)
    return UnsafeBufferPointer(start: UnsafePointer(chosen.pointer), count: count)
  }

  /// Clears the bits behind the last row, so that loops over bits meet rows only.
  private func clearEnd(_ rowCount: Int) {
    if rowCount & 63 == 0 { return }
    present.pointer[rowCount / 64] &= (1 &<< UInt64(rowCount & 63)) &- 1
  }

  /// Mixes a key of fixed width into the words.
  private func combine(_ index: Int, _ rowCount: Int) {
    let values = values[index].pointer
    let words = words.pointer
    if index == 0 {
      for row in 0..<rowCount { words[row] = mix(UInt64(bitPattern: values[row])) }
    } else {
      for row in 0..<rowCount {
        words[row] = mix(words[row] &* 5 &+ UInt64(bitPattern: values[row]))
      }
    }
  }

  /// Mixes the hash of a text into the word of a row, or makes it of the first key's.
  @inline(__always) private static func put(
    _ hash: UInt64, _ row: Int, _ words: UnsafeMutablePointer<UInt64>, isFirst: Bool
  ) {
    words[row] = isFirst ? mix(hash) : mix(words[row] &* 5 &+ hash)
  }

  /// Reads the only key of some rows.
  private func readWords(
    _ few: UnsafeBufferPointer<UInt32>, _ key: Vector, _ index: Int, _ wordCount: Int
  ) {
    let rows = GroupedRows(
      count: few.count, groups: UnsafePointer(ones.pointer), isSingleGroup: true,
      firstOrdinal: 0, positions: few.baseAddress)
    let dense = compactor.dense(key, slot: index, rows, isStored: true)
    if let validity = dense.validity { restrict(to: validity, wordCount) }
    let (from, words) = (chosenWords.pointer, words.pointer)
    _ = dense.orderWords(into: from)
    for place in 0..<few.count { words[Int(few[place])] = UInt64(bitPattern: from[place]) }
  }

  /// Reads the texts of some rows.
  private func readTexts(
    _ rows: UnsafeBufferPointer<UInt32>, _ offsets: UnsafePointer<UInt32>,
    _ bytes: UnsafePointer<UInt8>, _ index: Int
  ) {
    let (texts, words, isFirst) = (texts[index].pointer, words.pointer, index == 0)
    for row in rows {
      let row = Int(row)
      let start = offsets[row]
      let text = TextReference(
        bytes: bytes + Int(start), count: Int(offsets[row &+ 1] &- start))
      texts[row] = text
      JoinKeys.put(text.hash, row, words, isFirst: isFirst)
    }
  }

  private func readTexts(_ dense: DenseColumn, _ index: Int) {
    let texts = texts[index].pointer
    dense.texts(into: texts)
    let words = words.pointer
    let isFirst = index == 0
    func put(_ hash: UInt64, _ row: Int) { JoinKeys.put(hash, row, words, isFirst: isFirst) }
    switch dense.values {
    case .codes8(let codes, let dictionary):
      let hashes = hashes(of: dictionary)
      for row in 0..<dense.count { put(hashes[Int(codes[row])], row) }
    case .codes16(let codes, let dictionary):
      let hashes = hashes(of: dictionary)
      for row in 0..<dense.count { put(hashes[Int(codes[row])], row) }
    default:
      for row in 0..<dense.count { put(texts[row].hash, row) }
    }
  }

  private func hashes(of dictionary: TextDictionary) -> UnsafePointer<UInt64> {
    if let known = codeHashes[ObjectIdentifier(dictionary)] { return UnsafePointer(known.pointer) }
    let hashes = Store<UInt64>(repeating: 0, count: max(1, dictionary.count))
    for code in 0..<dictionary.count {
      hashes.pointer[code] = TextReference(dictionary.texts, at: code).hash
    }
    codeHashes[ObjectIdentifier(dictionary)] = hashes
    dictionaries.append(dictionary)
    return UnsafePointer(hashes.pointer)
  }
}
