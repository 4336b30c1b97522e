import Columns
import Plans

/// What is said of the followers of a block.
struct BlockVerdict {
  let start: Int
  /// NaN where nothing is known; none where no column holds them.
  let scores: [Double]
  /// Codes of `ClassTable`.
  let authenticities: [UInt8]
}

/// What is said of all followers: memory for the wanted columns alone.
struct FollowerVerdicts: Sendable {
  /// nil where only classes are told.
  let authenticities: BufferSlice<UInt8>?
  private let classes: BufferSlice<UInt8>?
  /// Codes of `ClassTable`, known before.
  private let activities: BufferSlice<UInt8>?
  private let scores: BufferSlice<Double>?

  /// `activities`: those of all rows, where they are wanted.
  init(_ wanted: [Field], rows: Int, activities: BufferSlice<UInt8>?) {
    let names = Set(wanted.map(\.name))
    authenticities =
      names.isDisjoint(with: ["authenticity", "why"]) ? nil : BufferSlice(capacity: rows)
    classes = names.contains("class") ? BufferSlice(capacity: rows) : nil
    self.activities = activities
    scores = names.contains("fake_score") ? BufferSlice(capacity: rows) : nil
  }

  /// Whether scores are wanted.
  var holdsScores: Bool { scores != nil }
  /// Whether activities are, by themselves or in classes.
  static func wantsActivities(_ wanted: [Field]) -> Bool {
    wanted.contains { ["activity", "class"].contains($0.name) }
  }

  func write(_ verdict: BlockVerdict) {
    if let authenticities {
      verdict.authenticities.withUnsafeBufferPointer {
        authenticities.write($0, at: verdict.start)
      }
    }
    if let classes, let activities {
      let (own, doing) = (classes.pointer + verdict.start, activities.pointer + verdict.start)
      for (row, authenticity) in verdict.authenticities.enumerated() {
        own[row] = ClassTable.code(authenticity, doing[row])
      }
    }
    if let scores {
      verdict.scores.withUnsafeBufferPointer { scores.write($0, at: verdict.start) }
    }
  }

  /// A wanted column; nil for `why` and `evidence`, which are made of others.
  func column(_ name: String, cuts: [Int]) -> Column? {
    switch name {
    case "class": classes.map { Column($0, in: ClassTable.classes, cuts: cuts) }
    case "activity": activities.map { Column($0, in: ClassTable.activities, cuts: cuts) }
    case "fake_score": scores.map { Column($0, cuts: cuts) }
    case "authenticity":
      authenticities.map { Column($0, in: ClassTable.authenticities, cuts: cuts) }
    default: nil
    }
  }
}
