import Columns
import Plans

/// The window functions found in an item of `window`, under names of their own until they are
/// projected.
final class WindowCollector {
  private(set) var functions: [NamedWindow] = []
  /// Whether there is an order by which `rank` may go.
  let hasOrder: Bool
  /// Names that a hidden column must not have.
  private let taken: Set<String>

  init(hasOrder: Bool, taken: Set<String>) {
    self.hasOrder = hasOrder
    self.taken = taken
  }

  /// Adds a window function and gives the column that will hold it; an equal one is shared.
  func add(_ call: WindowCall) -> ScalarExpression {
    // As bytes: Swift's strings are equal where their bytes are not.
    let text = Array(call.text.utf8)
    let known = functions.first { function in
      function.call.text.utf8.elementsEqual(text) && function.call.type == call.type
    }
    let name = known?.name ?? freshName()
    if known == nil { functions.append(NamedWindow(name, call)) }
    return ScalarExpression(.column(name), type: call.type, range: call.range)
  }

  private func freshName() -> String {
    var number = functions.count + 1
    while taken.contains("#\(number)") || functions.contains(where: { $0.name == "#\(number)" }) {
      number += 1
    }
    return "#\(number)"
  }
}
