/// Segments of texts that are stored as codes.
extension Segment {
  /// The codes of its rows, each once, in order of first appearance; nulls left out.
  package var codesByAppearance: [Int] {
    switch values {
    case .codes8(let codes, let dictionary): appearing(codes, dictionary.count)
    case .codes16(let codes, let dictionary): appearing(codes, dictionary.count)
    default: preconditionFailure("no codes in this segment")
    }
  }

  /// Writes the number of each row's code; −1 under a null.
  package func writeCodes(to out: UnsafeMutablePointer<Int32>, numbers: [Int32]) {
    switch values {
    case .codes8(let codes, _): look(codes, up: numbers, to: out)
    case .codes16(let codes, _): look(codes, up: numbers, to: out)
    default: preconditionFailure("no codes in this segment")
    }
    patchNulls(0..<rowCount, in: out, with: -1)
  }

  private func appearing<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: BufferSlice<Code>, _ count: Int
  ) -> [Int] {
    var isSeen = [Bool](repeating: false, count: count)
    var seen: [Int] = []
    for row in 0..<rowCount {
      // Of few texts all have soon appeared.
      if seen.count == count { break }
      let code = Int(truncatingIfNeeded: codes.pointer[row])
      if isSeen[code] || isNull(at: row) { continue }
      isSeen[code] = true
      seen.append(code)
    }
    return seen
  }

  /// Writes the flag of each row's code; 0 under a null.
  package func writeFlags(to out: UnsafeMutablePointer<UInt8>, flags: [UInt8]) {
    switch values {
    case .codes8(let codes, _): look(codes, up: flags, to: out)
    case .codes16(let codes, _): look(codes, up: flags, to: out)
    default: preconditionFailure("no codes in this segment")
    }
    patchNulls(0..<rowCount, in: out, with: 0)
  }

  private func look<Code: FixedWidthInteger & BitwiseCopyable & Sendable, Number>(
    _ codes: BufferSlice<Code>, up numbers: [Number], to out: UnsafeMutablePointer<Number>
  ) {
    let source = codes.pointer
    numbers.withUnsafeBufferPointer { numbers in
      for row in 0..<rowCount { out[row] = numbers[Int(truncatingIfNeeded: source[row])] }
    }
  }
}
