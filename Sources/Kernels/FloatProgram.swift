import CKernels

/// A program of float operations, run for 256 rows at a time: what lies between the inputs and the
/// result never leaves the nearest cache.
///
/// An operation costs about 0.1 ns a row, a division 0.5, exponential and logarithm 1 to 2.
package struct FloatProgram {
  /// What an instruction does.
  package enum Operation: Sendable, CaseIterable {
    case add, subtract, multiply
    /// Null where the divisor is 0.
    case divide
    /// Skip nulls; NaN is greater than every number.
    case least, greatest
    case negate, absolute, floor, ceil, round, exp
    /// Null below 0.
    case squareRoot
    /// Null at and below 0.
    case ln, log10
  }

  /// A register, or a constant that is not null.
  package enum Value: Equatable, Sendable {
    case register(Int)
    case constant(Double)
  }

  /// A block of numbers or bits.
  package struct Input {
    fileprivate let input: ck_float_input

    /// Doubles; `validity` is nil where none is null.
    package init(_ values: UnsafePointer<Double>, validity: UnsafePointer<UInt64>?) {
      input = ck_float_input(
        kind: CK_INPUT_F64, values: values, scale: 1, validity: validity)
    }

    /// Integers times `scale`, where the product is exact in a double or `scale` is 1.
    package init(_ values: StoredIntegers, scale: Double, validity: UnsafePointer<UInt64>?) {
      switch values {
      case .int8(let values):
        input = ck_float_input(
          kind: CK_INPUT_I8, values: values, scale: scale, validity: validity)
      case .int16(let values):
        input = ck_float_input(
          kind: CK_INPUT_I16, values: values, scale: scale, validity: validity)
      case .int32(let values):
        input = ck_float_input(
          kind: CK_INPUT_I32, values: values, scale: scale, validity: validity)
      case .int64(let values):
        input = ck_float_input(
          kind: CK_INPUT_I64, values: values, scale: scale, validity: validity)
      }
    }

    /// The bits by which rows are chosen.
    package init(bits: UnsafePointer<UInt64>) {
      input = ck_float_input(kind: CK_INPUT_BITS, values: bits, scale: 1, validity: nil)
    }
  }

  /// The most registers.
  package static let registerCount = Int(CK_FLOAT_REGISTERS)

  private var instructions: [ck_float_instruction] = []

  package init() {}

  /// Reads an input into a register.
  package mutating func load(input: Int, into register: Int) {
    instructions.append(
      ck_float_instruction(
        operation: CK_LOAD, out: Int32(register), a: Int32(input), b: -1, input: 0, aConstant: 0,
        bConstant: 0))
  }

  /// Computes into a register that is none of the operands'; a function of one number ignores
  /// `right`.
  package mutating func append(
    _ operation: Operation, _ left: Value, _ right: Value = .constant(0), into register: Int
  ) {
    append(operation.code, left, right, into: register)
  }

  /// Computes `addend + factor * value`, the product rounded, into a register that is neither's.
  package mutating func add(
    _ addend: Value, productOf factor: Double, _ value: Int, into register: Int
  ) {
    append(CK_ADD_PRODUCT, addend, .register(value), bConstant: factor, into: register)
  }

  /// Adds `chosen` where the bit of an input is set, else `other`, into a register that is another.
  package mutating func add(
    _ addend: Int, choiceBy input: Int, _ chosen: Double, _ other: Double, into register: Int
  ) {
    append(
      CK_ADD_CHOICE, .register(addend), .constant(other), aConstant: chosen, input: input,
      into: register)
  }

  /// Takes `chosen` where the bit of an input is set, else `other`.
  package mutating func choose(
    input: Int, _ chosen: Value, _ other: Value, into register: Int
  ) {
    append(CK_CHOOSE, chosen, other, input: input, into: register)
  }

  /// `aConstant` and `bConstant` are those of operands that are registers.
  private mutating func append(
    _ operation: ck_float_operation, _ left: Value, _ right: Value, aConstant: Double = 0,
    bConstant: Double = 0, input: Int = 0, into register: Int
  ) {
    precondition(register < Self.registerCount, "a float program of too many registers")
    let a = left.parts(aConstant)
    let b = right.parts(bConstant)
    instructions.append(
      ck_float_instruction(
        operation: operation, out: Int32(register), a: a.register, b: b.register,
        input: Int32(input), aConstant: a.constant, bConstant: b.constant))
  }

  /// Runs for `count` rows; the last instruction makes the result.
  ///
  /// `defined` gets the bits of the rows that are not null; gives whether all are not.
  package func run(
    _ inputs: [Input], count: Int, into out: UnsafeMutablePointer<Double>,
    defined: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: ck_float_input.self, capacity: max(1, inputs.count)) {
      buffer in
      for (index, input) in inputs.enumerated() { buffer[index] = input.input }
      return instructions.withUnsafeBufferPointer { instructions in
        guard let first = instructions.baseAddress, let input = buffer.baseAddress else {
          return true
        }
        return ck_run_float_program(first, instructions.count, input, count, out, defined) != 0
      }
    }
  }
}

extension FloatProgram.Value {
  fileprivate func parts(_ constant: Double) -> (register: Int32, constant: Double) {
    switch self {
    case .register(let register): (Int32(register), constant)
    case .constant(let constant): (-1, constant)
    }
  }
}

extension FloatProgram.Operation {
  fileprivate var code: ck_float_operation {
    switch self {
    case .add: CK_ADD
    case .subtract: CK_SUBTRACT
    case .multiply: CK_MULTIPLY
    case .divide: CK_DIVIDE
    case .least: CK_LEAST
    case .greatest: CK_GREATEST
    case .negate: CK_NEGATE
    case .absolute: CK_ABSOLUTE
    case .floor: CK_FLOOR
    case .ceil: CK_CEIL
    case .round: CK_ROUND
    case .exp: CK_EXP
    case .squareRoot: CK_SQUARE_ROOT
    case .ln: CK_LN
    case .log10: CK_LOG10
    }
  }
}
