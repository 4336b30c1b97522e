import Synchronization

/// What is made of each number below a count, in their order.
///
/// `forEach` passes the numbers on, each once: in turn, or on all cores.
package func mapped<Made: Sendable, Failure: Error>(
  _ count: Int,
  _ forEach: (Int, @escaping @Sendable (Int) -> Void) throws(Failure) -> Void,
  _ make: @escaping @Sendable (Int) -> Made
) throws(Failure) -> [Made] {
  let all = Mutex([Made?](repeating: nil, count: count))
  try forEach(count) { index in
    let made = make(index)
    all.withLock { $0[index] = made }
  }
  return all.withLock { made in
    made.map { one in
      guard let one else { preconditionFailure("a number was not passed on") }
      return one
    }
  }
}
