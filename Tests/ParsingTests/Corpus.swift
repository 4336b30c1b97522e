import Diagnostics
import Testing

@testable import Parsing

/// Programs that must parse: those of the design and of the bench, and shapes of our own.
enum Corpus {
  static let programs = [
    """
    load "exports/acme.csv" as acme            # a file, a glob, gz or zst
    load "rival.jsonl" as rival

    acme | filter followers < 10 and friends > 1k
         | group n = count(), typical = median(statuses) by lang
         | top 5 by n

    acme | classify | ratio friends / followers by class
    rival | filter id not in acme | top 20 by followers
    acme | cohort in 2024-03-05..2024-03-08 | classify | group by class
    acme | spike                                # = spike count() by day(followed_at)
    acme | spike count() by day(followed_at) per account with q = 0.01, half_window = 21
    compare acme, rival
    let fresh = acme | filter created_at >= 2024-01 and followed_at in 2024-03
    def risky(t, limit = 50) = t | filter friends / followers > limit
    fresh | risky 100 | classify | take 20
    acme | audit to "acme.html"
    """,
    "load \"x.csv\" as t with header = false, delimiter = \";\", types = false, null = \"-\"",
    "load \"brands/*.csv\" as all; param account: string = \"acme\"; param t: table",
    "attach \"clickhouse://host:8123/db\" as ch; ch.followers | filter a > 1; explain ch.f; sql ch.f",
    "acme | top 3 by followers per account; acme | group by lang; 10k / 37",
    "acme | group n = count() by day(x) with fill = true",
    "acme | filter t <= 2024-03 and t > 2024-03 or t in 2024-03",
    "acme | filter id in (rival | select id) and not lang in ('en', \"de\") or x between 1 and 2",
    "f | filter followers < 10 and friends > 1000 | group n = count()",
    """
    f | group c = count() by account, d = day(followed_at) | window p = lag(c) by d per account
     | window k = rolling_count(p, 28), m = rolling_median(p, 28) by d per account
     | filter k == 28 and c >= 50 and c > m + 6 * 1.4826 * mad | select account, d, c
    """,
    """
    f | join (f | select follower_id, other = account) on follower_id
      | filter account <= other | group n = count() by account, other
    """,
    "f | filter contains(description, \"coffee\") | group n = count()",
    "f | filter screen_name matches /[a-z]+[0-9]{6,}/i | group n = count()",
    "f | derive b = floor(20 / (1 + exp(-((-1.2) + 1.9 * if(a == null, 1, 0))))) | group n = count() by b",
    "f | derive x = (followed_at - created_at) / 1d / 1000, y = case(a, 1, b, 2, 3) per account",
    "f | save \"out.arrow\" with replace = true, format = \"arrow\"",
    "p | group n = count(), r = ratio(friends, followers), m = median(statuses) by label",
    "`odd name` | select `a b`, $p, @h, json(c, \"a.b[0]\"), x ?? 0 | sort by a desc, b asc",
    "let limit = 3; (acme | take 3) | union rival; \"x.csv\" | take 2; _ | take 1; verify a | count",
    "a | derive z = not (x = 1 || y <> 2) && !w, r = -x // 2 % 3, q = 1h30min + 2w",
    "1 + 1",
  ]
}

/// Parses a text that must be right.
func expectNoErrors(_ text: String, location: SourceLocation = #_sourceLocation) {
  let (program, diagnostics) = parse(Source(name: "test", text: text))
  #expect(diagnostics.map(\.described) == [], "\(text)", sourceLocation: location)
  #expect(!program.statements.isEmpty, sourceLocation: location)
  #expect(isComplete(Source(name: "test", text: text)), sourceLocation: location)
  expectRangesInside(text, program, diagnostics, location)
}
