import Glibc

extension TimeZoneRules {
  /// The zone of a name: `UTC`, `Europe/Berlin`, `+02:00`; nil when there is none of that name.
  ///
  /// Names are those of the system's time zone folder (`$TZDIR`, or the usual places); only `UTC`,
  /// `GMT`, `Z` and fixed offsets are known without it. A name never leads out of that folder:
  /// absolute paths and `..` are unknown names. Reads one small file on each call.
  package static func named(_ identifier: String) -> TimeZoneRules? {
    if ["UTC", "utc", "GMT", "Z", "Etc/UTC"].contains(identifier) { return .utc }
    if let offset = fixedOffset(identifier) {
      return TimeZoneRules(identifier: identifier, offsetSeconds: offset)
    }
    guard isSafeName(identifier), let folder = ZoneFolder.path,
      let bytes = ZoneFolder.read(folder + "/" + identifier),
      let file = TimeZoneFile(bytes: bytes)
    else { return nil }
    return TimeZoneRules(identifier: identifier, file: file)
  }

  /// The names of all zones of the system, sorted; only `UTC` where there are no zone files.
  ///
  /// For messages and completion: it walks the folder (about 600 names).
  package static func allIdentifiers() -> [String] {
    guard let folder = ZoneFolder.path else { return ["UTC"] }
    var names: Set<String> = ["UTC"]
    ZoneFolder.collect(folder, prefix: "", depth: 0, into: &names)
    return names.sorted()
  }

  /// The zone of a file's contents; the rule at its end is written out for one 400-year cycle.
  convenience init(identifier: String, file: TimeZoneFile) {
    guard let rule = PosixZoneRule(file.footer), rule.summer != nil else {
      self.init(
        identifier: identifier, first: file.firstOffset, switches: file.switches, cycleEnd: nil)
      return
    }
    let last = file.switches.last?.time ?? 0
    let year = civilDate(fromDays: floorDivide(last, secondsPerDay)).year
    let end = year + 402
    var switches = file.switches
    for change in rule.switches(years: year...end) where change.time > last {
      if change.offset != switches.last?.offset ?? file.firstOffset { switches.append(change) }
    }
    self.init(
      identifier: identifier, first: file.firstOffset, switches: switches,
      cycleEnd: (daysFromCivil(year: end, month: 1, day: 1) - 10) * secondsPerDay)
  }

  /// `+02:00`, `-0330`, `+5` in seconds.
  private static func fixedOffset(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      var cursor = ByteCursor(bytes)
      guard let offset = cursor.numericOffset(), cursor.isAtEnd else { return nil }
      return offset
    }
  }

  private static func isSafeName(_ name: String) -> Bool {
    guard name.utf8.count <= 100, !name.hasPrefix("right/") else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { isNameByte($0) }
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || [0x2B, 0x2D, 0x5F].contains(byte)
  }
}

/// The folder of the system's compiled time zone files.
private enum ZoneFolder {
  /// `$TZDIR` when set, else the first usual place that exists.
  static var path: String? {
    if let variable = getenv("TZDIR") { return String(cString: variable) }
    return ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"].first {
      access($0, R_OK) == 0
    }
  }

  /// The bytes of a regular file of at most 1 MB.
  static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 1 << 20
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
    return count == bytes.count ? bytes : nil
  }

  /// Adds the zone names below a folder: those that begin with a capital, as zones do.
  static func collect(_ path: String, prefix: String, depth: Int, into names: inout Set<String>) {
    guard depth < 3, let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let first = name.utf8.first, (0x41...0x5A).contains(first) else { continue }
      var status = stat()
      guard stat(path + "/" + name, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(path + "/" + name, prefix: prefix + name + "/", depth: depth + 1, into: &names)
      } else if status.st_mode & S_IFMT == S_IFREG {
        names.insert(prefix + name)
      }
    }
  }
}
