/// A part of a follower's weight of evidence, in words.
package struct ScorecardReason: Hashable, Sendable {
  /// What is seen, such as "follows 1,204, followed by 3".
  package let words: String
  /// What it adds to the weight of evidence.
  package let evidence: Double

  /// The words with the weight: "follows 1,204, followed by 3 (+2.1)".
  package var text: String {
    let tenths = Int((abs(evidence) * 10).rounded())
    return "\(words) (\(evidence < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10))"
  }
}

/// What terms speak of together: their features say the same thing in several ways.
enum ReasonSubject: Int, CaseIterable {
  case circle
  case posts
  case likes
  case listed
  case description
  case age

  init(_ feature: ScorecardFeature) {
    switch feature {
    case .followers, .friends, .friendsPerFollowerSquared: self = .circle
    case .friendsPerDay, .followersPerDay, .accountAge: self = .age
    case .statuses, .statusesPerDay: self = .posts
    case .favourites, .favouritesPerDay: self = .likes
    case .listed: self = .listed
    case .emptyDescription: self = .description
    }
  }
}

extension Scorecard {
  /// The reasons of one follower of a block, the heaviest first, whatever their sign.
  ///
  /// Terms of one subject are added up: friends, followers and their quotient are one reason. Cost: the
  /// terms of one row.
  package func reasons(_ numbers: ProfileNumbers, row: Int) -> [ScorecardReason] {
    let one = numbers.only(rows: [row])
    var sums = [Double](repeating: 0, count: ReasonSubject.allCases.count)
    var seen = Set<ReasonSubject>()
    for term in terms {
      guard let cell = term.cells(one)?.first, Int(cell) < term.weights.count else { continue }
      let subject = ReasonSubject(term.feature)
      seen.insert(subject)
      sums[subject.rawValue] += term.weights[Int(cell)]
    }
    return ReasonSubject.allCases.filter(seen.contains)
      .map { ScorecardReason(words: one.words(for: $0), evidence: sums[$0.rawValue]) }
      .sorted { abs($0.evidence) > abs($1.evidence) }
  }
}

extension ProfileNumbers {
  /// What the first follower's numbers say on a subject.
  fileprivate func words(for subject: ReasonSubject) -> String {
    switch subject {
    case .circle:
      [counted(.friends, "follows"), counted(.followers, "followed by")]
        .compactMap(\.self).joined(separator: ", ")
    case .posts: noun(.statuses, "post", "posts")
    case .likes: noun(.favourites, "like", "likes")
    case .listed: first(.listed) > 0 ? "on " + noun(.listed, "list", "lists") : "on no list"
    case .description: first(.emptyDescription) > 0 ? "empty description" : "has a description"
    case .age: ageWords
    }
  }

  private var ageWords: String {
    let age = first(.accountAge)
    let days = "account of \(grouped(age)) \(age < 1.5 ? "day" : "days")"
    guard let friends = self[.friends]?.first, friends.isFinite, age >= 1 else { return days }
    let pace = (friends / age * 100).rounded() / 100
    return "\(days), follows \(pace) a day"
  }

  private func counted(_ column: ProfileColumn, _ verb: String) -> String? {
    guard let value = self[column]?.first, value.isFinite else { return nil }
    return "\(verb) \(grouped(value))"
  }

  private func noun(_ column: ProfileColumn, _ one: String, _ many: String) -> String {
    let value = first(column)
    if value == 0 { return "no \(many)" }
    return "\(grouped(value)) \(value == 1 ? one : many)"
  }

  private func first(_ column: ProfileColumn) -> Double {
    self[column]?.first ?? .nan
  }
}

/// A count with a comma at every thousand; "?" where unknown.
private func grouped(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "?" }
  let digits = String(Int(abs(value).rounded()))
  var text = value <= -0.5 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}
