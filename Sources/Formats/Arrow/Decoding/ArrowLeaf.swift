/// A column that a field of a file becomes: the field itself, or a part of a structure, whose name is
/// joined by points.
struct ArrowLeaf: Sendable {
  let name: String
  /// The position of the field, then those of the parts.
  let path: [Int]
  let field: ArrowField

  /// The columns of all fields, structures taken apart.
  static func all(of schema: ArrowSchema) -> [ArrowLeaf] {
    func leaves(_ field: ArrowField, _ name: String, _ path: [Int]) -> [ArrowLeaf] {
      guard field.type == .structure, field.dictionary == nil, !field.children.isEmpty else {
        return [ArrowLeaf(name: name, path: path, field: field)]
      }
      return field.children.enumerated().flatMap { position, child in
        leaves(child, "\(name).\(child.name)", path + [position])
      }
    }
    return schema.fields.enumerated().flatMap { leaves($1, $1.name, [$0]) }
  }
}
