import CKernels
import Columns

/// Why texts cannot be taken as they lie; nil when they can: offsets ascend from `first` or above to
/// at most the last byte, and every text is UTF-8.
///
/// O(n), a few gigabytes a second.
func textProblem(
  _ offsets: UnsafePointer<UInt32>, rows: Int, _ bytes: UnsafePointer<UInt8>, _ byteCount: Int
)
  -> String?
{
  var descents = 0
  for row in 0..<rows { descents &+= offsets[row] > offsets[row &+ 1] ? 1 : 0 }
  if descents > 0 { return "a text ends before it begins" }
  let (start, end) = (Int(offsets[0]), Int(offsets[rows]))
  if end > byteCount { return "a text reaches out of its buffer" }
  if decoy_utf8_valid_prefix(bytes + start, end - start) < end - start {
    return "a text is not UTF-8"
  }
  var splits = 0
  for row in 0..<rows {
    let place = Int(offsets[row])
    // Texts do not begin inside a character.
    splits &+= place < end && bytes[place] & 0xC0 == 0x80 ? 1 : 0
  }
  return splits > 0 ? "a text is not UTF-8" : nil
}
