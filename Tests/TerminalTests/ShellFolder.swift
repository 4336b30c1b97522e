import Glibc

/// A new folder, removed with its content.
final class ShellFolder {
  let path: String

  init() {
    var template = Array("/tmp/decoy-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/decoy-test"
  }

  deinit { _ = system("rm -rf '\(path)'") }

  func write(_ text: String, to name: String) {
    guard let file = fopen(path + "/" + name, "w") else { return }
    defer { fclose(file) }
    var text = text
    text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
  }

  func read(_ name: String) -> String {
    guard let file = fopen(path + "/" + name, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// The rights of a file, such as 0o600; nil where there is none.
  func rights(of name: String) -> mode_t? {
    var status = stat()
    return stat(path + "/" + name, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  /// With three followers in `acme.csv`.
  static func withFollowers() -> ShellFolder {
    let folder = ShellFolder()
    folder.write(
      "id,screen_name,lang,followers,friends\n1,ann,en,120,130\n2,bob,de,3,2000\n3,cy,en,9,8\n",
      to: "acme.csv")
    return folder
  }
}
