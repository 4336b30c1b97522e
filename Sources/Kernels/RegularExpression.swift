import CRE2

/// A compiled regular expression of RE2's syntax, searched for anywhere in a text.
///
/// Matching takes time linear in the text, whatever the pattern. Safe to share between threads.
package final class RegularExpression: @unchecked Sendable {
  // @unchecked: RE2's matching functions are safe to call from several threads.
  private let pattern: OpaquePointer

  /// Takes the pattern; throws RE2's message when it is none.
  package init(_ text: String, ignoringCase: Bool = false) throws(RegularExpressionError) {
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
    cre2_match_rows(pattern, rows.base, rows.starts, rows.ends, count, bits)
  }

  /// Where group `group` (0: all) of the first match is in each row, after the rows' base.
  ///
  /// The bit is 0, and the range empty, where there is no match or the group has no part in it.
  package func extract(
    _ rows: TextRows, count: Int, group: Int, starts: UnsafeMutablePointer<UInt32>,
    ends: UnsafeMutablePointer<UInt32>, found: UnsafeMutablePointer<UInt64>
  ) {
    cre2_extract_rows(
      pattern, rows.base, rows.starts, rows.ends, count, Int32(clamping: group), starts, ends,
      found)
  }

  /// Appends the text with every match replaced; `\1` in the rewrite is group 1.
  package func replaceAll(
    in text: UnsafeBufferPointer<UInt8>, with rewrite: [UInt8],
    append: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var length = 0
    let result = rewrite.withUnsafeBytes { rewrite -> UnsafeMutablePointer<CChar>? in
      withUnsafePointer(to: 0 as UInt8) { nothing in
        cre2_replace_all(
          pattern, text.baseAddress ?? nothing, text.count,
          rewrite.bindMemory(to: CChar.self).baseAddress
            ?? UnsafeRawPointer(nothing).assumingMemoryBound(to: CChar.self),
          rewrite.count, &length)
      }
    }
    guard let result else { return append(text) }
    defer { cre2_free_text(result) }
    result.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      append(UnsafeBufferPointer(start: bytes, count: length))
    }
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
