import CRE2

/// A compiled regular expression of RE2's syntax, searched for anywhere in a text.
///
/// Matching takes time linear in the text, whatever the pattern: by an automaton of our own for most
/// patterns, else by RE2. Safe to share between threads.
package final class RegularExpression: @unchecked Sendable {
  // @unchecked: RE2's matching functions are safe to call from several threads.
  private let pattern: OpaquePointer
  private let search: PatternSearch?
  /// The pattern, where it is understood here.
  fileprivate let known: BytePattern?

  /// Takes the pattern; throws RE2's message when it is none.
  ///
  /// `byRE2`: whether RE2 alone matches.
  package init(
    _ text: String, ignoringCase: Bool = false, byRE2: Bool = false
  ) throws(RegularExpressionError) {
    known = byRE2 ? nil : BytePatternParser.parse(text, ignoringCase: ignoringCase)
    search = known.flatMap { PatternSearch($0) }
    var message = [CChar](repeating: 0, count: 256)
    var text = text
    let compiled = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        withUnsafePointer(to: 0 as CChar) { nothing in
          cre2_compile(
            characters.baseAddress ?? nothing, characters.count, ignoringCase ? 1 : 0, &message,
            message.count)
        }
      }
    }
    guard let compiled else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw RegularExpressionError(message: String(decoding: bytes, as: UTF8.self))
    }
    pattern = compiled
  }

  deinit { cre2_free(pattern) }

  /// The number of groups in brackets.
  package var groupCount: Int { Int(cre2_group_count(pattern)) }

  /// The rows with a match; bits, spare bits of the last word 0.
  package func match(_ rows: TextRows, count: Int, into bits: UnsafeMutablePointer<UInt64>) {
    if let search { return search.match(rows, count: count, into: bits) }
    cre2_match_rows(pattern, rows.base, rows.starts, rows.ends, count, bits)
  }

  /// Where group `group` (0: all) of the first match is in each row, after the rows' base.
  ///
  /// The bit is 0, and the range empty, where there is no match or the group has no part in it.
  func extract(
    _ rows: TextRows, count: Int, group: Int, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    cre2_extract_rows(
      pattern, rows.base, rows.starts, rows.ends, count, Int32(clamping: group), starts, ends,
      found)
  }

  /// Rewrites a block; see `RegexReplacement`.
  func replace(
    _ rows: TextRows, count: Int, with rewrite: [UInt8], limit: Int, blockLimit: Int,
    into texts: inout CRE2Texts, offsets: UnsafeMutablePointer<UInt32>,
    tooLong: UnsafeMutablePointer<UInt64>
  ) {
    // Never empty, so that there is an address.
    var bytes = rewrite.map { CChar(bitPattern: $0) }
    bytes.append(0)
    cre2_replace_rows(
      pattern, rows.base, rows.starts, rows.ends, count, bytes, rewrite.count, limit, blockLimit,
      &texts, offsets, tooLong)
  }
}

/// Replaces every match of a regular expression in blocks of texts; belongs to one worker.
package final class RegexReplacement {
  private let pattern: RegularExpression
  private let rewrite: [UInt8]
  /// nil where RE2 replaces.
  private let own: MatchReplacement?
  private let room = TextRoom()
  private var texts = CRE2Texts(bytes: nil, size: 0, capacity: 0)

  /// In `rewrite` \0 to \9 are what groups matched, and \\ is a backslash.
  package init(_ pattern: RegularExpression, with rewrite: String) {
    self.pattern = pattern
    self.rewrite = Array(rewrite.utf8)
    let bytes = self.rewrite
    own = pattern.known.flatMap {
      MatchReplacement($0, with: bytes, groupCount: pattern.groupCount)
    }
  }

  deinit { cre2_free_texts(&texts) }

  /// Writes the offsets of the new texts, one more than rows, and gives their bytes, which are
  /// valid until the next call; nil when there is no memory.
  ///
  /// A text longer than `limit` bytes, or that does not fit into `blockLimit` with those before it,
  /// is empty and has its bit set.
  package func replace(
    _ rows: TextRows, count: Int, limit: Int, blockLimit: Int,
    offsets: UnsafeMutablePointer<UInt32>, tooLong: UnsafeMutablePointer<UInt64>
  ) -> UnsafePointer<UInt8>? {
    if let own {
      own.write(
        rows, count: count, limit: limit, blockLimit: blockLimit, into: room, offsets: offsets,
        tooLong: tooLong)
      return room.bytes
    }
    pattern.replace(
      rows, count: count, with: rewrite, limit: limit, blockLimit: blockLimit, into: &texts,
      offsets: offsets, tooLong: tooLong)
    return texts.bytes.map { UnsafePointer($0) }
  }
}

/// What is wrong with a regular expression, in RE2's words: `missing ): a(b`.
package struct RegularExpressionError: Error, Sendable {
  package let message: String
}

/// What is wrong with a pattern, or nil when it is a regular expression.
package func checkRegex(_ pattern: String) -> String? {
  do throws(RegularExpressionError) {
    _ = try RegularExpression(pattern)
    return nil
  } catch {
    return error.message
  }
}

/// Takes a group of the first match out of blocks of texts.
package struct RegexExtraction: Sendable {
  private let pattern: RegularExpression
  private let group: Int
  private let own: (finder: MatchFinder, group: MatchGroup)?

  package init(_ pattern: RegularExpression, group: Int) {
    self.pattern = pattern
    self.group = group
    own = pattern.known.flatMap { MatchFinder($0) }.flatMap { finder in
      finder.group(group).map { (finder, $0) }
    }
  }

  /// Where the group is in each row, after the rows' base.
  ///
  /// The bit is 0, and the range empty, where there is no match or the group has no part in it.
  package func extract(
    _ rows: TextRows, count: Int, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    if let own {
      return own.finder.find(
        rows, count: count, group: own.group, starts: starts, ends: ends, found: found)
    }
    pattern.extract(rows, count: count, group: group, starts: starts, ends: ends, found: found)
  }
}
