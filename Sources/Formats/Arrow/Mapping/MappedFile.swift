import CMapping
package import Columns
import Glibc
import Synchronization

/// The bytes of a file, mapped where that is possible, else in memory; unmapped with the last slice.
///
/// A file that is cut short or written to while it is mapped is noticed: whoever used it learns of it
/// by `damage`, and meanwhile reads harmless values.
package final class MappedFile: @unchecked Sendable {
  // @unchecked: the memory is read-only.
  /// As the user named it.
  package let path: String
  package let byteCount: Int
  private let base: UnsafeMutableRawPointer
  private let mappedByteCount: Int
  private let guardNumber: Int32
  private let descriptor: Int32
  private let changeTime: timespec
  /// Where the bytes are that are not mapped.
  private let memory: Buffer?
  private let found = Mutex<String?>(nil)
  private let isMarked = Atomic<Bool>(false)
  private let uses = Atomic<Int>(0)

  /// Maps a regular file, nil where the system refuses; takes no hold of the descriptor.
  package init?(mapping given: Int32, path: String) {
    var status = stat()
    let own = fcntl(given, F_DUPFD_CLOEXEC, 0)
    guard own >= 0, fstat(own, &status) == 0, status.st_size > 0 else {
      if own >= 0 { close(own) }
      return nil
    }
    let size = Int(status.st_size)
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    // A page of zeros follows, so that the end may be read in whole vectors.
    let total = (size + page - 1) / page * page + page
    let reserved = mmap(nil, total, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let reserved, reserved != MAP_FAILED else {
      close(own)
      return nil
    }
    let mapped = mmap(reserved, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, own, 0)
    let number = mapped == reserved ? decoy_mapping_guard(reserved, size) : -1
    guard number >= 0 else {
      munmap(reserved, total)
      close(own)
      return nil
    }
    self.path = path
    byteCount = size
    base = reserved
    mappedByteCount = total
    guardNumber = number
    descriptor = own
    changeTime = status.st_mtim
    memory = nil
  }

  /// Takes bytes in memory.
  package init(_ memory: Buffer, byteCount: Int, path: String) {
    self.path = path
    self.byteCount = byteCount
    base = memory.base
    mappedByteCount = 0
    guardNumber = -1
    descriptor = -1
    changeTime = timespec()
    self.memory = memory
  }

  deinit {
    guard guardNumber >= 0 else { return }
    decoy_mapping_release(guardNumber)
    munmap(base, mappedByteCount)
    close(descriptor)
  }

  /// A copy of some bytes.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount, "bytes out of the file")
    return Array(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Some elements, sharing the memory; nil where they are not aligned.
  func slice<Element: BitwiseCopyable & Sendable>(
    at place: Int, count: Int, of type: Element.Type = Element.self
  ) -> BufferSlice<Element>? {
    precondition(
      place >= 0 && place + count * MemoryLayout<Element>.stride <= roundedByteCount,
      "elements out of the file")
    let start = base + place
    guard Int(bitPattern: start) % MemoryLayout<Element>.alignment == 0 else { return nil }
    let bytes = count * MemoryLayout<Element>.stride
    return BufferSlice(buffer: Buffer(borrowing: start, byteCount: bytes, from: self), count: count)
  }

  /// Words of bitmaps may reach behind the last byte, where zeros are.
  private var roundedByteCount: Int { (byteCount + 63) / 64 * 64 }
}

/// Damage that is noticed while the file is used.
extension MappedFile {
  /// Says what takes the place of lost elements; sorted by start.
  func setStandIns(_ standIns: [decoy_stand_in]) -> Bool {
    guard guardNumber >= 0 else { return true }
    return standIns.withUnsafeBufferPointer {
      decoy_mapping_stand_ins(guardNumber, $0.baseAddress, $0.count) == 0
    }
  }

  /// Whether the file was cut, was changed, or holds something that cannot be.
  package var isDamaged: Bool {
    isMarked.load(ordering: .relaxed)
      || guardNumber >= 0 && decoy_mapping_is_damaged(guardNumber) != 0
  }

  /// Notes something that cannot be, at a place in words; the first is kept.
  func mark(_ reason: String) {
    found.withLock { if $0 == nil { $0 = reason } }
    isMarked.store(true, ordering: .relaxed)
    noteUse()
  }

  /// Notes that harmless values were given for damaged ones.
  func noteUse() { uses.wrappingAdd(1, ordering: .relaxed) }

  /// A number that changes when damaged values are used; compare before and after a statement.
  package var damagedUses: Int {
    uses.load(ordering: .relaxed) &+ (isDamaged ? 1 : 0)
  }

  /// What is wrong, in words; nil when nothing is known to be.
  package var damage: String? {
    if let reason = found.withLock({ $0 }) { return reason }
    return isDamaged ? "it became shorter while it was in use" : nil
  }

  /// Looks whether the file is still as it was when it was opened.
  package func checkUnchanged() {
    guard descriptor >= 0, !isDamaged else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return }
    let isSame =
      Int(status.st_size) == byteCount && status.st_mtim.tv_sec == changeTime.tv_sec
      && status.st_mtim.tv_nsec == changeTime.tv_nsec
    if isSame { return }
    found.withLock { $0 = "it was changed after it was loaded" }
    isMarked.store(true, ordering: .relaxed)
  }
}
