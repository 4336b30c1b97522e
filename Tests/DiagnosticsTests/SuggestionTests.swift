import Diagnostics
import Testing

@Test func nearestNames() {
  let names = ["followers", "friends", "followed_at", "lang", "statuses"]
  #expect(Suggestion.nearest(to: "folowers", among: names).first == "followers")
  #expect(Suggestion.nearest(to: "freinds", among: names) == ["friends"])
  #expect(Suggestion.nearest(to: "followedAt", among: names).first == "followed_at")
  #expect(Suggestion.nearest(to: "zzzz", among: names).isEmpty)
  #expect(Suggestion.hint(for: "lnag", among: names) == "did you mean 'lang'?")
}

@Test func positionsCountCharacters() {
  let source = Source(name: "-c", text: "é = 1\nab")
  #expect(source.position(of: 3) == (1, 3))
  #expect(source.position(of: 7) == (2, 1))
  #expect(source.line(2) == "ab")
  #expect(source.position(of: 99) == (2, 3))
}
