import Checking
import Columns
import Plans
import Testing

@Suite struct RatioVerbTests {
  @Test func byKeys() throws {
    let (pipeline, errors) = lower("example | ratio friends / followers by lang")
    #expect(errors == [])
    let run = try #require(pipeline)
    #expect(
      run.plan.schema.names == ["lang", "n", "median", "low", "high", "ratio", "zero", "caution"])
    #expect(
      run.plan.lines.dropFirst().first
        == "| select lang, `#value` = float(friends) / float(clamp(followers, 1, "
        + "9223372036854775807)), `#above` = friends, `#below` = followers")
    #expect(run.plan.lines.last == "| sort n desc")
    #expect(run.notes.count == 2)
    #expect(run.notes[0].contains("max(1, followers)"))
  }

  @Test func timesStayInOrder() {
    let (pipeline, _) = lower("example | ratio friends / followers by month(created_at)")
    #expect(pipeline?.plan.lines.last == "| sort month")
  }

  @Test func shares() throws {
    let (pipeline, errors) = lower("example | ratio (followers < 10) by lang, account")
    #expect(errors == [])
    let run = try #require(pipeline)
    #expect(
      Array(run.plan.lines.dropFirst()) == [
        "| aggregate n = count((followers < 10) != null), hits = count(followers < 10) "
          + "by lang, account",
        "| derive share = float(hits) / float(n), low = wilson_low(hits, n), "
          + "high = wilson_high(hits, n)",
      ])
  }

  @Test func bands() throws {
    let (pipeline, errors) = lower("example | ratio friends / followers")
    #expect(errors == [])
    let run = try #require(pipeline)
    #expect(run.plan.schema.names == ["band", "n", "share", "low", "high"])
    #expect(run.plan.lines.contains("    bands: 7 rows, 3 columns"))
    #expect(run.plan.lines[2].contains("`#band0` = count(`#value` <= 0.02)"))
    #expect(
      run.plan.lines[2].contains("`#band3` = count(`#value` > 0.5 and `#value` < 2.0)"))
    let remark = try #require(run.remarks.first)
    #expect(remark.plan.schema.names == ["n", "median", "low", "high", "zero"])
    let fields = remark.plan.schema.fields
    let row: [Scalar] = [.int(800), .float(0.8349), .float(0.7), .float(1), .int(1)]
    #expect(
      remark.sentences(Table(name: "t", fields: fields, rows: [row])) == [
        "median 0.835 (95 % interval 0.7 to 1.0) of 800 rows",
        "followers is 0 in 1 row, counted as 1",
      ])
  }

  @Test func bandsOfGroups() {
    let (pipeline, errors) = lower("example | ratio friends / followers per account")
    #expect(errors == [])
    #expect(pipeline?.plan.schema.names == ["account", "band", "n", "share", "low", "high"])
  }

  @Test func aFollowerListNeedsNoArguments() {
    #expect(lower("example | ratio").pipeline?.plan.schema.names.first == "band")
    expectErrors(
      "select id | ratio",
      "'ratio' needs a / b, or a follower list with the columns friends and followers: write "
        + "ratio A / B [by KEY, …] [per KEY, …], or ratio (CONDITION) [by KEY, …]")
  }

  @Test func errors() {
    expectErrors(
      "ratio followers",
      "'ratio' takes a / b or a condition, found an int: write ratio friends / followers, or "
        + "ratio (followers < 10)")
    expectErrors("ratio name / followers", "'ratio' takes numbers, found a string")
    expectErrors(
      "ratio frends / followerz",
      "no column 'frends' in example: did you mean 'friends'?",
      "no column 'followerz' in example: did you mean 'followers' or 'followed_at'?")
  }

  @Test func namesDoNotClash() {
    let (pipeline, errors) = lower("example | ratio friends / followers by n = lang, low = account")
    #expect(errors == [])
    #expect(
      pipeline?.plan.schema.names == [
        "n", "low", "n_2", "median", "low_2", "high", "ratio", "zero", "caution",
      ])
  }
}
