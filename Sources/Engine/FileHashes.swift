import CHash
import Glibc
import Synchronization
import Tasks

/// The SHA-256 of files, each computed once for a state of the file: an audit names it on every page.
final class FileHashes: Sendable {
  /// Which bytes a path held: a file that was changed or replaced differs in one of these.
  private struct FileState: Hashable {
    let path: String
    let device: UInt64
    let inode: UInt64
    let bytes: Int64
    let changedSeconds: Int
    let changedNanoseconds: Int

    /// nil where nothing is, or no file.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      self.path = path
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      bytes = Int64(status.st_size)
      changedSeconds = status.st_mtim.tv_sec
      changedNanoseconds = status.st_mtim.tv_nsec
    }
  }

  private let known = Mutex<[FileState: String]>([:])
  /// What was begun beforehand.
  private let begun = Mutex<BackgroundTask?>(nil)

  /// Begins with the hashes of files that will be asked for, beside the work until then.
  ///
  /// One core's work, about 0.6 s a gigabyte; it ends early when work is asked to stop.
  func begin(_ paths: [String], unless cancellation: Cancellation) {
    let task = BackgroundTask { [self] in
      for path in paths { _ = hash(of: path, unless: cancellation) }
    }
    begun.withLock { $0 = task }
  }

  /// In hexadecimal; nil where the file cannot be read, or work is asked to stop.
  func sha256(of path: String, unless cancellation: Cancellation) -> String? {
    begun.withLock { $0 }?.wait()
    return hash(of: path, unless: cancellation)
  }

  private func hash(of path: String, unless cancellation: Cancellation) -> String? {
    guard let state = FileState(path) else { return nil }
    if let hash = known.withLock({ $0[state] }) { return hash }
    guard let hash = computedHash(of: path, unless: cancellation) else { return nil }
    known.withLock { $0[state] = hash }
    return hash
  }

  private func computedHash(of path: String, unless cancellation: Cancellation) -> String? {
    var digest = [UInt8](repeating: 0, count: 32)
    let isWhole = decoy_sha256_of_file(
      path, &digest,
      { context in
        guard let context else { return 0 }
        let cancellation = Unmanaged<Cancellation>.fromOpaque(context).takeUnretainedValue()
        return cancellation.isRequested ? 0 : 1
      }, Unmanaged.passUnretained(cancellation).toOpaque())
    guard isWhole != 0 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
