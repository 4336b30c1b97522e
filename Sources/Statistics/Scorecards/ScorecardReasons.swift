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
    reasons(numbers, rows: [row], from: -.infinity, most: .max)[0]
  }

  /// The same of some followers of a block: at most so many of each, with at least some evidence.
  ///
  /// Each term is looked up for all of them at once, and words are made for the reasons given alone.
  package func reasons(
    _ numbers: ProfileNumbers, rows: [Int], from least: Double, most: Int
  ) -> [[ScorecardReason]] {
    let some = numbers.only(rows: rows)
    let known = terms.compactMap { term in
      term.cells(some).map { (subject: ReasonSubject(term.feature), term: term, cells: $0) }
    }
    var sums = [Double](repeating: 0, count: ReasonSubject.allCases.count)
    return rows.indices.map { index in
      for subject in sums.indices { sums[subject] = .nan }
      for (subject, term, cells) in known where Int(cells[index]) < term.weights.count {
        let before = sums[subject.rawValue]
        sums[subject.rawValue] = (before.isNaN ? 0 : before) + term.weights[Int(cells[index])]
      }
      // NaN, what nothing is known of, is not at least anything.
      return ReasonSubject.allCases.filter { sums[$0.rawValue] >= least }
        .sorted { abs(sums[$0.rawValue]) > abs(sums[$1.rawValue]) }.prefix(most)
        .map { ScorecardReason(words: some.words(for: $0, index), evidence: sums[$0.rawValue]) }
    }
  }
}

extension ProfileNumbers {
  /// What a follower's numbers say on a subject.
  fileprivate func words(for subject: ReasonSubject, _ row: Int) -> String {
    switch subject {
    case .circle:
      [counted(.friends, "follows", row), counted(.followers, "followed by", row)]
        .compactMap(\.self).joined(separator: ", ")
    case .posts: noun(.statuses, "post", "posts", row)
    case .likes: noun(.favourites, "like", "likes", row)
    case .listed:
      number(.listed, row) > 0 ? "on " + noun(.listed, "list", "lists", row) : "on no list"
    case .description:
      number(.emptyDescription, row) > 0 ? "empty description" : "has a description"
    case .age: ageWords(row)
    }
  }

  private func ageWords(_ row: Int) -> String {
    let age = number(.accountAge, row)
    let days = "account of \(grouped(age)) \(age < 1.5 ? "day" : "days")"
    let friends = number(.friends, row)
    guard friends.isFinite, age >= 1 else { return days }
    let pace = (friends / age * 100).rounded() / 100
    return "\(days), follows \(pace) a day"
  }

  private func counted(_ column: ProfileColumn, _ verb: String, _ row: Int) -> String? {
    let value = number(column, row)
    return value.isFinite ? "\(verb) \(grouped(value))" : nil
  }

  private func noun(
    _ column: ProfileColumn, _ one: String, _ many: String, _ row: Int
  ) -> String {
    let value = number(column, row)
    if value == 0 { return "no \(many)" }
    return "\(grouped(value)) \(value == 1 ? one : many)"
  }

  private func number(_ column: ProfileColumn, _ row: Int) -> Double {
    self[column]?[row] ?? .nan
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
