import Columns
import Plans

/// One operation of a compiled expression, run once a block.
///
/// Subclasses override `run`. Belongs to one worker, as its program does.
class Step {
  /// The steps whose vectors it takes, by their numbers in the program.
  private(set) var arguments: [Int]
  let type: DataType
  /// What it computes, for the message of a fault.
  let expression: ScalarExpression?
  /// Whether a row of the last block had a fault of this step's own.
  var hasFaulted = false

  init(_ arguments: [Int], _ type: DataType, _ expression: ScalarExpression? = nil) {
    self.arguments = arguments
    self.type = type
    self.expression = expression
  }

  /// Follows its arguments to their new numbers, when steps that nobody needs have been left out.
  final func renumberArguments(_ number: (Int) -> Int) { arguments = arguments.map(number) }

  /// The positions in `arguments` of those whose values the result may share.
  var borrows: [Int] { [] }

  /// Whether it counts values that could not be converted.
  var countsLosses: Bool { false }

  /// Computes the vector of all rows of the block.
  func run(_ frame: Frame) -> Vector {
    preconditionFailure("a step without an operation")
  }
}

/// A column of the block.
final class ColumnStep: Step {
  let position: Int

  init(position: Int, type: DataType) {
    self.position = position
    super.init([], type)
  }

  override func run(_ frame: Frame) -> Vector {
    guard let vector = frame.columns[position] else {
      preconditionFailure("column \(position) is not in the block")
    }
    return vector
  }
}

/// One value for all rows.
final class ConstantStep: Step {
  let value: Scalar

  init(_ value: Scalar, _ type: DataType) {
    self.value = value
    super.init([], type)
  }

  override func run(_ frame: Frame) -> Vector {
    Vector(
      count: frame.count, type: type, storage: .constant(value),
      range: value.integer.map { $0...$0 })
  }
}
