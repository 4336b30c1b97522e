import Columns

/// Where the engine and the reference part.
struct Difference {
  enum Kind { case refused, failed, columns, rowCount, cell, settings }

  let kind: Kind
  let text: String
}

/// Two values that count as the same: floats to 10 digits unless bit for bit is wanted.
func agree(_ a: Scalar, _ b: Scalar, exactly: Bool = false) -> Bool {
  guard case .float(let x) = a, case .float(let y) = b else {
    return a.key == b.key && a.type == b.type
  }
  if x.isNaN || y.isNaN { return x.isNaN && y.isNaN }
  if exactly { return x.bitPattern == y.bitPattern }
  return x == y || (x - y).magnitude <= 1e-10 * max(x.magnitude, y.magnitude)
}

/// The first difference between two tables, their order and column types included.
func difference(_ found: Relation, _ expected: Relation, exactly: Bool = false) -> Difference? {
  let columns = [found, expected].map { $0.fields.map { "\($0.name): \($0.type.rawValue)" } }
  if columns[0] != columns[1] {
    return Difference(kind: .columns, text: "columns \(columns[0]), expected \(columns[1])")
  }
  if found.rows.count != expected.rows.count {
    return Difference(
      kind: .rowCount, text: "\(found.rows.count) rows, expected \(expected.rows.count)")
  }
  for (number, pair) in zip(found.rows, expected.rows).enumerated() {
    for (place, cells) in zip(pair.0, pair.1).enumerated()
    where !agree(cells.0, cells.1, exactly: exactly) {
      return Difference(
        kind: .cell,
        text: "row \(number + 1), \(expected.fields[place].name): \(cells.0), expected \(cells.1)")
    }
  }
  return nil
}

/// What became of a comparison.
enum Verdict {
  case same
  /// The reference says that the program may fail, or that it does not know.
  case open
  case different(Difference)

  var difference: Difference? {
    if case .different(let difference) = self { return difference }
    return nil
  }
}

extension OracleCase {
  /// The engine under a setting against the reference.
  func verdict(_ setting: EngineSetting, flaw: Reference.Flaw? = nil) -> Verdict {
    let expected: Relation
    do {
      expected = try Reference(tables: tables, flaw: flaw).rows(of: pipeline)
    } catch {
      // A fault of the reference may have been optimised away, a refusal may not.
      if case .failure(let text, isRefusal: true) = answer(setting) {
        return .different(Difference(kind: .refused, text: text))
      }
      return .open
    }
    switch answer(setting) {
    case .failure(let text, let isRefusal):
      return .different(Difference(kind: isRefusal ? .refused : .failed, text: text))
    case .rows(let found):
      return difference(found, expected).map { .different($0) } ?? .same
    }
  }

  /// Two settings of the engine against each other, bit for bit.
  func verdict(_ first: EngineSetting, _ second: EngineSetting) -> Verdict {
    guard case .rows(let a) = answer(first), case .rows(let b) = answer(second) else {
      return .open
    }
    return difference(a, b, exactly: true).map {
      .different(Difference(kind: .settings, text: $0.text))
    } ?? .same
  }
}
