import CSimdjson

/// Why a line of JSON gave no text; words for the user.
package struct JSONProblem: Error {
  package let message: String
}

/// The text of one field of a JSON object that fills a line; read by simdjson.
package func jsonTextField(_ name: String, of line: [UInt8]) -> Result<String, JSONProblem> {
  let found = line.withUnsafeBytes { bytes in
    decoy_json_field(bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count, name)
  }
  defer { decoy_json_free(found) }
  if let error = found.error { return .failure(JSONProblem(message: String(cString: error))) }
  let text = UnsafeRawBufferPointer(start: found.text, count: found.text_length)
  return .success(String(decoding: text, as: UTF8.self))
}
