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

  /// Whether it is a constant number.
  fileprivate var isNumber: Bool { (self as? ConstantStep)?.value.number != nil }

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

/// By sum the term that is computed with it, in no pass of its own.
///
/// A term is a number times a constant, or a choice between constants, which no other step reads.
private func termsOfSums(_ steps: [Step], _ members: [Int]) -> [Int: Int] {
  var readers: [Int: Int] = [:]
  for member in members {
    for argument in steps[member].arguments { readers[argument, default: 0] += 1 }
  }
  let inside = Set(members)
  func isTerm(_ argument: Int, besides other: Int) -> Bool {
    guard inside.contains(argument), readers[argument] == 1 else { return false }
    let constants = steps[argument].arguments.map { steps[$0].isNumber }
    switch steps[argument] {
    case let step as FloatArithmeticStep:
      return step.operation == .multiply && constants[0] != constants[1]
    case is CaseStep: return constants[1] && constants[2] && !steps[other].isNumber
    default: return false
    }
  }
  var terms: [Int: Int] = [:]
  for member in members {
    guard let sum = steps[member] as? FloatArithmeticStep, sum.operation == .add else { continue }
    let (left, right) = (sum.arguments[0], sum.arguments[1])
    terms[member] =
      isTerm(right, besides: left) ? right : isTerm(left, besides: right) ? left : nil
  }
  return terms
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
  /// The terms that are computed with their sums, by the sum.
  private var terms: [Int: Int] = [:]
  /// The last member that reads a step.
  private var lastReaders: [Int: Int] = [:]
  private var hasRunOut = false

  init(_ steps: [Step]) { self.steps = steps }

  /// The step of the program, or nil when it has too many registers.
  mutating func build(_ root: Int, _ members: [Int]) -> Step? {
    terms = termsOfSums(steps, members)
    let joined = Set(terms.values)
    let emitted = members.filter { !joined.contains($0) }
    for member in emitted {
      for operand in operands(member) { lastReaders[operand] = member }
    }
    for member in emitted {
      emit(member, steps[member], steps[member].arguments)
      if hasRunOut { return nil }
      for operand in Set(operands(member)) where lastReaders[operand] == member {
        if let register = registers.removeValue(forKey: operand) { free.append(register) }
      }
    }
    return FloatProgramStep(inputs, areBits: areBits, program)
  }

  /// The steps whose values an instruction reads.
  private func operands(_ member: Int) -> [Int] {
    let arguments = steps[member].arguments
    guard let term = terms[member] else { return arguments }
    return arguments.filter { $0 != term } + steps[term].arguments
  }

  private mutating func emit(_ member: Int, _ step: Step, _ arguments: [Int]) {
    if let term = terms[member], let addend = arguments.first(where: { $0 != term }) {
      return emitSum(member, value(addend), steps[term])
    }
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

  /// A sum whose term is no step of its own.
  private mutating func emitSum(_ member: Int, _ addend: FloatProgram.Value, _ term: Step) {
    if term is CaseStep, case .register(let register) = addend,
      case .constant(let chosen) = value(term.arguments[1]),
      case .constant(let other) = value(term.arguments[2])
    {
      let condition = input(term.arguments[0], isBits: true)
      return program.add(register, choiceBy: condition, chosen, other, into: take(member))
    }
    switch (value(term.arguments[0]), value(term.arguments[1])) {
    case (.constant(let factor), .register(let register)),
      (.register(let register), .constant(let factor)):
      program.add(addend, productOf: factor, register, into: take(member))
    // No such term: the steps are left as they are.
    default: hasRunOut = true
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
