/// Words in lines of a width; a word that is wider is cut.
func wrapped(_ words: [String], to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in words {
    let word = DisplayWidth.cut(word, to: max(1, width))
    if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  return lines + [line]
}
