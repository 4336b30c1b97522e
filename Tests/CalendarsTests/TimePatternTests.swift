import Glibc
import Testing

@testable import Calendars

@Suite struct TimePatternTests {
  private func text(_ pattern: TimePattern, _ days: Int, _ second: Int, _ offset: Int = 0) -> String
  {
    String(unsafeUninitializedCapacity: pattern.capacity) { out in
      out.baseAddress.map {
        pattern.write(days: days, second: second, offset: offset, to: $0)
      } ?? 0
    }
  }

  private func byLibrary(_ format: String, _ days: Int, _ second: Int) -> String {
    var time = time_t(days * 86_400 + second)
    var parts = tm()
    gmtime_r(&time, &parts)
    return String(unsafeUninitializedCapacity: 512) { out in
      out.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress, 512, format, &parts) }
    }
  }

  /// The C library's strftime is the twin.
  @Test func asStrftime() throws {
    let seed: UInt64 = 20_240_301
    print("seed \(seed)")
    let format = "%Y %y %m %d %e %H %I %M %S %p %b %B %a %A %j %G %V %u %F %T %% é"
    let pattern = try TimePattern(format)
    var state = seed
    for number in 0..<5_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // From year 1000 to 9999, and the days around each new year in turn.
      var days = Int(state >> 33) % 3_287_000 - 354_285
      if number % 2 == 0 {
        days = daysFromCivil(year: 1900 + number % 400, month: 1, day: 1) + number % 9 - 4
      }
      let second = Int(state >> 20) % 86_400
      #expect(text(pattern, days, second) == byLibrary(format, days, second))
    }
  }

  @Test func offsetsAndOddYears() throws {
    let pattern = try TimePattern("%Y%z")
    #expect(text(pattern, 0, 0, 19_800) == "1970+0530")
    #expect(text(pattern, 0, 0, -12_600) == "1970-0330")
    #expect(text(pattern, -800_000, 0, 1_172) == "-0221+001932")
    #expect(text(pattern, 4_000_000, 0) == "+12921+0000")
    #expect(pattern.needsOffset)
    let all = try TimePattern("%F %j %G %V %u %y")
    for days in [Int.max, Int.min, Int.max / 86_400, Int.min / 86_400] {
      #expect(!text(all, days, 0).isEmpty)
    }
  }

  @Test(arguments: ["%", "a%Q", "%é", "%-d", "%%%"])
  func unknownFieldsAreErrors(_ format: String) {
    #expect(throws: TimePattern.Problem.self) { try TimePattern(format) }
  }
}
