import Calendars
import Simulating

/// A simulation run to the end and read back.
struct SimulatedList {
  var bytes: [UInt8] = []
  var labelBytes: [UInt8] = []
  var truth: SimulationTruth
  var header: [String]
  var rows: [[String]]
  /// `id,class,event`, in the order of the rows.
  var labels: [[String]]

  init(_ options: SimulationOptions) throws {
    var (bytes, labelBytes): ([UInt8], [UInt8]) = ([], [])
    truth = try Simulation(options).write(to: { bytes += $0 }, labels: { labelBytes += $0 })
    self.bytes = bytes
    self.labelBytes = labelBytes
    let records = Self.parse(bytes)
    header = records[0]
    rows = Array(records.dropFirst())
    labels = Array(Self.parse(labelBytes).dropFirst())
  }

  func column(_ name: String) -> [String] {
    guard let index = header.firstIndex(of: name) else { return [] }
    return rows.map { $0[index] }
  }

  /// A column of times, in seconds; those that are none are −1.
  func times(_ name: String) -> [Int] {
    column(name).map { parseTime($0, zone: .utc).map { Int($0.micros / 1_000_000) } ?? -1 }
  }

  /// The places of the rows that an event brought: `spike 0`.
  func places(of event: String) -> [Int] {
    labels.indices.filter { labels[$0][2] == event }
  }

  /// A plain reader of CSV (RFC 4180), a state a byte.
  private static func parse(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == 0x22 {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0A {
        record.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == 0x0A {
          records.append(record)
          record = []
        }
      } else {
        field.append(byte)
      }
    }
    return records
  }
}

extension SimulationOptions {
  /// Every kind of event in a short time.
  static func eventful() throws -> SimulationOptions {
    var options = SimulationOptions()
    options.days = 150
    options.rate = 10
    options.seed = 7
    options.spikes = [try Spike("60:500:0.8")]
    options.virals = [try Viral("2024-04-10:200")]
    options.drips = [try Drip("20:50:6")]
    options.purges = [try Purge("80:0.5")]
    options.gaps = [try Gap("120:124")]
    return options
  }
}
