import Columns

/// The columns that exports of follower lists are known to have.
struct KnownColumn: Sendable {
  /// The canonical name.
  let name: String
  /// The type that the column has, even when it is empty; nil when that is left to the cells.
  let type: DataType?
  /// The other names that it has in exports, folded, most telling first.
  let aliases: [String]
  /// Aliases that other columns have too: they count only when the cells are of the type.
  var weakAliases: [String] = []
}

/// The table of known names.
enum KnownColumns {
  /// The canonical columns, in the order in which reports name them.
  static let all: [KnownColumn] = [
    KnownColumn(
      name: "id", type: .int,
      aliases: [
        "id", "idstr", "followerid", "followeridstr", "userid", "useridstr", "twitterid", "twid",
        "did", "restid",
      ], weakAliases: ["pk"]),
    KnownColumn(
      name: "screen_name", type: .string,
      aliases: [
        "screenname", "username", "handle", "twscreenname", "userscreenname", "twitterhandle",
        "twitterusername", "acct", "stringlistdatavalue", "userlogin",
        "nombredeusuario", "nomedeusuario", "nomedeusuário", "nomdutilisateur", "benutzername",
        "nutzername",
      ], weakAliases: ["login", "usuario", "usuário", "utilisateur", "benutzer"]),
    KnownColumn(
      name: "name", type: .string,
      aliases: [
        "name", "displayname", "twname", "fullname", "nombrecompleto", "nomecompleto", "nomcomplet",
        "anzeigename", "realname",
      ], weakAliases: ["nombre", "nome"]),
    KnownColumn(
      name: "followers", type: .int,
      aliases: [
        "followers", "followerscount", "publicmetricsfollowerscount", "twfollowerscount",
        "followercount", "numfollowers", "nfollowers", "userfollowerscount", "subscribercount",
        "statisticssubscribercount", "totalfollowers", "followerstotal", "numberoffollowers",
        "nooffollowers", "numerodeseguidores", "númerodeseguidores", "nombredabonnés",
        "nombredabonnes", "anzahlfollower",
      ], weakAliases: ["seguidores", "abonnés", "abonnes", "abonnenten", "fans", "fanscount"]),
    KnownColumn(
      name: "friends", type: .int,
      aliases: [
        "friends", "friendscount", "followingcount", "followingscount",
        "publicmetricsfollowingcount", "twfriendscount", "followscount", "numfollowing",
        "nfollowing", "userfriendscount", "totalfollowing", "numberoffollowing", "nooffollowing",
      ],
      weakAliases: [
        "following", "followings", "siguiendo", "seguidos", "seguindo", "abonnements", "folgt",
        "folgtich",
      ]),
    KnownColumn(
      name: "statuses", type: .int,
      aliases: [
        "statuses", "statusescount", "tweetcount", "tweetscount", "publicmetricstweetcount",
        "twstatusescount", "postscount", "numtweets", "userstatusescount", "totaltweets",
        "totalposts", "numposts",
        "numberofposts", "numberoftweets",
      ],
      weakAliases: [
        "publicaciones", "publicações", "publications", "beiträge", "tweets", "tuits", "posts",
        "videocount",
        "mediacount", "statisticsvideocount",
      ]),
    KnownColumn(
      name: "favourites", type: .int,
      aliases: [
        "favourites", "favouritescount", "favoritescount", "twfavouritescount",
        "publicmetricslikecount", "userfavouritescount",
      ], weakAliases: ["favorites"]),
    KnownColumn(
      name: "listed", type: .int,
      aliases: ["listed", "listedcount", "publicmetricslistedcount", "twlistedcount"]),
    KnownColumn(
      name: "created_at", type: .time,
      aliases: [
        "createdat", "accountcreatedat", "profilecreatedat", "joinedat", "twcreatedat",
        "usercreatedat", "accountcreated", "accountcreationdate", "accountcreatedon",
        "fechadecreación",
        "fechadecreacion", "datadecriação", "datedecréation", "erstelltam", "createddate",
        "datecreated", "joinedtwitter", "registrationdate",
        "signupdate", "membersince", "fechaderegistro", "fechadealta", "datadecadastro",
        "datedinscription", "registriertam", "beigetretenam",
      ],
      weakAliases: [
        "createdon", "joinedon", "since", "joined", "joindate", "datejoined", "created",
        "beigetreten",
      ]),
    KnownColumn(
      name: "followed_at", type: .time,
      aliases: [
        "followedat", "followerdate", "followdate", "followtime", "followedon",
        "stringlistdatatimestamp", "followedsince", "fechadeseguimiento", "seguidodesde",
        "seguindodesde", "abonnédepuis", "gefolgtseit",
        "gefolgtam", "followtimestamp", "followedtimestamp", "followeddate", "datefollowed",
        "suividepuis", "seguidoel",
      ],
      weakAliases: ["starredat"]),
    KnownColumn(
      name: "last_status_at", type: .time,
      aliases: [
        "laststatusat", "statuscreatedat", "lasttweetedat", "lasttweetat", "lastpostat",
        "lasttweetdate", "lasttweeted",
      ]),
    KnownColumn(
      name: "account", type: nil,
      aliases: [
        "account", "followersofscreenname", "followersofuserid", "sourcetarget", "sourcetargets",
        "sourcerelation", "followedaccount", "targetaccount",
      ]),
    KnownColumn(name: "verified", type: .bool, aliases: ["verified", "isverified", "twverified"]),
    KnownColumn(
      name: "protected", type: .bool,
      aliases: ["protected", "protectedaccount", "isprotected", "isprivate"]),
    KnownColumn(
      name: "default_profile", type: .bool, aliases: ["defaultprofile", "isdefaultprofile"]),
    KnownColumn(
      name: "default_image", type: .bool,
      aliases: ["defaultimage", "defaultprofileimage", "isdefaultimage", "hasdefaultimage"]),
    KnownColumn(
      name: "lang", type: .string, aliases: ["lang", "accountlang", "userlang"],
      weakAliases: ["idioma", "langue", "sprache"]),
    KnownColumn(
      name: "location", type: .string, aliases: ["location", "userlocation", "twlocation"],
      weakAliases: ["ubicación", "ubicacion", "localização", "localisation", "standort"]),
    KnownColumn(
      name: "description", type: .string,
      aliases: [
        "description", "bio", "biography", "twdescription", "userdescription", "biodescription",
        "rawdescription", "twitterbio", "profilebio",
      ],
      weakAliases: [
        "biografía", "biografia", "descripción", "descripcion", "descrição", "biographie",
        "beschreibung",
      ]),
    KnownColumn(
      name: "url", type: .string, aliases: ["url", "websiteurl", "website", "twurl", "externalurl"]),
    KnownColumn(name: "position", type: .int, aliases: ["position"]),
  ]

  /// Columns that say when the list was taken.
  static let captureTimes: Set<String> = [
    "twarcretrievedat", "scrapedat", "retrievedat", "capturedat", "crawledat", "collectedat",
    "fetchedat", "snapshotat", "snapshottime",
  ]

  /// Columns besides the canonical ones that hold `1` for true.
  private static let flags: Set<String> = [
    "geoenabled", "contributorsenabled", "istranslator", "istranslationenabled",
    "profileusebackgroundimage", "profilebackgroundtile", "hasextendedprofile", "notifications",
    "followrequestsent", "hasdescription", "descriptionhasurl", "followedback", "followsback",
    "suspended", "issuspended", "muting", "blocking", "blockedby", "blueverified",
    "isblueverified", "hasurl", "haslocation", "deactivated", "isbot", "isbusiness", "bot",
    "locked", "discoverable", "usersiteadmin", "siteadmin",
  ]

  /// Counts that posts have, besides the canonical columns.
  private static let figures: [FigureNames] = [.likes, .comments, .shares, .views]

  /// Names that make a first row a header, but no canonical column.
  private static let otherNames: Set<String> = [
    "date", "day", "timestamp", "postedat", "likes", "repo", "user", "subscribersgained",
    "subscriberslost", "views",
  ]

  /// Canonical column by folded name.
  private static let byAlias: [String: Int] = {
    var table: [String: Int] = [:]
    for (index, column) in all.enumerated() {
      for alias in column.aliases + column.weakAliases { table[alias] = index }
    }
    return table
  }()

  /// What the fields of a person stand below in nested exports, such as `user.name`.
  private static let persons: Set<String> = [
    "user", "follower", "author", "actor", "profile", "node", "legacy",
  ]

  /// The canonical column of a name in a file, and how telling the name is: less is more.
  ///
  /// A field of a person is known by its own name: `user.name` is no `username`.
  static func match(_ name: String) -> (column: KnownColumn, rank: Int)? {
    let whole = matchWhole(name)
    guard let dot = name.firstIndex(of: "."), persons.contains(foldedName(String(name[..<dot]))),
      let own = match(String(name[name.index(after: dot)...]))
    else { return whole }
    // A name of its own is only one without a prefix.
    let rank = max(own.rank, 0)
    guard let whole, whole.column.name == own.column.name else { return (own.column, rank) }
    return (own.column, min(rank, whole.rank))
  }

  private static func matchWhole(_ name: String) -> (column: KnownColumn, rank: Int)? {
    let folded = foldedName(name)
    guard let index = byAlias[folded] else { return nil }
    let column = all[index]
    if name == column.name { return (column, -1) }
    let rank = column.aliases.firstIndex(of: folded) ?? 1000
    return (column, rank)
  }

  /// Whether a name makes a first row a header.
  static func isKnown(_ name: String) -> Bool {
    let folded = foldedName(name)
    return byAlias[folded] != nil || isCaptureTime(name) || flags.contains(folded)
      || otherNames.contains(folded)
  }

  /// What a column's name says of its type, without and with recognition.
  static func traits(_ name: String, raw: Bool) -> ColumnTraits {
    var traits = ColumnTraits()
    let folded = foldedName(name)
    traits.isIdentifier = folded == "id" || isIdentifierName(name)
    if raw { return traits }
    traits.isFlag = flags.contains(folded)
    if let (column, rank) = match(name), rank < 1000 {
      traits.fixed = column.name == "id" ? nil : column.type
      traits.isFlag = traits.isFlag || column.type == .bool
      traits.isIdentifier = traits.isIdentifier || column.name == "id"
    }
    traits.isCount = isCount(name, known: match(name)?.column)
    return traits
  }

  /// Whether a column holds counts: a canonical one does, the figures of posts, and the German `Follower`.
  static func isCount(_ name: String, known: KnownColumn?) -> Bool {
    if let known { return known.type == .int && known.name != "id" }
    return foldedName(name) == "follower" || figures.contains { $0.contains(name) }
  }

  /// Whether a column says when the list was taken.
  static func isCaptureTime(_ name: String) -> Bool { captureTimes.contains(foldedName(name)) }

  /// `tweet_id`, `userId`, `id_str`.
  private static func isIdentifierName(_ name: String) -> Bool {
    let lower = name.lowercased()
    if lower.hasSuffix("_id") || lower.hasSuffix(" id") || lower.hasSuffix("id_str") { return true }
    // `userID`, but not `PAID`.
    let isCamel = name.hasSuffix("Id") || name.hasSuffix("ID")
    return isCamel && name.dropLast(2).last?.isLowercase == true
  }
}
