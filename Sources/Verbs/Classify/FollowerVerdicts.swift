import Columns
import Plans

/// What is said of the followers of a block.
struct BlockVerdict {
  let start: Int
  /// NaN where nothing is known; none where no column holds them.
  let scores: [Double]
  /// Codes of `ClassTable`.
  let authenticities: [UInt8]
  /// None where no column holds them.
  let activities: [UInt8]

  /// The codes of the classes; see `ClassTable.code`.
  var classes: [UInt8] {
    var classes = activities
    for row in classes.indices {
      let authenticity = authenticities[row]
      classes[row] = authenticity < 2 ? authenticity : classes[row] &+ 2
    }
    return classes
  }
}

/// What is said of all followers: memory for the wanted columns alone.
struct FollowerVerdicts: Sendable {
  let authenticities: BufferSlice<UInt8>
  private let classes: BufferSlice<UInt8>?
  private let activities: BufferSlice<UInt8>?
  private let scores: BufferSlice<Double>?

  init(_ wanted: [Field], rows: Int) {
    let names = Set(wanted.map(\.name))
    authenticities = BufferSlice(capacity: rows)
    classes = names.contains("class") ? BufferSlice(capacity: rows) : nil
    activities = names.contains("activity") ? BufferSlice(capacity: rows) : nil
    scores = names.contains("fake_score") ? BufferSlice(capacity: rows) : nil
  }

  /// Whether scores are wanted.
  var holdsScores: Bool { scores != nil }
  /// Whether activities are, by themselves or in classes.
  var holdsActivities: Bool { activities != nil || classes != nil }

  func write(_ verdict: BlockVerdict) {
    verdict.authenticities.withUnsafeBufferPointer { authenticities.write($0, at: verdict.start) }
    if let classes {
      verdict.classes.withUnsafeBufferPointer { classes.write($0, at: verdict.start) }
    }
    if let activities {
      verdict.activities.withUnsafeBufferPointer { activities.write($0, at: verdict.start) }
    }
    if let scores {
      verdict.scores.withUnsafeBufferPointer { scores.write($0, at: verdict.start) }
    }
  }

  /// A wanted column but `why` and `evidence`.
  func column(_ name: String, cuts: [Int]) -> Column {
    if name == "class", let classes {
      return Column(classes, in: ClassTable.classes, cuts: cuts)
    }
    if name == "activity", let activities {
      return Column(activities, in: ClassTable.activities, cuts: cuts)
    }
    if name == "fake_score", let scores { return Column(scores, cuts: cuts) }
    return Column(authenticities, in: ClassTable.authenticities, cuts: cuts)
  }
}
