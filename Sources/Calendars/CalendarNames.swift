/// English names of months and weekdays, their first three letters, by a perfect hash.
///
/// A slot holds the three small letters and above them the number: months 1 to 12, weekdays 13
/// (Monday) to 19.
enum CalendarNames {
  static let slotCount = 32

  /// Fills `slotCount` slots.
  static func fill(_ slots: UnsafeMutableBufferPointer<UInt32>) {
    slots.initialize(repeating: 0)
    for (index, name) in names.enumerated() {
      let letters = UInt32(truncatingIfNeeded: name)
      slots[Int(slot(letters))] = letters | UInt32(index + 1) << 24
    }
  }

  /// The number of a name of three letters in any case; sets upper halves of `doubt` when it is none.
  @inline(__always)
  static func number(
    _ letters: UInt64, in slots: UnsafePointer<UInt32>, doubt: inout UInt64
  ) -> UInt64 {
    let small = UInt32(truncatingIfNeeded: letters) | 0x20_2020
    let entry = slots[Int(slot(small))]
    // Bytes that only become the letter by the case bit are not letters of either case.
    let other = UInt64((entry ^ small) & 0xFF_FFFF)
    doubt |= other | (other &+ 0x0F_0F0F) | ~letters & 0x40_4040
    return UInt64(entry &>> 24)
  }

  @inline(__always)
  private static func slot(_ letters: UInt32) -> UInt32 {
    (letters &* 0xF300_9A5D) &>> 27
  }

  /// Jan to Dec, Mon to Sun.
  static let names = [
    packed("jan"), packed("feb"), packed("mar"), packed("apr"), packed("may"), packed("jun"),
    packed("jul"), packed("aug"), packed("sep"), packed("oct"), packed("nov"), packed("dec"),
    packed("mon"), packed("tue"), packed("wed"), packed("thu"), packed("fri"), packed("sat"),
    packed("sun"),
  ]
}
