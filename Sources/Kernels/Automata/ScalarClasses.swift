import CRE2
import Synchronization

/// The classes of Unicode, `\p{Han}`, as RE2 knows them.
enum ScalarClasses {
  private static let known = Mutex<[String: ScalarSet]>([:])
  private static let mostRanges = 1024

  /// The scalars that a class matches, which RE2 is asked for once; nil for a class of very many ranges.
  static func scalars(ofClass text: String) -> ScalarSet? {
    if let set = known.withLock({ $0[text] }) { return set }
    var ranges = [CRE2Range](repeating: CRE2Range(first: 0, last: 0), count: mostRanges)
    var pattern = text
    let count = pattern.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map {
          cre2_class_ranges($0, characters.count, &ranges, ranges.count)
        } ?? 0
      }
    }
    guard count > 0, count <= mostRanges else { return nil }
    var set = ScalarSet()
    for range in ranges.prefix(count) { set.append(range.first...range.last) }
    known.withLock { $0[text] = set }
    return set
  }
}
