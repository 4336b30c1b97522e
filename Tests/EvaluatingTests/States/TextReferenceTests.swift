import Tasks
import Testing

@testable import Evaluating

/// Texts that live as long as a test: of few letters, zero bytes among them, of all lengths.
private final class RandomTexts {
  let references: Store<TextReference>
  private let arena = Arena()

  init(_ count: Int, seed: UInt64) {
    var random = Seeded(seed)
    references = Store(capacity: count)
    for _ in 0..<count {
      let length = random.below([4, 9, 18, 40, 150][random.below(5)])
      let bytes = (0..<length).map { _ in UInt8([0, 97, 97, 97, 98, 255][random.below(6)]) } + [0]
      bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        references.append(TextReference(bytes: arena.copy(base, length + 1), count: length))
      }
    }
  }

  func array(_ index: Int) -> [UInt8] { Array(references.pointer[index].buffer) }
}

@Suite struct TextReferenceTests {
  /// Words of several bytes say what bytes one by one would.
  @Test(arguments: [UInt64(1), 2, 3]) func textsCompareByTheirBytes(seed: UInt64) {
    let texts = RandomTexts(200, seed: seed)
    for left in 0..<200 {
      for right in 0..<200 {
        let (a, b) = (texts.references.pointer[left], texts.references.pointer[right])
        let areEqual = texts.array(left) == texts.array(right)
        #expect(a.equals(b) == areEqual, "seed \(seed): \(left), \(right)")
        #expect(!areEqual || a.hash == b.hash, "seed \(seed): \(left), \(right)")
        #expect(a.hash != b.hash || areEqual, "seed \(seed): \(left), \(right)")
        let areLong = min(a.count, b.count) > TextOutline.length
        #expect(areEqual || areLong ? areLong || a.outline == b.outline : !(a.outline == b.outline))
        let isBefore = texts.array(left).lexicographicallyPrecedes(texts.array(right))
        if a.sortWord(at: 0) < b.sortWord(at: 0) { #expect(isBefore, "seed \(seed)") }
      }
    }
  }

  /// Texts get the numbers that a dictionary gives them, short and long ones, the empty one too.
  @Test(arguments: [UInt64(1), 2]) func textsAreNumberedAsTheyAreSeen(seed: UInt64) {
    let texts = RandomTexts(6_000, seed: seed)
    let interner = TextInterner()
    var numbers = [Int64](repeating: 0, count: 6_000)
    interner.number(texts.references.pointer, 6_000, copying: true, into: &numbers)
    var known: [[UInt8]: Int64] = [:]
    for index in 0..<6_000 {
      let wanted = known[texts.array(index), default: Int64(known.count + 1)]
      known[texts.array(index)] = wanted
      #expect(numbers[index] == wanted, "seed \(seed): \(index)")
    }
  }

  /// Runs of texts are sorted as comparing them does, stably, both ways.
  @Test(arguments: [UInt64(1), 2, 3, 4]) func runsAreSortedByWords(seed: UInt64) {
    let texts = RandomTexts(3_000, seed: seed)
    for isDescending in [false, true] {
      let runs = TextRuns(
        texts: texts.references.pointer, isDescending: isDescending, sorter: PairSorter())
      // A run is of rows whose first seven bytes are the same.
      let places = Dictionary(grouping: 0..<3_000) { texts.references.pointer[$0].prefixWord >> 8 }
      for run in places.values where run.count > 1 {
        var pairs = run.map { SortPair(word: 0, place: $0) }
        var expected = pairs
        var (own, plain): ([Range<Int>], [Range<Int>]) = ([], [])
        runs.sort(&pairs, 0..<run.count, into: &own)
        runs.compare(&expected, 0..<run.count, into: &plain)
        #expect(pairs.map(\.place) == expected.map(\.place), "seed \(seed), \(isDescending)")
        #expect(own == plain, "seed \(seed), \(isDescending)")
      }
    }
  }

  /// A batch is numbered as its texts one by one, and several numberings become one.
  @Test(arguments: [1, 2, 7]) func numberingsBecomeOne(threads: Int) throws {
    let texts = RandomTexts(30_000, seed: UInt64(threads))
    let count = 30_000 / threads
    let interners = (0..<threads).map { _ in TextInterner() }
    var numbers = [Int64](repeating: 0, count: count * threads)
    for (index, interner) in interners.enumerated() {
      let single = TextInterner()
      let own = texts.references.pointer + index * count
      numbers.withUnsafeMutableBufferPointer { numbers in
        guard let base = numbers.baseAddress else { return }
        interner.number(own, count, copying: index % 2 == 0, into: base + index * count)
      }
      for row in 0..<count {
        let number = single.number(own[row], hash: own[row].hash, copying: false)
        #expect(Int64(number) == numbers[index * count + row])
      }
    }
    let unified = try UnifiedTexts(interners, Workers(count: threads))
    for row in numbers.indices {
      let number = Int(unified.numbers[row / count].pointer[Int(numbers[row])])
      #expect(unified.texts.pointer[number].equals(texts.references.pointer[row]))
    }
    let different = Set((0..<numbers.count).map { texts.array($0) })
    #expect(unified.texts.count == different.count + 1)
  }
}
