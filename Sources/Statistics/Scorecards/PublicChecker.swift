/// A public checker of followers: a fixed list of rules, as far as a profile alone can answer them.
///
/// The rules are those that S. Cresci, R. Di Pietro, M. Petrocchi, A. Spognardi, M. Tesconi, "Fame for
/// sale: efficient detection of fake Twitter followers", Decision Support Systems 80, 2015 (arXiv
/// 1509.04098), section 4.1, report of each. Rules on posts cannot be seen in a list of followers and
/// are left out, so a checker may judge otherwise than it would with them. They answer "what would a
/// public checker say", and did poorly there: Matthews correlation .18 for all of Camisani-Calzolari's,
/// .30 for Socialbakers' 50 to 1 alone. With the rules of a profile only, on the part of that data
/// that we have, it is .25 and .27.
package enum PublicChecker: String, CaseIterable, Sendable {
  /// Socialbakers' Fake Follower Check, 2012, by its page "methodology": four of eight rules.
  case socialbakers
  /// M. Camisani-Calzolari, "Analysis of Twitter followers of the US presidential election candidates",
  /// 2012: nine of 22 rules.
  case camisaniCalzolari = "camisani-calzolari"
  /// B. van den Beld, "How to recognize Twitter bots: 7 signals to look out for", State of Search, 2012:
  /// two of seven signals.
  case stateOfSearch = "stateofsearch"
}

/// What a checker says of a follower.
package enum CheckerVerdict: UInt8, Sendable {
  case genuine
  case suspect
  case fake
  /// None of its rules can be answered.
  case unknown
}

/// One follower as public checkers see it; nil is unknown.
package struct CheckedProfile: Sendable {
  package var followers: Double?
  package var friends: Double?
  package var statuses: Double?
  package var listed: Double?
  /// Days since the account was made.
  package var age: Double?
  package var hasName: Bool?
  package var hasDefaultImage: Bool?
  package var hasLocation: Bool?
  package var hasDescription: Bool?
  package var hasURL: Bool?
  /// The description, in lower case, has the word "bot".
  package var saysBot: Bool?

  package init() {}
}

/// A rule that a profile was held against.
package struct CheckedRule: Hashable, Sendable {
  /// The rule in words.
  package let words: String
  /// Whether it speaks against the follower.
  package let against: Bool
  /// How many points it is worth.
  package let points: Int
}

extension PublicChecker {
  /// The rules that can be answered for a profile, in the order of the source.
  package func rules(_ profile: CheckedProfile) -> [CheckedRule] {
    switch self {
    case .socialbakers: socialbakersRules(profile)
    case .camisaniCalzolari: camisaniCalzolariRules(profile)
    case .stateOfSearch: stateOfSearchRules(profile)
    }
  }

  /// The verdict on a profile.
  ///
  /// Socialbakers and State of Search: suspect when a rule speaks against it. Socialbakers calls an
  /// account suspicious from a number of points that it never published; State of Search names signals
  /// and sums nothing. Camisani-Calzolari: a point for every rule that is met and one against for every
  /// rule that is not; genuine above 0, fake below −4, suspect (in its words uncertain) between. Its
  /// bounds are for all 22 rules and kept as they are, so the fewer columns, the fewer it calls fake.
  package func verdict(_ profile: CheckedProfile) -> CheckerVerdict {
    let rules = rules(profile)
    guard !rules.isEmpty else { return .unknown }
    let against = rules.filter(\.against).map(\.points).reduce(0, +)
    guard self == .camisaniCalzolari else { return against > 0 ? .suspect : .genuine }
    let balance = rules.map(\.points).reduce(0, +) - 2 * against
    return balance > 0 ? .genuine : balance < -4 ? .fake : .suspect
  }
}

/// A rule where its facts are known.
private func rule(_ words: String, against: Bool?, points: Int = 1) -> CheckedRule? {
  against.map { CheckedRule(words: words, against: $0, points: points) }
}

private func socialbakersRules(_ profile: CheckedProfile) -> [CheckedRule] {
  let ratio = follows(50, profile)
  let young = both(profile.hasDefaultImage, profile.age.map { $0 > 61 })
  let blank = both(
    both(profile.hasDescription.map { !$0 }, profile.hasLocation.map { !$0 }),
    profile.friends.map { $0 > 100 })
  return [
    rule("follows 50 times as many as follow it", against: ratio),
    rule("never posted", against: profile.statuses.map { $0 == 0 }),
    rule("older than two months and still the default image", against: young),
    rule("no description, no place, and follows more than 100", against: blank),
  ].compactMap(\.self)
}

private func camisaniCalzolariRules(_ profile: CheckedProfile) -> [CheckedRule] {
  let balanced = both(profile.followers, profile.friends).map { 2 * $0.0 >= $0.1 }
  return [
    rule("no name", against: profile.hasName.map { !$0 }),
    rule("no image", against: profile.hasDefaultImage),
    rule("no place", against: profile.hasLocation.map { !$0 }),
    rule("no description", against: profile.hasDescription.map { !$0 }),
    rule("fewer than 30 followers", against: profile.followers.map { $0 < 30 }),
    rule("on no list", against: profile.listed.map { $0 < 1 }),
    rule("fewer than 50 posts", against: profile.statuses.map { $0 < 50 }),
    rule("no link", against: profile.hasURL.map { !$0 }),
    rule("follows more than twice its followers", against: balanced.map { !$0 }),
  ].compactMap(\.self)
}

private func stateOfSearchRules(_ profile: CheckedProfile) -> [CheckedRule] {
  [
    rule("says bot in its description", against: profile.saysBot),
    rule("follows 100 times as many as follow it", against: follows(100, profile)),
  ].compactMap(\.self)
}

/// Whether it follows so many times as many as follow it; whoever follows someone and is followed by
/// none does, whoever follows none does not.
private func follows(_ times: Double, _ profile: CheckedProfile) -> Bool? {
  both(profile.friends, profile.followers).map { $0.0 > 0 && $0.0 >= times * $0.1 }
}

private func both<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
  guard let first, let second else { return nil }
  return (first, second)
}

/// Kleene's and: false where either is, unknown where one is and the other not false.
private func both(_ first: Bool?, _ second: Bool?) -> Bool? {
  if first == false || second == false { return false }
  return first.flatMap { first in second.map { first && $0 } }
}
