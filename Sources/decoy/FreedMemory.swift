import CMapping

/// What becomes of the memory that arrays give back.
enum FreedMemory {
  /// Keeps up to 256 MB of it for the next statement.
  ///
  /// Else the system takes the pages back after each large array and clears them again for the next: in
  /// `timeline` of 10 M rows 35,000 pages a statement.
  static func keep() { decoy_keep_freed_memory(256 << 20) }
}
