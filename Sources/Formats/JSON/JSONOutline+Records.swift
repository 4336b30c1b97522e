extension JSONOutline {
  /// Keys that hold the records of a response or an export, most telling first.
  private static let listKeys = [
    "data", "users", "user_followers", "user_following", "followers", "follows",
    "relationships_followers", "relationships_following", "FansList", "Following", "items",
    "accounts", "actors", "list", "results",
  ]
  /// Keys that stand around records.
  private static let wrapperKeys: Set<String> = [
    "data", "Activity", "Your Activity", "Profile And Settings", "Follower List",
    "Following List", "Follower", "response", "result",
  ]
  /// Keys that a response has beside its records.
  private static let companions: Set<String> = [
    "includes", "meta", "errors", "error", "__twarc", "cursor", "subject", "pageInfo", "extra",
    "next_cursor", "next_cursor_str", "previous_cursor", "previous_cursor_str", "total_count",
    "kind", "etag", "nextPageToken", "prevPageToken", "status", "message", "success", "has_more",
    "title", "detail", "type", "regionCode", "ok", "code", "count", "total", "next", "previous",
  ]

  /// The keys that lead to the records, and the keys beside them that hold objects too; nil when the
  /// value itself, or each element of it, is a record, or more keys lead there than a cutter goes.
  var recordPath: (path: [String], leftOut: [String])? {
    guard let found = path(of: root, isTop: true), found.path.count <= JSONCutter.longestPath else {
      return nil
    }
    return found
  }

  private func path(of value: Value, isTop: Bool) -> (path: [String], leftOut: [String])? {
    switch value {
    case .scalar: nil
    case .list(let first): first.flatMap { path(of: $0, isTop: isTop) }
    case .object(let members): path(among: members, isTop: isTop)
    }
  }

  private func path(
    among members: [(key: String, value: Value)], isTop: Bool
  ) -> (path: [String], leftOut: [String])? {
    for wanted in JSONOutline.listKeys {
      guard let (key, value) = members.first(where: { $0.key == wanted }),
        isRecords(value, key), isResponse(members, besides: key)
      else { continue }
      let rest = members.filter { $0.key != key && $0.key != "meta" && holdsObjects($0.value) }.map(
        \.key)
      if case .object = value, let inner = path(of: value, isTop: false) {
        return ([key] + inner.path, rest + inner.leftOut)
      }
      return ([key], rest)
    }
    for (key, value) in members where JSONOutline.wrapperKeys.contains(key) {
      guard case .object(let inside) = value, let inner = path(among: inside, isTop: false) else {
        continue
      }
      return ([key] + inner.path, inner.leftOut)
    }
    return nil
  }

  /// Whether a value is a list of objects, or the one object of a response to a question for one.
  private func isRecords(_ value: Value, _ key: String) -> Bool {
    switch value {
    case .list(let first): first.map { if case .object = $0 { true } else { false } } ?? true
    case .object: key == "data"
    case .scalar: false
    }
  }

  /// Whether all keys but one are what a response has beside its records.
  private func isResponse(
    _ members: [(key: String, value: Value)], besides key: String
  ) -> Bool {
    members.allSatisfy { member in
      member.key == key || JSONOutline.companions.contains(member.key)
        || JSONOutline.listKeys.contains(member.key) || !isScalar(member.value) && key != "data"
    }
  }

  private func isScalar(_ value: Value) -> Bool {
    if case .scalar = value { true } else { false }
  }

  private func holdsObjects(_ value: Value) -> Bool {
    switch value {
    case .scalar: false
    case .object(let members): !members.isEmpty
    case .list(let first): first.map(holdsObjects) ?? false
    }
  }
}
