import Columns
import Kernels

/// Joins neighbouring float steps into programs that keep what lies between them in cache.
///
/// A step joins the one that reads its result, if that is the only one and is itself part of a
/// program. Gives the same number of steps; those that were joined are no longer needed.
func fusingFloats(_ steps: [Step], _ results: [Int]) -> [Step] {
  let groups = groupsOfFloats(steps, results)
  var fused = steps
  for (root, members) in groups where members.count > 1 {
    var builder = FloatProgramBuilder(steps)
    if let step = builder.build(root, members) { fused[root] = step }
  }
  return fused
}

/// By the step that makes a result: the steps of its program, ascending, itself last.
private func groupsOfFloats(_ steps: [Step], _ results: [Int]) -> [Int: [Int]] {
  var readers = [[Int]](repeating: [], count: steps.count)
  for (index, step) in steps.enumerated() {
    for argument in step.arguments { readers[argument].append(index) }
  }
  var mayFault = [Bool](repeating: false, count: steps.count)
  for (index, step) in steps.enumerated() {
    mayFault[index] = step.expression != nil || step.arguments.contains { mayFault[$0] }
  }
  var roots = [Int?](repeating: nil, count: steps.count)
  var groups: [Int: [Int]] = [:]
  for index in steps.indices.reversed() where steps[index].isFusable(mayFault) {
    let above = Set(
      readers[index].map { reader in
        // A condition is read as bits, not as a number.
        steps[reader].readsAsNumber(index) ? roots[reader] : nil
      })
    let isOwnRoot = results.contains(index) || above.count != 1
    let root = isOwnRoot ? index : above.first.flatMap { $0 } ?? index
    roots[index] = root
    groups[root, default: []].append(index)
  }
  return groups.mapValues { $0.reversed() }
}

extension Step {
  /// Whether float programs have an instruction for it.
  fileprivate func isFusable(_ mayFault: [Bool]) -> Bool {
    switch self {
    case let step as FloatArithmeticStep: step.operation.instruction != nil
    case is FloatFunctionStep, is ToFloatStep: true
    case let step as ExtremeStep: step.type == .float && !step.isStrict
    case is CaseStep:
      // The faults of the value that is not taken vanish, which programs know nothing of.
      type == .float && arguments.count == 3 && !mayFault[arguments[1]] && !mayFault[arguments[2]]
    default: false
    }
  }

  fileprivate func readsAsNumber(_ argument: Int) -> Bool {
    self is CaseStep ? arguments[0] != argument : true
  }
}

extension FloatOperation {
  fileprivate var instruction: FloatProgram.Operation? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .least, .greatest, .floorDivide, .remainder, .power: nil
    }
  }
}

extension FloatFunction {
  fileprivate var instruction: FloatProgram.Operation {
    switch self {
    case .negate: .negate
    case .absolute: .absolute
    case .squareRoot: .squareRoot
    case .floor: .floor
    case .ceil: .ceil
    case .round: .round
    case .exp: .exp
    case .ln: .ln
    case .log10: .log10
    }
  }
}

/// Writes the program of a group of steps.
private struct FloatProgramBuilder {
  private let steps: [Step]
  private var program = FloatProgram()
  /// The steps whose vectors the program reads.
  private var inputs: [Int] = []
  private var areBits: [Bool] = []
  /// Where the values of steps are.
  private var registers: [Int: Int] = [:]
  private var free: [Int] = Array((0..<FloatProgram.registerCount).reversed())
  /// The last member that reads a step.
  private var lastReaders: [Int: Int] = [:]
  private var hasRunOut = false

  init(_ steps: [Step]) { self.steps = steps }

  /// The step of the program, or nil when it has too many registers.
  mutating func build(_ root: Int, _ members: [Int]) -> Step? {
    for member in members {
      for argument in steps[member].arguments { lastReaders[argument] = member }
    }
    for member in members {
      let arguments = steps[member].arguments
      emit(member, steps[member], arguments)
      if hasRunOut { return nil }
      for argument in Set(arguments) where lastReaders[argument] == member {
        if let register = registers.removeValue(forKey: argument) { free.append(register) }
      }
    }
    return FloatProgramStep(inputs, areBits: areBits, program)
  }

  private mutating func emit(_ member: Int, _ step: Step, _ arguments: [Int]) {
    switch step {
    case let step as FloatArithmeticStep:
      guard let operation = step.operation.instruction else { return }
      let left = value(arguments[0])
      let right = value(arguments[1])
      program.append(operation, left, right, into: take(member))
    case let step as FloatFunctionStep:
      let argument = value(arguments[0])
      program.append(step.function.instruction, argument, into: take(member))
    case let step as ExtremeStep:
      let left = value(arguments[0])
      let right = value(arguments[1])
      program.append(step.isLeast ? .least : .greatest, left, right, into: take(member))
    case is CaseStep:
      let chosen = value(arguments[1])
      let other = value(arguments[2])
      let condition = input(arguments[0], isBits: true)
      program.choose(input: condition, chosen, other, into: take(member))
    default:
      // A conversion: reading it as a number is all there is to do.
      program.load(input: input(arguments[0], isBits: false), into: take(member))
    }
  }

  /// The register of a step, which is loaded at its first use, or a constant.
  private mutating func value(_ step: Int) -> FloatProgram.Value {
    if let register = registers[step] { return .register(register) }
    if let constant = steps[step] as? ConstantStep, let number = constant.value.number {
      return .constant(number)
    }
    let register = take(step)
    program.load(input: input(step, isBits: false), into: register)
    return .register(register)
  }

  private mutating func take(_ step: Int) -> Int {
    guard let register = free.popLast() else {
      hasRunOut = true
      return 0
    }
    registers[step] = register
    return register
  }

  private mutating func input(_ step: Int, isBits: Bool) -> Int {
    if let known = inputs.indices.first(where: { inputs[$0] == step && areBits[$0] == isBits }) {
      return known
    }
    inputs.append(step)
    areBits.append(isBits)
    return inputs.count - 1
  }
}

/// Several float steps as one program.
final class FloatProgramStep: Step {
  private let areBits: [Bool]
  private let program: FloatProgram

  init(_ arguments: [Int], areBits: [Bool], _ program: FloatProgram) {
    self.areBits = areBits
    self.program = program
    super.init(arguments, .float)
  }

  override func run(_ frame: Frame) -> Vector {
    var faults: UnsafePointer<UInt64>?
    var inputs: [FloatProgram.Input] = []
    inputs.reserveCapacity(arguments.count)
    for (index, argument) in arguments.enumerated() {
      let vector = frame.vectors[argument]
      faults = frame.unite(faults, vector.faults)
      inputs.append(areBits[index] ? bits(frame, vector) : numbers(frame, vector))
    }
    let out = frame.output(Double.self)
    let defined = frame.bits()
    let isComplete = program.run(inputs, count: frame.count, into: out, defined: defined)
    return Vector(
      count: frame.count, type: .float, storage: .float64(out),
      validity: isComplete ? nil : UnsafePointer(defined), faults: faults)
  }

  private func bits(_ frame: Frame, _ vector: Vector) -> FloatProgram.Input {
    if !vector.isNullConstant { return FloatProgram.Input(bits: frame.trueBits(vector)) }
    let none = frame.bits()
    frame.fill(none, with: false)
    return FloatProgram.Input(bits: none)
  }

  private func numbers(_ frame: Frame, _ vector: Vector) -> FloatProgram.Input {
    var validity = vector.validity
    if vector.isNullConstant {
      let none = frame.bits()
      frame.fill(none, with: false)
      validity = UnsafePointer(none)
    }
    // Up to 32 bits times less than 2^20 is exact in a double.
    if let stored = vector.storedIntegers,
      vector.scale == 1 || stored.width <= 32 && vector.scale <= 1 << 20
    {
      return FloatProgram.Input(stored, scale: Double(vector.scale), validity: validity)
    }
    return FloatProgram.Input(frame.doubleBlock(vector), validity: validity)
  }
}
