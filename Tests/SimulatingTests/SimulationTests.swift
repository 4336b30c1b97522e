import Calendars
import Simulating
import Testing

private func hash(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

@Test func sameOptionsGiveTheSameBytes() throws {
  let list = try SimulatedList(.eventful())
  #expect(hash(list.bytes) == 11_718_625_975_149_749_680)
  #expect(hash(list.labelBytes) == 17_474_067_955_055_365_148)
  #expect(hash(Array(list.truth.json.utf8)) == 17_579_919_629_131_687_475)
  var other = try SimulationOptions.eventful()
  other.seed = 8
  #expect(try SimulatedList(other).bytes != list.bytes)
}

@Test func rowsAreWellFormed() throws {
  let list = try SimulatedList(.eventful())
  let created = list.times("created_at")
  let followed = list.times("followed_at")
  let captured = (19_723 + 150) * 86_400
  #expect(list.rows.allSatisfy { $0.count == list.header.count })
  #expect(list.rows.count == list.truth.rows && list.labels.count == list.truth.rows)
  #expect(list.labels.map { $0[0] } == list.column("id"))
  #expect(zip(created, followed).allSatisfy { $0 <= $1 && $1 < captured && $0 > 0 })
  #expect(zip(followed, followed.dropFirst()).allSatisfy { $0 >= $1 })
  let statuses = zip(list.times("last_status_at"), created)
  #expect(statuses.allSatisfy { $0 == -1 || $0 >= $1 && $0 <= captured })
  #expect(
    zip(list.column("statuses"), list.column("last_status_at")).allSatisfy {
      ($0 == "0") == $1.isEmpty
    })
  let texts = list.column("description") + list.column("location")
  #expect(texts.contains { $0.contains("\n") } && texts.contains { $0.contains(",") })
  #expect(texts.contains { $0.contains("\"") } && texts.contains(""))
  #expect(list.column("screen_name").allSatisfy { (1...15).contains($0.utf8.count) })
}

@Test func idsAreSnowflakesOfTheirTime() throws {
  var options = SimulationOptions()
  options.rate = 20
  options.columns = .twitter
  let list = try SimulatedList(options)
  let ids = list.column("id").compactMap { Int($0) }
  #expect(Set(ids).count == list.rows.count)
  for (id, created) in zip(ids, list.times("created_at")) where id >= 1 << 40 {
    #expect(((id >> 22) + 1_288_834_974_657) / 1000 == created)
  }
  let byTime = zip(list.times("created_at"), ids).sorted { $0 < $1 }
  #expect(zip(byTime, byTime.dropFirst()).allSatisfy { $0.0 == $1.0 || $0.1 < $1.1 })
}

@Test func spikesAreBlocks() throws {
  var options = SimulationOptions()
  options.spikes = [try Spike("100:400:0.75")]
  let list = try SimulatedList(options)
  let rows = list.places(of: "spike 0")
  let midnight = (19_723 + 100) * 86_400
  let followed = rows.map { list.times("followed_at")[$0] - midnight }
  #expect(rows.count == 400)
  let (first, last) = (followed.min() ?? -1, followed.max() ?? -1)
  #expect(first >= 0 && last < 86_400 && last - first < 6 * 3600)
  // 300 fakes of one window; a tenth of the others are fakes of any age.
  let created = list.times("created_at")
  let fakes = rows.filter { list.labels[$0][1] == "fake" }.map { midnight - created[$0] }.sorted()
  #expect(fakes.count >= 300 && fakes.count < 330)
  let inWindow = fakes.indices.map { low in
    fakes.count { $0 >= fakes[low] && $0 < fakes[low] + 10 * 86_400 }
  }
  #expect(inWindow.max() ?? 0 >= 300)
  #expect(fakes[fakes.count / 2] > 20 * 86_400 && fakes[fakes.count / 2] <= 200 * 86_400)
}

@Test func eventsLeaveOrdinaryGrowthAsItWas() throws {
  var options = SimulationOptions()
  options.days = 100
  let plain = Set(try SimulatedList(options).rows)
  options.spikes = [try Spike("50:200:1")]
  options.drips = [try Drip("10:40:5")]
  let list = try SimulatedList(options)
  let ordinary = list.rows.indices.filter { list.labels[$0][2].isEmpty }.map { list.rows[$0] }
  #expect(Set(ordinary) == plain)
}

@Test func viralWavesHalve() throws {
  var options = SimulationOptions()
  options.rate = 0
  options.virals = [try Viral("200:1000")]
  let list = try SimulatedList(options)
  let days = list.times("followed_at").map { $0 / 86_400 - 19_723 }
  #expect(
    (199...212).map { day in days.count { $0 == day } } == [
      0, 1000, 500, 250, 125, 62, 31, 15, 7, 3, 1, 0, 0, 0,
    ])
  #expect(list.labels.count { $0[1] == "fake" } < 300)
}

@Test func dripsComeFromThreeWindows() throws {
  var options = SimulationOptions()
  options.rate = 0
  options.drips = [try Drip("100:189:12")]
  let list = try SimulatedList(options)
  #expect(abs(list.rows.count - 90 * 12) < 6 * 33)
  #expect(list.labels.allSatisfy { $0[1] == "fake" && $0[2] == "drip 0" })
  let created = Set(list.times("created_at").map { $0 / 86_400 })
  #expect(created.count <= 30 && created.count >= 10)
}

@Test func purgesAndGapsTakeAway() throws {
  var options = SimulationOptions()
  options.days = 200
  let before = try SimulatedList(options)
  options.purges = [try Purge("100:1")]
  options.gaps = [try Gap("150:152")]
  let after = try SimulatedList(options)
  let times = after.times("followed_at").map { $0 / 86_400 - 19_723 }
  #expect(!times.contains { (150...152).contains($0) })
  #expect(!after.rows.indices.contains { times[$0] < 100 && after.labels[$0][1] == "fake" })
  #expect(after.rows.indices.contains { times[$0] > 100 && after.labels[$0][1] == "fake" })
  #expect(Set(after.rows).isSubset(of: Set(before.rows)))
  #expect(after.truth.json.contains(#""kind": "purge""#))
}

@Test func truthCountsTheRows() throws {
  let list = try SimulatedList(.eventful())
  let json = list.truth.json
  #expect(json.contains("\"rows\": \(list.rows.count),"))
  for (index, name) in ["engaged", "quiet", "fake"].enumerated() {
    #expect(list.labels.count { $0[1] == name } == list.truth.classes[index])
  }
  #expect(
    json.contains(
      #"{"date": "2024-03-01", "added": 500, "left": \#(list.places(of: "spike 0").count)}"#))
  for key in ["drip", "viral", "spike", "purge", "gap"] {
    #expect(json.contains("{\"kind\": \"\(key)\""))
  }
}

@Test func columnsFollowTheOptions() throws {
  var options = SimulationOptions()
  options.days = 30
  options.hasTimes = false
  options.account = "acme, \"inc\""
  options.columns = .twitter
  let list = try SimulatedList(options)
  #expect(!list.header.contains("followed_at") && list.header.contains("followers_count"))
  #expect(list.header.first == "account" && list.rows.allSatisfy { $0[0] == "acme, \"inc\"" })
  let created = list.column("created_at")
  #expect(
    created.allSatisfy { cell in
      var cell = cell
      return cell.withUTF8 { parseTime($0, zone: .utc)?.format } == .twitter
    })
  options = SimulationOptions()
  options.rate = 0
  let empty = try SimulatedList(options)
  #expect(empty.rows.isEmpty && empty.header.contains("followers") && empty.truth.rows == 0)
}

@Test func classesAndFiguresAreAsPlanned() throws {
  var options = SimulationOptions()
  options.rate = 100
  let list = try SimulatedList(options)
  let n = Double(list.rows.count)
  let shares = list.truth.classes.map { Double($0) / n }
  for (share, expected) in zip(shares, [0.6, 0.3, 0.1]) { #expect(abs(share - expected) < 0.02) }
  let statuses = list.column("statuses").compactMap { Int($0) }
  let engaged = list.labels.indices.filter { list.labels[$0][1] == "engaged" }
  let sorted = engaged.map { statuses[$0] }.sorted()
  #expect(abs(Double(sorted[sorted.count / 2]) / 600 - 1) < 0.1)
  #expect(list.labels.indices.allSatisfy { list.labels[$0][1] != "fake" || statuses[$0] <= 5 })
}

@Test func errorsOfSinksArePassedOn() throws {
  struct Full: Error {}
  let simulation = try Simulation(SimulationOptions())
  #expect(throws: Full.self) { try simulation.write(to: { _ in throw Full() }) }
}
