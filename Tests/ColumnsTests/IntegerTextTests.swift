import Columns
import Testing

@Suite struct IntegerTextTests {
  @Test func digitsAreThoseOfTheStandardLibrary() {
    var wanted: [Int64] = [.min, .max, 0, -1]
    var power: Int64 = 1
    for _ in 0..<19 {
      for near in [power - 1, power, power + 1] { wanted += [near, -near] }
      power = power.multipliedReportingOverflow(by: 10).partialValue
    }
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5_000 {
      wanted.append(Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<64))
    }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: integerTextCapacity)
    defer { room.deallocate() }
    for value in wanted {
      let count = writeInteger(value, to: room)
      let text = String(decoding: UnsafeBufferPointer(start: room, count: count), as: UTF8.self)
      #expect(text == String(value))
    }
  }
}
