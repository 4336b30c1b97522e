import Glibc

/// The entries of a folder for completion, at most some thousands, in no order; `""` is the working
/// folder.
@Sendable
func folderEntries(of folder: String) -> [Surroundings.Entry] {
  var path = folder.isEmpty ? "." : folder
  if path == "~" || path.hasPrefix("~/"), let home = Terminal.environment("HOME") {
    path = home + path.dropFirst()
  }
  guard let directory = opendir(path) else { return [] }
  defer { closedir(directory) }
  var entries: [Surroundings.Entry] = []
  while entries.count < 4096, let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    var isFolder = entry.pointee.d_type == UInt8(DT_DIR)
    if entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN) {
      var status = stat()
      isFolder = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
    entries.append(Surroundings.Entry(name: name, isFolder: isFolder))
  }
  return entries
}
