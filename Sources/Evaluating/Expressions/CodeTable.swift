import Columns
import Kernels

/// The results of a function for each text of a dictionary.
final class CodeTable {
  let dictionary: TextDictionary
  /// Whether codes have two bytes.
  let isWide: Bool
  private let count: Int
  /// A byte each code, 0 where the result is null; nil when none is.
  private let present: [UInt8]?
  /// A byte each code, 1 where the function has a fault; nil when it has none.
  private let faulty: [UInt8]?
  private let results: Results

  private enum Results {
    case bools([UInt8])
    case integers([Int64])
    case doubles([Double])
    /// The dictionary of the results, and the code in it of each code; nil when they are equal.
    case texts(TextDictionary, codes: [UInt16]?)
  }

  /// Takes the results of a dictionary's texts, whose memory is not used later.
  ///
  /// The tables have a place for every code of the width, also for those that the dictionary lacks,
  /// as may stand under nulls.
  init(_ dictionary: TextDictionary, _ vector: Vector, isWide: Bool) {
    self.dictionary = dictionary
    self.isWide = isWide
    count = vector.count
    let size = isWide ? 1 << 16 : 256
    var present = [UInt8](repeating: 1, count: size)
    for code in 0..<vector.count where vector.isNull(at: code) { present[code] = 0 }
    self.present = present.contains(0) ? present : nil
    faulty = vector.faults.map { faults in
      (0..<size).map { $0 < vector.count ? UInt8(faults[$0 >> 6] >> UInt64($0 & 63) & 1) : 0 }
    }
    switch vector.type {
    case .bool:
      var bools = [UInt8](repeating: 0, count: size)
      for code in 0..<vector.count { bools[code] = vector.scalar(at: code) == .bool(true) ? 1 : 0 }
      results = .bools(bools)
    case .float:
      var doubles = [Double](repeating: 0, count: size)
      for code in 0..<vector.count { doubles[code] = vector.scalar(at: code).number ?? 0 }
      results = .doubles(doubles)
    case .int, .date, .time, .duration:
      var integers = [Int64](repeating: 0, count: size)
      for code in 0..<vector.count { integers[code] = vector.scalar(at: code).integer ?? 0 }
      results = .integers(integers)
    case .string:
      results = Self.distinctTexts(vector, size)
    }
  }

  private static func distinctTexts(_ vector: Vector, _ size: Int) -> Results {
    // By bytes: strings that are equal by canonical equivalence alone are different texts.
    var known: [[UInt8]: UInt16] = [:]
    var texts: [String] = []
    var codes = [UInt16](repeating: 0, count: size)
    for code in 0..<vector.count {
      guard case .string(let text) = vector.scalar(at: code) else { continue }
      let key = Array(text.utf8)
      if let found = known[key] {
        codes[code] = found
      } else {
        let next = UInt16(truncatingIfNeeded: texts.count)
        known[key] = next
        codes[code] = next
        texts.append(text)
      }
    }
    let isSame = texts.count == vector.count
    return .texts(TextDictionary(texts), codes: isSame ? nil : codes)
  }

  /// The results of rows.
  func map(
    _ codes: UnsafePointer<UInt8>, _ validity: UnsafePointer<UInt64>?, _ type: DataType,
    _ frame: Frame
  ) -> Vector {
    let storage: Vector.Storage
    switch results {
    case .bools(let bools):
      let bits = frame.bits()
      lookUpBits(codes, in: bools, knownCodes: count, count: frame.count, into: bits)
      storage = .bits(bits)
    case .integers(let integers): storage = .int64(lookUp(codes, integers, frame))
    case .doubles(let doubles): storage = .float64(lookUp(codes, doubles, frame))
    case .texts(let dictionary, nil): storage = .codes8(codes, dictionary)
    case .texts(let dictionary, let mapping?):
      let out = frame.output(UInt8.self)
      for row in 0..<frame.count {
        out[row] = UInt8(truncatingIfNeeded: mapping[Int(codes[row])])
      }
      storage = .codes8(out, dictionary)
    }
    return vector(storage, type, validity, frame) { table, bits in
      lookUpBits(codes, in: table, knownCodes: self.count, count: frame.count, into: bits)
    }
  }

  /// The results of rows.
  func map(
    _ codes: UnsafePointer<UInt16>, _ validity: UnsafePointer<UInt64>?, _ type: DataType,
    _ frame: Frame
  ) -> Vector {
    let storage: Vector.Storage
    switch results {
    case .bools(let bools):
      let bits = frame.bits()
      lookUpBits(codes, in: bools, count: frame.count, into: bits)
      storage = .bits(bits)
    case .integers(let integers): storage = .int64(lookUp(codes, integers, frame))
    case .doubles(let doubles): storage = .float64(lookUp(codes, doubles, frame))
    case .texts(let dictionary, nil): storage = .codes16(codes, dictionary)
    case .texts(let dictionary, let mapping?):
      let out = frame.output(UInt16.self)
      for row in 0..<frame.count {
        out[row] = mapping[Int(codes[row])]
      }
      storage = .codes16(out, dictionary)
    }
    return vector(storage, type, validity, frame) { table, bits in
      lookUpBits(codes, in: table, count: frame.count, into: bits)
    }
  }

  private func lookUp<Code: FixedWidthInteger, Value: BitwiseCopyable>(
    _ codes: UnsafePointer<Code>, _ table: [Value], _ frame: Frame
  ) -> UnsafePointer<Value> {
    let out = frame.output(Value.self)
    table.withUnsafeBufferPointer { table in
      for row in 0..<frame.count {
        out[row] = table[Int(truncatingIfNeeded: codes[row])]
      }
    }
    return UnsafePointer(out)
  }

  private func vector(
    _ storage: Vector.Storage, _ type: DataType, _ validity: UnsafePointer<UInt64>?,
    _ frame: Frame, _ lookUpByte: ([UInt8], UnsafeMutablePointer<UInt64>) -> Void
  ) -> Vector {
    var validity = validity
    if let present {
      let bits = frame.bits()
      lookUpByte(present, bits)
      validity = frame.restrict(validity, to: bits)
    }
    var faults: UnsafePointer<UInt64>?
    if let faulty {
      let bits = frame.bits()
      lookUpByte(faulty, bits)
      faults = frame.faultsOfPresent(bits, validity)
    }
    return Vector(
      count: frame.count, type: type, storage: storage, validity: validity, faults: faults)
  }
}
