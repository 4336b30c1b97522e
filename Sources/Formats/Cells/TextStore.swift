import CKernels
package import Columns

/// The texts of one column's rows while they are collected; reused from segment to segment.
package final class TextStore {
  /// One offset more than rows; the first is 0.
  package private(set) var offsets: BufferSlice<UInt32>
  package private(set) var bytes: BufferSlice<UInt8>
  package private(set) var rowCount = 0

  /// Takes the greatest number of rows of a segment.
  package init(rowCapacity: Int) {
    offsets = BufferSlice(capacity: rowCapacity + 1)
    bytes = BufferSlice(capacity: 1 << 12)
    offsets.pointer[0] = 0
  }

  package var byteCount: Int { Int(offsets.pointer[rowCount]) }

  /// Forgets all rows, keeps the memory.
  package func removeAll() { rowCount = 0 }

  /// Adds the texts of a run of cells, which must keep their quotes; `present[i]` gets 1 or 0.
  ///
  /// Bytes that are no UTF-8 become U+FFFD. Cost some 3 ns a cell and 16 bytes of it.
  package func append(
    _ cells: Cells, nulls: NullRule, present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    if cells.isPlain { return appendPlain(cells, nulls: nulls, present: present) }
    precondition(!cells.isTrimmed, "texts need to know their quotes")
    var outcome = CellOutcome()
    if cells.count == 0 { return outcome }
    let span = Int(cells.ends[cells.count - 1] &- cells.starts[0])
    reserve(byteCount + span * (cells.isValidText ? 1 : 3) + 64)
    if cells.isValidText {
      outcome.nulls = copy(cells, nulls: nulls, present: present)
    } else {
      repair(cells, nulls: nulls, present: present, outcome: &outcome)
    }
    rowCount += cells.count
    if outcome.nulls < cells.count { outcome.seen.insert(.unread) }
    return outcome
  }

  /// Adds texts that need no unquoting.
  private func appendPlain(
    _ cells: Cells, nulls: NullRule, present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    var outcome = CellOutcome()
    var length = 0
    for index in 0..<cells.count { length &+= Int(cells.ends[index] &- cells.starts[index]) }
    reserve(byteCount + length * (cells.isValidText ? 1 : 3) + 64)
    var used = byteCount
    let offset = offsets.pointer + rowCount + 1
    for index in 0..<cells.count {
      let cell = cells[index]
      let isNull = cells.starts[index] == 0 || nulls.custom != nil && nulls.isHard(cell)
      present[index] = isNull ? 0 : 1
      outcome.nulls &+= isNull ? 1 : 0
      if !isNull { used = copyPlain(cell, to: used, isValid: cells.isValidText, &outcome) }
      offset[index] = UInt32(truncatingIfNeeded: used)
    }
    rowCount += cells.count
    if outcome.nulls < cells.count { outcome.seen.insert(.unread) }
    return outcome
  }

  /// Copies a text, repaired where it is no UTF-8; gives where it ends.
  @inline(__always)
  private func copyPlain(
    _ cell: UnsafeBufferPointer<UInt8>, to place: Int, isValid: Bool, _ outcome: inout CellOutcome
  ) -> Int {
    guard isValid || decoy_utf8_valid_prefix(cell.baseAddress, cell.count) == cell.count else {
      let (text, count) = repaired(cell)
      (bytes.pointer + place).update(from: text, count: text.count)
      outcome.repairs += count
      return place + text.count
    }
    guard let base = cell.baseAddress else { return place }
    let (text, out) = (UnsafeRawPointer(base), UnsafeMutableRawPointer(bytes.pointer))
    var done = 0
    while done < cell.count {
      out.storeBytes(
        of: text.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self),
        toByteOffset: place &+ done, as: SIMD16<UInt8>.self)
      done &+= 16
    }
    return place &+ cell.count
  }

  private func reserve(_ wanted: Int) {
    precondition(wanted <= Int(UInt32.max), "text of one segment exceeds 4 GiB")
    if wanted <= bytes.count { return }
    let grown = BufferSlice<UInt8>(capacity: max(wanted, bytes.count * 2))
    grown.pointer.update(from: bytes.pointer, count: byteCount)
    bytes = grown
  }

  private func copy(
    _ cells: Cells, nulls: NullRule, present: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let out = UnsafeMutableRawPointer(bytes.pointer)
    let offset = offsets.pointer + rowCount + 1
    let isEmptyNull: UInt8 = nulls.isEmptyTextNull ? 0 : 1
    let mayBeCustom = nulls.custom != nil
    var used = byteCount
    var absent = 0
    for index in 0..<cells.count {
      let start = Int(cells.starts[index])
      let length = Int(cells.ends[index] &- cells.starts[index])
      let text = UnsafeRawPointer(cells.base + start)
      let first = cells.base[start]
      var isPresent: UInt8 = length == 0 ? isEmptyNull : 1
      if first == CSVDialect.quote && length > 1 {
        used &+= decoy_csv_unquote(cells.base + start, length, bytes.pointer + used)
      } else if isNullWord(cells[index], first: first, nulls, mayBeCustom) {
        isPresent = 0
      } else {
        var done = 0
        while done < length {
          out.storeBytes(
            of: text.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self),
            toByteOffset: used &+ done, as: SIMD16<UInt8>.self)
          done &+= 16
        }
        used &+= length
      }
      present[index] = isPresent
      absent &+= Int(1 &- isPresent)
      offset[index] = UInt32(truncatingIfNeeded: used)
    }
    return absent
  }

  @inline(__always)
  private func isNullWord(
    _ cell: UnsafeBufferPointer<UInt8>, first: UInt8, _ nulls: NullRule, _ mayBeCustom: Bool
  ) -> Bool {
    if mayBeCustom { return nulls.isHard(cell) }
    return (first == 0x4E || first == 0x5C) && cell.count <= 4 && nulls.isHard(cell)
  }

  private func repair(
    _ cells: Cells, nulls: NullRule, present: UnsafeMutablePointer<UInt8>,
    outcome: inout CellOutcome
  ) {
    for index in 0..<cells.count {
      let start = byteCount(afterRow: index)
      let cell = cells[index]
      present[index] = 1
      var length = 0
      if cell.count > 1, cell[0] == CSVDialect.quote, let base = cell.baseAddress {
        length = decoy_csv_unquote(base, cell.count, bytes.pointer + start)
      } else if cell.isEmpty || nulls.isHard(cell) {
        present[index] = cell.isEmpty && !nulls.isEmptyTextNull ? 1 : 0
      } else if let base = cell.baseAddress {
        (bytes.pointer + start).update(from: base, count: cell.count)
        length = cell.count
      }
      outcome.nulls += Int(1 &- present[index])
      let plain = UnsafeBufferPointer(start: bytes.pointer + start, count: length)
      if decoy_utf8_valid_prefix(plain.baseAddress, length) < length {
        let (text, count) = repaired(plain)
        (bytes.pointer + start).update(from: text, count: text.count)
        length = text.count
        outcome.repairs += count
      }
      offsets.pointer[rowCount + index + 1] = UInt32(truncatingIfNeeded: start + length)
    }
  }

  private func byteCount(afterRow row: Int) -> Int { Int(offsets.pointer[rowCount + row]) }
}

/// A text with U+FFFD for each byte that is not part of well-formed UTF-8, and how many there were.
package func repaired(_ text: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], count: Int) {
  var out: [UInt8] = []
  out.reserveCapacity(text.count + 64)
  var rest = text
  var count = 0
  while let base = rest.baseAddress, !rest.isEmpty {
    let valid = decoy_utf8_valid_prefix(base, rest.count)
    out.append(contentsOf: rest[..<valid])
    if valid == rest.count { break }
    out.append(contentsOf: [0xEF, 0xBF, 0xBD])
    count += 1
    rest = UnsafeBufferPointer(rebasing: rest[(valid + 1)...])
  }
  return (out, count)
}
