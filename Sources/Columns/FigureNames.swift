/// The names of the columns of what posts get, as exports write them.
package struct FigureNames: Sendable {
  /// Folded: see `foldedName`.
  private let forms: Set<String>
  /// The name that Decoy's own columns have.
  package let plain: String

  package static let likes = FigureNames(["like", "favorite", "favourite"])
  package static let comments = FigureNames(["comment", "reply"])
  package static let shares = FigureNames(["share", "retweet", "repost", "reblog"])
  package static let views = FigureNames(["view", "impression", "play"])

  /// The names of one of all these figures: `like_count`, `likesCount`, `num_likes`, `Total Likes`.
  private init(_ things: [String]) {
    plain = things[0] + "s"
    forms = Set(
      things.flatMap { thing in
        let many = thing == "reply" ? "replies" : thing + "s"
        return [
          many, thing + "count", many + "count", "num" + many, "n" + many, "total" + many,
          "numberof" + many, "publicmetrics" + thing + "count",
        ]
      })
  }

  package func contains(_ name: String) -> Bool { forms.contains(foldedName(name)) }
}
