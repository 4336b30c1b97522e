import Columns

/// Makes cases from a seed: typed, so that nearly all of them are valid programs.
struct CaseGenerator {
  var random: Random
  var tables: [String: Relation] = [:]
  private var fresh = 0

  init(seed: UInt64) { random = Random(seed) }

  var schemas: Schemas { Schemas(tables: tables.mapValues(\.fields)) }

  /// One case; `isLarge` allows tables of thousands of rows.
  static let outermost = 2

  static func make(seed: UInt64) -> OracleCase {
    var generator = CaseGenerator(seed: seed)
    generator.makeTables()
    let pipeline = generator.pipeline(
      from: "t", stages: 1 + generator.random.below(5), depth: outermost)
    return OracleCase(tables: generator.tables, pipeline: pipeline)
  }

  /// A name that no column has; `rough` ones hold floats whose last digits are not fixed.
  mutating func name(isRough: Bool = false) -> String {
    fresh += 1
    if isRough { return "rough\(fresh)" }
    return random.chance(4)
      ? random.pick(["odd name", "größe", "by", "A.b"]) + " \(fresh)" : "d\(fresh)"
  }

  // MARK: Tables

  private mutating func makeTables() {
    let all = (0..<(3 + random.below(6))).map { number in
      Field(name: columnName(number), type: random.pick(Cells.types + [.int, .string, .int]))
    }
    let isLarge = random.chance(1) && random.chance(50)
    tables["t"] = table(all, rows: isLarge ? 1500 : rowCount())
    var others = all.filter { _ in random.chance(60) }
    if others.isEmpty { others = [all[0]] }
    if random.chance(60) {
      let type = random.pick(Cells.types)
      others.append(Field(name: "other", type: type))
    }
    tables["u"] = table(others.shuffled(using: &random), rows: rowCount())
  }

  private func columnName(_ number: Int) -> String {
    number == 5
      ? "odd name" : number == 7 ? "größe" : ["a", "b", "c", "d", "e", "f", "g", "h", "i"][number]
  }

  private mutating func rowCount() -> Int {
    random.pick([0, 1, 2, 5, 8, 12, 20, 30, random.below(31)])
  }

  private mutating func table(_ fields: [Field], rows: Int) -> Relation {
    var columns: [[Scalar]] = []
    for field in fields { columns.append(Cells.column(field.type, rows, &random)) }
    return Relation(fields: fields, rows: (0..<rows).map { row in columns.map { $0[row] } })
  }

  // MARK: Pipelines

  mutating func pipeline(from source: String, stages: Int, depth: Int) -> Pipeline {
    var pipeline = Pipeline(source: source)
    guard var fields = tables[source]?.fields else { return pipeline }
    if source == "t", depth < 2, (tables["t"]?.rows.count ?? 0) > 100 {
      pipeline.stages.append(.take(30))
    }
    for _ in 0..<stages {
      guard let stage = stage(fields, depth: depth),
        let next = schemas.fields(after: stage, fields), next.count < 25
      else { continue }
      pipeline.stages.append(stage)
      fields = next
      if case .pivot = stage { return pipeline }
    }
    return pipeline
  }

  /// A pipeline of one column, where one of a type can be had.
  mutating func column(_ type: DataType, depth: Int) -> Pipeline? {
    var rows = pipeline(
      from: random.pick(["t", "u"]), stages: random.below(2), depth: depth - 1)
    guard let fields = schemas.fields(of: rows) else { return nil }
    let columns = usable(fields).filter { $0.type == type }
    if columns.isEmpty { return nil }
    // A table, or a pipeline of several columns, is looked through by the name of the value.
    if random.chance(30) { return rows }
    rows.stages.append(.select([NamedTerm(random.pick(columns))]))
    return schemas.fields(of: rows) == nil ? nil : rows
  }

  /// The columns whose values are exact.
  func usable(_ fields: [Field]) -> [Field] {
    let rough = ["rough", "share", "low", "high", "median", "ratio"]
    return fields.filter { field in
      field.type != .float || !rough.contains { field.name.hasPrefix($0) }
    }
  }
}
