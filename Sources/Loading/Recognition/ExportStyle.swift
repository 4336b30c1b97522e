import Columns

/// Exports whose columns have names that mean something else elsewhere, told by the names together.
enum ExportStyle: Sendable {
  /// Who starred a repository: the repository is what is followed.
  case stars
  /// Instagram's data download: a title, and lists of one link each.
  case instagramList
  /// TikTok's data download: `Date` and `UserName`.
  case tiktokList
  /// Twitter's archive of an account, `follower.js`: ids and links.
  case twitterArchive
  /// Written in German, where `Follower` is many.
  case german
  /// Mastodon's accounts: `acct` has the server, `username` has not.
  case mastodon

  /// Takes folded names.
  init?(_ names: Set<String>) {
    if names.contains("starredat") {
      self = .stars
    } else if names.contains("stringlistdatahref") {
      self = .instagramList
    } else if names == ["date", "username"] {
      self = .tiktokList
    } else if names == ["accountid", "userlink"] {
      self = .twitterArchive
    } else if names.contains("acct") {
      self = .mastodon
    } else if !names.isDisjoint(with: Self.germanNames) {
      self = .german
    } else {
      return nil
    }
  }

  private static let germanNames: Set<String> = [
    "benutzername", "nutzername", "benutzer", "anzeigename", "folgt", "folgtich", "beigetreten",
    "beigetretenam", "gefolgtam", "gefolgtseit", "erstelltam", "registriertam", "beiträge",
  ]

  /// The name by which a column is known; nil where it is not to be known by its own.
  func name(_ name: String, among names: Set<String>) -> String? {
    switch (self, foldedName(name)) {
    case (.stars, "repo"), (.stars, "repository"): "account"
    case (.stars, "user"): "screen_name"
    case (.instagramList, "title"):
      names.contains("stringlistdatavalue") ? nil : "screen_name"
    case (.tiktokList, "date"): "followed_at"
    case (.twitterArchive, "accountid"): "id"
    case (.twitterArchive, "userlink"): "url"
    case (.german, "follower"): "followers"
    case (.mastodon, "username"): nil
    case (.mastodon, "note"): "description"
    default: name
    }
  }
}
