import Columns
import Formats
import Loading
import Testing

/// Nasty texts give what the plain twin says, wherever the file is cut.
@Test(arguments: [false, true])
func chunksAgreeWithTwin(isCarriageFile: Bool) throws {
  let seed: UInt64 = isCarriageFile ? 99 : 42
  var random = SplitMix(seed: seed)
  for round in 0..<150 {
    let text = nastyText(&random, length: 20 + round * 4, isCarriageFile: isCarriageFile)
    let header = Array("a,b,c".utf8) + [isCarriageFile ? 0x0D : 0x0A]
    for size in [16, 64, 1 << 20] {
      for scanner in [CSVBlock.Scanner.machine, .best, .portable] {
        let result = try loaded(header + text, tuning: tinyTuning(size, scanner: scanner)) {
          $0.header = true
          $0.delimiter = UInt8(ascii: ",")
          $0.types = false
          $0.raw = true
        }
        expectTwin(
          result, text, isCarriageFile, "seed \(seed), round \(round), size \(size), \(scanner)")
      }
    }
  }
}

/// The same through gzip, where chunks come in turn and are cut, not guessed.
@Test func streamedChunksAgreeWithTwin() throws {
  let seed: UInt64 = 4711
  var random = SplitMix(seed: seed)
  for round in 0..<120 {
    let text = nastyText(&random, length: 20 + round * 5, isCarriageFile: false)
    for size in [16, 100] {
      let result = try loaded(gzipMember(Array("a,b,c\n".utf8) + text), tuning: tinyTuning(size)) {
        $0.header = true
        $0.delimiter = UInt8(ascii: ",")
        $0.types = false
        $0.raw = true
      }
      expectTwin(result, text, false, "seed \(seed), round \(round), size \(size)")
    }
  }
}

private func expectTwin(
  _ result: LoadedTable, _ text: [UInt8], _ isCarriageFile: Bool, _ place: String
) {
  var twin = CSVTwin(
    text, delimiter: UInt8(ascii: ","), isCarriageFile: isCarriageFile,
    fieldCount: result.table.schema.fields.count)
  let wanted = twin.records()
  let rows = result.table.allRows.map { $0.map(\.text) }
  #expect(
    rows == wanted.map(\.cells),
    "\(place): \(String(decoding: text, as: UTF8.self).debugDescription)")
  let reasons = result.rejects?.scalars("reason").compactMap(\.text) ?? []
  #expect(
    reasons == wanted.flatMap { $0.issues.map(\.reason) },
    "\(place): \(String(decoding: text, as: UTF8.self).debugDescription)")
}

/// Records that are mostly right, with wrong bytes thrown in.
private func nastyText(
  _ random: inout SplitMix, length: Int, isCarriageFile: Bool
) -> [UInt8] {
  let cells = [
    "", "x", "12", "\"q\"", "\"a,b\"", "\"two\nlines\"", "\"say \"\"hi\"\"\"", "\"\"", "é",
    "long cell text",
    "\"\"\"\"", "  ",
  ]
  let noise = [
    "\"", "\"\"", ",", "\n", "\r", "\r\n", "\"x", "x\"", "\",\"", "\"\n", "\n\n", ",,,,",
  ]
  var text = ""
  while text.utf8.count < length {
    for field in 0..<3 {
      if field > 0 { text += "," }
      text += cells[Int.random(in: 0..<cells.count, using: &random)]
      if Int.random(in: 0..<14, using: &random) == 0 {
        text += noise[Int.random(in: 0..<noise.count, using: &random)]
      }
    }
    text += ["\n", "\n", "\r\n", "\r"][Int.random(in: 0..<4, using: &random)]
  }
  if isCarriageFile {
    text = text.unicodeScalars.filter { $0 != "\n" }.reduce(into: "") {
      $0.unicodeScalars.append($1)
    }
  }
  return Array(text.utf8)
}
