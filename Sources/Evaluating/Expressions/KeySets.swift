import Columns
import Kernels
import Plans
import Synchronization

/// The values of a column to look others up in.
enum KeySet: Sendable {
  /// Ints, dates, times, durations and bools; floats by their `keyBits`.
  case integers(IntegerKeySet)
  case texts(TextKeySet)

  /// The values of the only column of a table, without nulls.
  init(_ table: Table) {
    guard let column = table.columns.first else {
      self = .integers(IntegerKeySet([]))
      return
    }
    self = column.type == .string ? .texts(Self.texts(column)) : .integers(Self.integers(column))
  }

  /// Constants, without nulls.
  init(_ constants: [Scalar]) {
    var texts: [[UInt8]] = []
    var integers: [Int64] = []
    for constant in constants {
      switch constant {
      case .string(let text): texts.append(Array(text.utf8))
      case .float(let number): integers.append(number.keyBits)
      case .bool(let flag): integers.append(flag ? 1 : 0)
      default: if let integer = constant.integer { integers.append(integer) }
      }
    }
    self = texts.isEmpty ? .integers(IntegerKeySet(integers)) : .texts(TextKeySet(texts))
  }

  private static func texts(_ column: Column) -> TextKeySet {
    if let dictionary = column.sharedDictionary { return texts(dictionary, column) }
    var keys = TextKeys()
    for segment in column.segments {
      let places = TextPlaces(segment.values)
      segment.forEachPresentRow { keys.append(places.text($0)) }
    }
    return TextKeySet(keys)
  }

  /// Only the texts whose codes occur.
  private static func texts(_ dictionary: TextDictionary, _ column: Column) -> TextKeySet {
    var occurs = [Bool](repeating: false, count: 1 << 16)
    for segment in column.segments {
      let narrow = segment.values.codes8
      let wide = segment.values.codes16
      segment.forEachPresentRow { row in
        occurs[narrow.map { Int($0[row]) } ?? wide.map { Int($0[row]) } ?? 0] = true
      }
    }
    return TextKeySet(
      (0..<dictionary.count).filter { occurs[$0] }.map { code in
        Array(dictionary.texts.utf8(at: code))
      })
  }

  private static func integers(_ column: Column) -> IntegerKeySet {
    var keys: [Int64] = []
    keys.reserveCapacity(column.rowCount)
    for segment in column.segments {
      let vector = Vector.of(segment: segment, type: column.type, rows: 0..<segment.rowCount)
      let values = [Int64](unsafeUninitializedCapacity: segment.rowCount) { buffer, count in
        guard let out = buffer.baseAddress else { return }
        if case .float64(let doubles) = vector.storage {
          for row in 0..<segment.rowCount { out[row] = doubles[row].keyBits }
        } else {
          vector.widenToInt64(into: out)
        }
        count = segment.rowCount
      }
      if segment.validity == nil {
        keys.append(contentsOf: values)
      } else {
        segment.forEachPresentRow { keys.append(values[$0]) }
      }
    }
    return IntegerKeySet(keys)
  }
}

extension Segment {
  /// Calls `body` with each row that is not null.
  fileprivate func forEachPresentRow(_ body: (Int) -> Void) {
    let words = validity?.words.pointer
    for row in 0..<rowCount {
      if let words, words[row >> 6] >> UInt64(row & 63) & 1 == 0 { continue }
      body(row)
    }
  }
}

/// The key sets of one evaluation, built at first use and shared by the workers.
final class KeySets: Sendable {
  private struct Entry {
    // Kept, so that no other binding gets its identity.
    let binding: Binding
    let set: KeySet
  }

  /// The set of a list of constants.
  private struct ListEntry {
    // Kept, so that no other list gets its place in memory.
    let constants: [Scalar]
    let set: KeySet
    let name: String

    /// Whether these are its constants, texts byte by byte: Swift's own equality is another one.
    func holds(_ others: [Scalar]) -> Bool {
      others.count == constants.count
        && zip(others, constants).allSatisfy { other, own in
          guard case .string(let text) = own, case .string(let wanted) = other else {
            return own == other
          }
          return text.utf8.elementsEqual(wanted.utf8)
        }
    }
  }

  private let entries = Mutex<[ObjectIdentifier: Entry]>([:])
  /// By the places of the lists in memory, which workers share.
  private let lists = Mutex<[Int: ListEntry]>([:])

  /// The set of a binding's table; a binding that is not computed is a programmer error.
  func set(of binding: Binding) -> KeySet {
    guard let table = binding.table else {
      preconditionFailure("a plan in an expression was not resolved")
    }
    return entries.withLock { entries in
      if let entry = entries[ObjectIdentifier(binding)] { return entry.set }
      let set = KeySet(table)
      entries[ObjectIdentifier(binding)] = Entry(binding: binding, set: set)
      return set
    }
  }

  /// The set of constants without nulls, and a name that no other list has.
  ///
  /// Lists are told apart by where they are, and only one that is new by what they hold: to compare
  /// thousands of constants for each worker would take longer than to look a million rows up.
  func set(of constants: [Scalar]) -> (set: KeySet, name: String) {
    constants.withUnsafeBytes { bytes in
      let place = Int(bitPattern: bytes.baseAddress)
      return lists.withLock { lists in
        if let known = lists[place] { return (known.set, known.name) }
        // One that was put together of others is another for each worker.
        let alike = lists.values.first { $0.holds(constants) }
        let entry = ListEntry(
          constants: constants, set: alike?.set ?? KeySet(constants),
          name: alike?.name ?? "list at \(place)")
        lists[place] = entry
        return (entry.set, entry.name)
      }
    }
  }
}
