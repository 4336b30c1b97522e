import Formats

/// The mapped files behind a session's tables, and whether damage of one was met.
struct MappedFiles {
  private struct Watched {
    weak var file: MappedFile?
    /// Its `damagedUses` when the statement began.
    var uses: Int
  }

  private var watched: [Watched] = []

  /// Adds files that were just opened.
  mutating func add(_ files: [MappedFile]) {
    watched += files.map { Watched(file: $0, uses: $0.damagedUses) }
  }

  /// Begins a statement: looks whether the files are as they were.
  mutating func watch() {
    watched.removeAll { $0.file == nil }
    for index in watched.indices {
      watched[index].file?.checkUnchanged()
      watched[index].uses = watched[index].file?.damagedUses ?? 0
    }
  }

  /// A file whose damaged values were used since the statement began; nil when there is none.
  var damaged: MappedFile? {
    watched.lazy.compactMap { watched in
      watched.file.flatMap { $0.damagedUses != watched.uses ? $0 : nil }
    }.first
  }
}
