import Rendering

/// What could be typed, as lines under the prompt: one a line with a few words each, or in columns
/// where there are many.
struct CandidateList {
  let lines: [String]
  private static let longestListed = 16

  init(_ candidates: [Candidate], width: Int, height: Int) {
    let rows = max(2, height - 2)
    let width = max(10, width - 1)
    if candidates.count <= min(rows, Self.longestListed) {
      lines = Self.described(candidates, width)
    } else {
      lines = Self.inColumns(candidates, width, rows)
    }
  }

  private static func described(_ candidates: [Candidate], _ width: Int) -> [String] {
    let widest = candidates.reduce(0) { max($0, DisplayWidth.of($1.label)) }
    return candidates.map { candidate in
      let gap = String(repeating: " ", count: widest - DisplayWidth.of(candidate.label) + 2)
      let line =
        candidate.detail.isEmpty ? candidate.label : candidate.label + gap + candidate.detail
      return DisplayWidth.cut(line, to: width)
    }
  }

  private static func inColumns(_ candidates: [Candidate], _ width: Int, _ rows: Int) -> [String] {
    let widest = candidates.reduce(0) { max($0, DisplayWidth.of($1.label)) }
    let cell = min(width, widest + 2)
    let columns = max(1, width / cell)
    let needed = (candidates.count + columns - 1) / columns
    let shown = needed <= rows ? candidates.count : (rows - 1) * columns
    let height = min(needed, max(1, (shown + columns - 1) / columns))
    var lines: [String] = []
    for row in 0..<height {
      var line = ""
      for index in stride(from: row, to: shown, by: height) {
        let label = DisplayWidth.cut(candidates[index].label, to: max(1, cell - 2))
        line += label + String(repeating: " ", count: max(0, cell - DisplayWidth.of(label)))
      }
      while line.hasSuffix(" ") { line.removeLast() }
      lines.append(line)
    }
    if shown < candidates.count { lines.append("… and \(candidates.count - shown) more") }
    return lines
  }
}
