import Columns

extension SQLWriter {
  /// The value at a path; the whole of a JSON text, as it is written, has no counterpart, nor have
  /// empty keys.
  func path(_ value: Term, _ steps: [PathStep]) -> String? {
    let path = steps.compactMap { step -> String? in
      switch step {
      case .key(let key): key.isEmpty ? nil : ".\"\(key)\""
      case .index(let index): "[\(index)]"
      }
    }
    guard !steps.isEmpty, path.count == steps.count, let text = sql(value) else { return nil }
    return "d_json(\(text), \(Self.text("$" + path.joined())))"
  }

  /// Field by field, as not all are DuckDB's.
  func dateText(_ value: Term, _ format: String) -> String? {
    guard let moment = sql(value) else { return nil }
    var (parts, isField) = (["''"], false)
    for scalar in format.unicodeScalars {
      if !isField && scalar == "%" {
        isField = true
        continue
      }
      parts.append(isField ? Self.field(scalar, moment) : Self.text(String(scalar)))
      isField = false
    }
    // Null where the moment is, also where no field is written.
    return "(CASE WHEN \(moment) IS NOT NULL THEN \(parts.joined(separator: " || ")) END)"
  }

  private static func field(_ field: Unicode.Scalar, _ moment: String) -> String {
    switch field {
    case "%": "'%'"
    case "e": "lpad(strftime(\(moment), '%-d'), 2, ' ')"
    case "F": "strftime(\(moment), '%Y-%m-%d')"
    case "T": "strftime(\(moment), '%H:%M:%S')"
    case "z": "'+0000'"
    default: "strftime(\(moment), '%\(field)')"
    }
  }
}
