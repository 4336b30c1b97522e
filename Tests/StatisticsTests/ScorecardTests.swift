import Glibc
import Statistics
import Testing

/// Followers drawn from two made-up crowds, the first `fakes` of them fakes.
private func crowd(_ count: Int, fakes: Int, seed: UInt64) -> ProfileNumbers {
  var generator = SplitMix64(seed: seed)
  var numbers = ProfileNumbers(count: count)
  func drawn(_ fake: Double, _ genuine: Double, _ sigma: Double) -> [Double] {
    (0..<count).map {
      generator.logNormal(median: $0 < fakes ? fake : genuine, sigma: sigma).rounded()
    }
  }
  numbers[.followers] = drawn(8, 120, 0.8)
  numbers[.friends] = drawn(400, 250, 1)
  numbers[.statuses] = drawn(10, 300, 1.5)
  numbers[.favourites] = drawn(0.4, 60, 1.5)
  numbers[.accountAge] = drawn(300, 1500, 0.8)
  return numbers
}

/// The sum of lookups, one row and one edge at a time.
private func plainEvidence(_ card: Scorecard, _ numbers: ProfileNumbers, row: Int) -> Double {
  var sum = card.intercept
  for term in card.terms {
    let values = term.features.map { numbers.feature($0)?[row] ?? .nan }
    if values.contains(where: \.isNaN) { continue }
    var cell = term.edges.count { $0 <= values[0] }
    if values.count == 2 {
      cell = cell * (term.across.count + 1) + term.across.count { $0 <= values[1] }
    }
    sum += term.weights[cell]
  }
  return sum
}

@Test(arguments: [1, 2, 3] as [UInt64])
func evidenceIsTheSumOfLookups(seed: UInt64) {
  var generator = SplitMix64(seed: seed)
  var numbers = crowd(500, fakes: 200, seed: seed)
  numbers[.listed] = (0..<500).map { _ in Double(generator.integer(below: 4)) }
  numbers[.followers] = numbers[.followers].map { values in
    values.map { generator.chance(0.1) ? .nan : $0 }
  }
  let evidence = Scorecard.trained.evidence(numbers)
  for row in evidence.indices {
    let plain = plainEvidence(.trained, numbers, row: row)
    #expect(abs(evidence[row] - plain) < 1e-12, "seed \(seed) row \(row)")
  }
}

@Test func missingColumnsAddNothing() {
  let none = ProfileNumbers(count: 3)
  #expect(
    Scorecard.trained.evidence(none) == Array(repeating: Scorecard.trained.intercept, count: 3))
  var unknown = none
  for column in ProfileColumn.allCases { unknown[column] = [.nan, .nan, .nan] }
  #expect(Scorecard.trained.evidence(unknown) == Scorecard.trained.evidence(none))
  #expect(Scorecard.trained.reasons(unknown, row: 0).isEmpty)
}

@Test func knownDirectionsNeverTurn() {
  let directions: [(ScorecardFeature, Double)] = [
    (.followers, -1), (.favourites, -1), (.favouritesPerDay, -1), (.listed, -1),
    (.emptyDescription, 1), (.friendsPerDay, 1), (.friendsPerFollowerSquared, 1),
    (.accountAge, -1),
  ]
  for (feature, sign) in directions {
    for term in Scorecard.trained.terms where term.features == [feature] {
      for (low, high) in zip(term.weights, term.weights.dropFirst()) {
        #expect((high - low) * sign >= 0, "\(feature)")
      }
    }
  }
}

@Test func quietPeopleAreSparedAndHollowAccountsAreNot() {
  var numbers = ProfileNumbers(count: 3)
  // A quiet reader, a busy writer, an account that follows a thousand unheard.
  numbers[.followers] = [25, 900, 3]
  numbers[.friends] = [30, 700, 1204]
  numbers[.statuses] = [0, 8000, 2]
  numbers[.favourites] = [3, 4000, 0]
  numbers[.listed] = [0, 12, 0]
  numbers[.emptyDescription] = [1, 0, 1]
  numbers[.accountAge] = [2000, 2500, 300]
  let evidence = Scorecard.trained.evidence(numbers)
  #expect(evidence[0] < -1 && evidence[1] < -4 && evidence[2] > 3)
  #expect(score(evidence: evidence[2], baseRate: 0.05) > 0.5)
  let reasons = Scorecard.trained.reasons(numbers, row: 2)
  #expect(reasons.contains { $0.words == "follows 1,204, followed by 3" && $0.evidence > 1 })
  #expect(reasons.contains { $0.words == "no likes" })
  #expect(zip(reasons, reasons.dropFirst()).allSatisfy { abs($0.evidence) >= abs($1.evidence) })
  let sum = reasons.map(\.evidence).reduce(Scorecard.trained.intercept, +)
  #expect(abs(sum - evidence[2]) < 1e-12)
}

@Test func followersOfUnseenListsAreSpared() throws {
  let points = Scorecard.trained.points
  let even = try #require(points.at(evidence: evidence(score: 0.5, baseRate: 0.5)))
  #expect(even.specificity.lowerBound >= 0.975)
  for (low, high) in zip(points, points.dropFirst()) {
    #expect(low.evidence < high.evidence)
    #expect(low.sensitivity.lowerBound >= high.sensitivity.lowerBound)
    #expect(low.specificity.lowerBound <= high.specificity.lowerBound)
  }
}

@Test func scoresAndEvidenceAreInverse() {
  for rate in [0.01, 0.05, 0.5, 0.9] {
    for wanted in [0.02, 0.5, 0.9] {
      #expect(
        abs(score(evidence: evidence(score: wanted, baseRate: rate), baseRate: rate) - wanted)
          < 1e-12)
    }
  }
  #expect(score(evidence: 4, baseRate: 0) == 0 && score(evidence: -4, baseRate: 1) == 1)
  #expect(abs(evidence(score: 0.5, baseRate: 0.05) - log(19)) < 1e-12)
}

@Test func savedModelsReadBackTheSame() throws {
  #expect(try Scorecard(text: Scorecard.trained.text) == .trained)
  let broken: [(String, Int)] = [
    ("something else", 1), ("decoy scorecard 1\nintercept x", 2),
    ("decoy scorecard 1\nintercept 0\nterm beauty", 3),
    ("decoy scorecard 1\nintercept 0\nterm friends\nedges 5 4", 4),
    ("decoy scorecard 1\nintercept 0\nterm friends\nedges 5\nweights 1", 5),
    ("decoy scorecard 1\nterm friends\nedges 5\nweights 1 2", 4),
  ]
  for (text, line) in broken {
    #expect(throws: ScorecardTextError.self) { try Scorecard(text: text) }
    do throws(ScorecardTextError) { _ = try Scorecard(text: text) } catch {
      #expect(error.line == line)
    }
  }
}

@Test func aFitFindsTheFakesOfAnotherDraw() throws {
  let learn = crowd(3000, fakes: 600, seed: 5)
  let card = try fitScorecard(name: "mine", numbers: learn, fake: (0..<3000).map { $0 < 600 })
  let test = crowd(4000, fakes: 1000, seed: 6)
  let evidence = card.evidence(test)
  let found = evidence[..<1000].count { $0 >= 0 }
  let accused = evidence[1000...].count { $0 >= 0 }
  #expect(found > 950 && accused < 120, "\(found) found, \(accused) accused")
  // Calibrated: what is left out while fitting is about as good as what is new.
  let point = try #require(card.points.at(evidence: 0))
  #expect(point.sensitivity.lowerBound - 0.02 < Double(found) / 1000)
  #expect(point.specificity.lowerBound - 0.02 < 1 - Double(accused) / 3000)
  let again = try fitScorecard(name: "mine", numbers: learn, fake: (0..<3000).map { $0 < 600 })
  #expect(again == card)
  #expect(try Scorecard(text: card.text) == card)
}

@Test func fittingNeedsBothClasses() {
  let numbers = crowd(100, fakes: 10, seed: 1)
  #expect(throws: ScorecardFittingError.tooFew(fake: 10, genuine: 90, least: 20)) {
    try fitScorecard(name: "x", numbers: numbers, fake: (0..<100).map { $0 < 10 })
  }
  #expect(throws: ScorecardFittingError.nothingToLookAt) {
    try fitScorecard(
      name: "x", numbers: ProfileNumbers(count: 100), fake: (0..<100).map { $0 < 50 })
  }
}

@Test func sharesAreCorrected() {
  // 20 % called of which 5 % of the genuine are: (0.2 − 0.05) / (0.8 − 0.05).
  #expect(
    roganGladen(called: 0.2, sensitivity: 0.8, specificity: 0.95).map { abs($0 - 0.2) < 1e-12 }
      == true)
  #expect(roganGladen(called: 0.01, sensitivity: 0.8, specificity: 0.95) == 0)
  #expect(roganGladen(called: 0.5, sensitivity: 0.5, specificity: 0.5) == nil)
  let point = OperatingPoint(evidence: 0, sensitivity: 0.7...0.9, specificity: 0.9...1)
  let share = correctedShare(hits: 300_000, of: 1_000_000, at: point)
  #expect(share.range.low <= share.estimate && share.estimate <= share.range.high)
  #expect(abs(share.range.low - 0.25) < 2e-3 && abs(share.range.high - 0.3 / 0.7) < 2e-3)
  #expect(abs(share.calledOnCleanList - 0.05) < 1e-12)
}

/// Two of ten accused by a test that accuses one genuine follower in twenty may be chance.
@Test func fewFollowersSayLittle() {
  let point = OperatingPoint(evidence: 0, sensitivity: 0.7...0.9, specificity: 0.9...1)
  let few = correctedShare(hits: 2, of: 10, at: point)
  #expect(few.range.low == 0 && few.range.high > 0.7, "\(few.range)")
  let many = correctedShare(hits: 2000, of: 10_000, at: point)
  #expect(many.range.low > 0.1 && many.range.high < 0.31, "\(many.range)")
}

@Test func publicCheckersFollowTheirRules() {
  var profile = CheckedProfile()
  for checker in PublicChecker.allCases { #expect(checker.verdict(profile) == .unknown) }
  profile.followers = 10
  profile.friends = 600
  profile.statuses = 12
  #expect(PublicChecker.socialbakers.verdict(profile) == .suspect)
  #expect(PublicChecker.stateOfSearch.verdict(profile) == .genuine)
  profile.friends = 1000
  #expect(PublicChecker.stateOfSearch.verdict(profile) == .suspect)
  profile.followers = 300
  profile.statuses = 80
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .genuine)
  #expect(PublicChecker.socialbakers.verdict(profile) == .genuine)
}

@Test func ratiosOfPublicCheckersKnowZeroes() {
  var profile = CheckedProfile()
  for (friends, followers, verdict) in [
    (0.0, 0.0, CheckerVerdict.genuine), (3, 0, .suspect), (49, 1, .genuine), (50, 1, .suspect),
  ] {
    profile.friends = friends
    profile.followers = followers
    #expect(PublicChecker.socialbakers.verdict(profile) == verdict, "\(friends) to \(followers)")
  }
}

@Test func pointsOfCamisaniCalzolariAreBalanced() {
  var profile = CheckedProfile()
  profile.followers = 3
  profile.friends = 500
  profile.statuses = 0
  profile.listed = 0
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .suspect)
  profile.hasURL = false
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .fake)
  // Five against and one for it are −4: uncertain.
  profile.hasName = true
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .suspect)
  profile.hasDefaultImage = false
  profile.hasLocation = true
  profile.hasDescription = true
  // Five against and four for it.
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .suspect)
  profile.listed = 1
  #expect(PublicChecker.camisaniCalzolari.verdict(profile) == .genuine)
  #expect(PublicChecker.camisaniCalzolari.rules(profile).count == 9)
}
