extension JSONOutline {
  /// Keys that hold the records of a response or an export, most telling first.
  private static let listKeys = [
    "data", "users", "user_followers", "user_following", "followers", "follows",
    "relationships_followers", "relationships_following", "FansList", "Following", "items",
    "accounts", "actors", "list", "results", "ids",
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

  /// Keys by which an object is a record of its own, whatever lists it has.
  private static let identities: Set<String> = [
    "id", "id_str", "pk", "did", "user_id", "userId", "accountId", "username", "screen_name",
    "login", "handle", "acct", "uniqueId", "name", "nickname", "account", "user", "owner", "email",
    "url", "title", "date", "city",
  ]

  /// Where the records are.
  struct Records {
    /// The keys that lead there.
    var path: [String] = []
    /// Keys beside them that hold objects too.
    var leftOut: [String] = []
    /// The column of records that are plain numbers or texts.
    var valueKey: String?
  }

  /// Where the records are; nil when the value itself, or each element of it, is a record, or more keys
  /// lead there than a cutter goes.
  ///
  /// `isAssigned`: a list of Twitter's archive, whose elements have one key each.
  func records(isAssigned: Bool) -> Records? {
    if case .list(.scalar(let isText)?) = root {
      return Records(valueKey: isText ? "value" : "id")
    }
    if isAssigned, case .list(.object(let members)?) = root, members.count == 1,
      case .object = members[0].value
    {
      return Records(path: [members[0].key])
    }
    guard let found = path(of: root, isTop: true) ?? onlyList,
      found.path.count <= JSONCutter.longestPath
    else { return nil }
    return Records(path: found.path, leftOut: found.leftOut, valueKey: valueKey(at: found.path))
  }

  /// The one list of objects of an object that stands alone and is no record itself, whatever its key.
  private var onlyList: (path: [String], leftOut: [String])? {
    guard isAlone, case .object(let members) = root,
      !members.contains(where: { JSONOutline.identities.contains($0.key) })
    else { return nil }
    let lists = members.filter { holdsObjects($0.value) }
    let rest = members.filter { !isScalar($0.value) && !isEmpty($0.value) }
    guard lists.count == 1, rest.count == 1, case .list = lists[0].value else { return nil }
    return ([lists[0].key], [])
  }

  /// Ids are plain values, under any key of theirs.
  private func valueKey(at path: [String]) -> String? {
    var value = root
    for key in path {
      while case .list(let first?) = value { value = first }
      guard case .object(let members) = value,
        let next = members.first(where: { $0.key == key })?.value
      else { return nil }
      value = next
    }
    if case .list(.scalar?) = value { return "id" }
    return nil
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
    case .list(nil): true
    case .list(.object?): true
    case .list(.scalar?): key == "ids"
    case .list: false
    case .object: key == "data"
    case .scalar: false
    }
  }

  /// Whether all keys but one are what a response has beside its records: none names it.
  private func isResponse(
    _ members: [(key: String, value: Value)], besides key: String
  ) -> Bool {
    members.allSatisfy { member in
      member.key == key || JSONOutline.companions.contains(member.key)
        || JSONOutline.listKeys.contains(member.key)
        || (isScalar(member.value) ? !JSONOutline.identities.contains(member.key) : key != "data")
    }
  }

  private func isEmpty(_ value: Value) -> Bool {
    switch value {
    case .scalar: false
    case .list(let first): first == nil
    case .object(let members): members.isEmpty
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
