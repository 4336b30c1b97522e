/// Whether a column is one that verbs make for themselves (`#account`, `#day`) and nobody is shown.
///
/// Columns of files may begin with the same sign: `#`, `# of posts` and `#Followers` are theirs.
package func isHiddenColumn(_ name: String) -> Bool {
  var bytes = name.utf8.makeIterator()
  guard bytes.next() == UInt8(ascii: "#"), let second = bytes.next() else { return false }
  return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(second) && !name.contains(" ")
}
