import CKernels
package import Columns

/// The distinct texts of a column that repeats them, each with a code, while they are collected.
///
/// One for each worker and column: codes are given in the order in which the worker meets the
/// texts, and are mapped to one dictionary when all is read.
package final class TextCodes {
  private var texts = TextBuilder()
  private let limit: Int

  // Open addressing, at most half full. Texts of up to 15 bytes are two words, of which the last byte
  // is the length; longer ones are compared by two hashes and then by their bytes.
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  /// The masks of the two words of a text, by its length.
  private let masks: UnsafeMutablePointer<UInt64>
  private var heap: [UInt8] = []
  private var scratch: BufferSlice<UInt8>

  private struct Slot {
    var low: UInt64 = 0
    /// 0 when the slot is free.
    var high: UInt64 = 0
    var code: UInt32 = 0
    var length: UInt32 = 0
    var place = 0
  }

  /// Takes how many texts to hold before giving up, at most 65,536.
  package init(limit: Int) {
    self.limit = min(limit, TextDictionary.maximumCount)
    mask = 511
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    masks = .allocate(capacity: 32)
    for length in 0..<16 {
      // Smart shifts: by 64 or more they give 0.
      masks[length * 2] = ~((~0 as UInt64) << UInt64(length * 8))
      masks[length * 2 + 1] = length <= 8 ? 0 : ~((~0 as UInt64) << UInt64((length - 8) * 8))
    }
    scratch = BufferSlice(capacity: 256)
  }

  deinit {
    slots.deallocate()
    masks.deallocate()
  }

  package var count: Int { texts.rowCount }

  /// The texts so far: code i is row i; O(texts).
  package var finished: TextSlice { texts.finish() }

  /// Gives the codes of a run of cells, which must keep their quotes.
  ///
  /// Refuses when there are too many texts. Cost some 4 ns a cell.
  package func encode(
    _ cells: Cells, nulls: NullRule, into codes: UnsafeMutablePointer<UInt16>,
    present: UnsafeMutablePointer<UInt8>
  ) -> CellOutcome {
    precondition(cells.isPlain || !cells.isTrimmed, "texts need to know their quotes")
    var outcome = CellOutcome()
    // Words for null and lists of the user's are looked at one by one.
    let mayBePlain = cells.isValidText && nulls.custom == nil
    var (slots, mask) = (slots, mask)
    let masks = UnsafePointer(masks)
    let isPlain = cells.isPlain
    for index in 0..<cells.count {
      let text = cells.base + Int(cells.starts[index])
      let length = Int(cells.ends[index] &- cells.starts[index])
      let first = text[0]
      present[index] = 1
      let isOdd = !isPlain && (first == CSVDialect.quote || first == 0x4E || first == 0x5C)
      if mayBePlain && !isOdd && length < 16 && length > 0 {
        let (low, high) = shortKey(text, length, masks)
        var place = hash(low, high, mask)
        while slots[place].low != low || slots[place].high != high, slots[place].high != 0 {
          place = (place &+ 1) & mask
        }
        codes[index] = UInt16(truncatingIfNeeded: slots[place].code)
        if slots[place].high != 0 { continue }
      }
      codes[index] = 0
      if !encodeSlowly(cells, index, nulls, codes, present, &outcome) {
        outcome.isRefused = true
        return outcome
      }
      (slots, mask) = (self.slots, self.mask)
    }
    if outcome.nulls < cells.count { outcome.seen.insert(.unread) }
    return outcome
  }

  private func encodeSlowly(
    _ cells: Cells, _ index: Int, _ nulls: NullRule, _ codes: UnsafeMutablePointer<UInt16>,
    _ present: UnsafeMutablePointer<UInt8>, _ outcome: inout CellOutcome
  ) -> Bool {
    let cell = cells[index]
    if scratch.count < cell.count * 3 + 64 { scratch = BufferSlice(capacity: cell.count * 6 + 64) }
    var length = 0
    if cells.isPlain ? cells.starts[index] == 0 || nulls.custom != nil && nulls.isHard(cell) : false
    {
      present[index] = 0
      outcome.nulls += 1
      return true
    } else if !cells.isPlain, cell.count > 1, cell[0] == CSVDialect.quote,
      let base = cell.baseAddress
    {
      length = decoy_csv_unquote(base, cell.count, scratch.pointer)
    } else if !cells.isPlain, cell.isEmpty ? nulls.isEmptyTextNull : nulls.isHard(cell) {
      present[index] = 0
      outcome.nulls += 1
      return true
    } else if let base = cell.baseAddress {
      scratch.pointer.update(from: base, count: cell.count)
      length = cell.count
    }
    if !cells.isValidText {
      let (text, count) = repaired(UnsafeBufferPointer(start: scratch.pointer, count: length))
      scratch.pointer.update(from: text, count: text.count)
      length = text.count
      outcome.repairs += count
    }
    guard let code = code(of: scratch.pointer, length: length) else { return false }
    codes[index] = code
    return true
  }

  /// The code of a text; 16 bytes behind it must be readable.
  private func code(of text: UnsafePointer<UInt8>, length: Int) -> UInt16? {
    let (low, high) = length < 16 ? shortKey(text, length, masks) : longKey(text, length)
    var place = hash(low, high, mask)
    while slots[place].high != 0 {
      let slot = slots[place]
      if slot.low == low, slot.high == high, length < 16 || isEqual(slot, text, length) {
        return UInt16(truncatingIfNeeded: slot.code)
      }
      place = (place &+ 1) & mask
    }
    return add(text, length, low, high)
  }

  @inline(__always)
  private func hash(_ low: UInt64, _ high: UInt64, _ mask: Int) -> Int {
    let mixed = low ^ (high &* 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: (mixed &* 0xD6E8_FEB8_6659_FD93) &>> 32) & mask
  }

  /// The bytes of a text of up to 15, with 128 more than the length behind them.
  @inline(__always)
  private func shortKey(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ masks: UnsafePointer<UInt64>
  ) -> (UInt64, UInt64) {
    let raw = UnsafeRawPointer(text)
    let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let mark = UInt64(truncatingIfNeeded: length | 128) &<< 56
    return (low & masks[length &* 2], high & masks[length &* 2 &+ 1] | mark)
  }

  private func longKey(_ text: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
    var low: UInt64 = 0xCBF2_9CE4_8422_2325
    var high: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<length {
      low = (low ^ UInt64(text[index])) &* 0x100_0000_01B3
      high = (high &+ UInt64(text[index])) &* 0xD6E8_FEB8_6659_FD93
    }
    return (low, (high ^ high &>> 29) | 0xFF &<< 56)
  }

  private func isEqual(_ slot: Slot, _ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    Int(slot.length) == length
      && heap[slot.place..<(slot.place + length)].elementsEqual(
        UnsafeBufferPointer(start: text, count: length))
  }

  @inline(never)
  private func add(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ low: UInt64, _ high: UInt64
  ) -> UInt16? {
    if count >= limit { return nil }
    if (count + 1) * 2 > mask + 1 { grow() }
    let utf8 = UnsafeBufferPointer(start: text, count: length)
    let slot = Slot(
      low: low, high: high, code: UInt32(count), length: UInt32(truncatingIfNeeded: length),
      place: heap.count)
    heap.append(contentsOf: utf8)
    texts.append(utf8: utf8)
    insert(slot)
    return UInt16(truncatingIfNeeded: slot.code)
  }

  private func insert(_ slot: Slot) {
    var place = hash(slot.low, slot.high, mask)
    while slots[place].high != 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  private func grow() {
    let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
    mask = old.count * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    for slot in old where slot.high != 0 { insert(slot) }
    old.deallocate()
  }
}
