import Calendars
import Columns
import Formats
import Glibc
import Loading
import Tasks

/// A file in a new directory of its own, removed with the value.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/decoy-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
    }
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written <= 0 { break }
      done += written
    }
    close(descriptor)
    return file
  }
}

/// Loads a text as a file of its own.
func loaded(
  _ text: String, name: String = "t.csv", threads: Int = 2,
  tuning: LoadTuning = LoadTuning(), _ change: (inout LoadOptions) -> Void = { _ in }
) throws -> LoadedTable {
  try loaded(Array(text.utf8), name: name, threads: threads, tuning: tuning, change)
}

func loaded(
  _ bytes: [UInt8], name: String = "t.csv", threads: Int = 2,
  tuning: LoadTuning = LoadTuning(), _ change: (inout LoadOptions) -> Void = { _ in }
) throws -> LoadedTable {
  let folder = TemporaryFolder()
  return try withExtendedLifetime(folder) {
    var options = LoadOptions()
    change(&options)
    return try load(
      folder.write(bytes, to: name), as: "t", options: options, workers: Workers(count: threads),
      tuning: tuning)
  }
}

/// Sizes that cut files into tiny pieces.
func tinyTuning(_ size: Int, scanner: CSVBlock.Scanner = .best) -> LoadTuning {
  var tuning = LoadTuning()
  tuning.chunkSize = size
  tuning.blockSize = max(1, size / 2)
  tuning.lookahead = 8
  tuning.segmentRows = 16
  tuning.scanner = scanner
  return tuning
}

extension Table {
  /// All cells of a column.
  func scalars(_ name: String) -> [Scalar] {
    guard let column = column(name) else { return [] }
    return column.segments.flatMap { segment in
      (0..<segment.rowCount).map { segment.scalar(at: $0, of: column.type) }
    }
  }

  /// All cells, row by row.
  var allRows: [[Scalar]] { (0..<rowCount).map { row($0) } }

  func type(_ name: String) -> DataType? { schema.field(name)?.type }
}

extension Scalar {
  var text: String? { if case .string(let text) = self { text } else { nil } }
}

/// A small repeatable generator.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Bytes as a gzip member without compression.
func gzipMember(_ bytes: [UInt8]) -> [UInt8] {
  var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
  var rest = bytes[...]
  repeat {
    let piece = rest.prefix(60_000)
    rest = rest.dropFirst(60_000)
    let count = UInt16(piece.count)
    out += [rest.isEmpty ? 1 : 0, UInt8(count & 255), UInt8(count >> 8)]
    out += [UInt8(~count & 255), UInt8(~count >> 8)] + piece
  } while !rest.isEmpty
  var check: UInt32 = ~0
  for byte in bytes {
    check ^= UInt32(byte)
    for _ in 0..<8 { check = check >> 1 ^ (check & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  for word in [~check, UInt32(bytes.count)] { out += (0..<4).map { UInt8(word >> (8 * $0) & 255) } }
  return out
}

/// Bytes as a zstd frame without compression and check sum.
func zstdFrame(_ bytes: [UInt8]) -> [UInt8] {
  // A window of 128 KiB, and blocks that are given as they are.
  var out: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 7 << 3]
  var rest = bytes[...]
  repeat {
    let piece = rest.prefix(60_000)
    rest = rest.dropFirst(60_000)
    let head = UInt32(piece.count) << 3 | (rest.isEmpty ? 1 : 0)
    out += (0..<3).map { UInt8(head >> (8 * $0) & 255) } + piece
  } while !rest.isEmpty
  return out
}

/// Zones for tests.
enum TimeZoneNames {
  static let berlin = TimeZoneRules.named("Europe/Berlin")
}
