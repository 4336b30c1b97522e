import Plans
import Testing

@Suite struct JoinVerbTests {
  private let other = "    other: 0 rows, 5 columns"

  @Test func keys() {
    expectSteps(
      "select screen_name | join other on screen_name", "| select screen_name",
      "| join inner on screen_name adding handle, followers, created_at, verified", other)
    expectSteps(
      "select id, name | join other on name = handle", "| select id, name",
      "| join inner on name = handle adding screen_name, handle, followers, created_at, verified",
      other)
    expectSteps(
      "select name | join other on lower(name) == handle", "| select name",
      "| join inner on lower(name) = handle adding screen_name, handle, followers, created_at, "
        + "verified", other)
    expectSteps(
      "select screen_name | join other on example.screen_name == other.handle with kind = semi",
      "| select screen_name", "| join semi on screen_name = handle", other)
  }

  @Test func kindsAndClashes() {
    expectSteps(
      "select screen_name, followers | join other on screen_name with kind = left",
      "| select screen_name, followers",
      "| join left on screen_name adding handle, followers_2 = followers, created_at, verified",
      other,
      columns: ["screen_name", "followers", "handle", "followers_2", "created_at", "verified"])
    expectSteps(
      "join other on screen_name with kind = anti", "| join anti on screen_name", other)
    expectSteps(
      "select screen_name | lookup other on screen_name", "| select screen_name",
      "| join lookup on screen_name adding handle, followers, created_at, verified", other)
  }

  @Test func typesAreMadeAlike() {
    expectSteps(
      "join other on followers, created_at with kind = semi",
      "| join semi on float(followers) = followers, created_at = time(created_at)", other)
    expectErrors(
      "join other on verified",
      "the keys are of one type, found a bool and a string: string(x) or int(x) makes them alike")
  }

  @Test func errors() {
    expectErrors(
      "select screen_name | join other", "'join' needs on: both have screen_name: on screen_name")
    expectErrors(
      "join other on idd",
      "no column 'idd' in example: did you mean 'id'?",
      "no column 'idd' in other: there are screen_name, handle, followers, created_at, verified")
    expectErrors(
      "join", "'join' needs a table: write join TABLE on KEY, LEFT = RIGHT, … [with kind = inner]")
  }

  @Test func subpipelines() {
    expectSteps(
      "select lang | join (example | group n = count() by lang) on lang", "| select lang",
      "| join inner on lang adding n", "    example: 8 rows, 13 columns",
      "    | aggregate n = count() by lang")
  }
}
