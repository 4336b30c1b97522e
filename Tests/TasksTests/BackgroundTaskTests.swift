import Synchronization
import Tasks
import Testing

@Test(arguments: 0..<20) func backgroundWorkHasEndedBehindTheWait(round: Int) throws {
  let sum = Mutex(0)
  let task = try #require(
    BackgroundTask { for number in 0..<round * 1_000 { sum.withLock { $0 += number } } })
  // From several threads at once, and again.
  try Workers(count: 3).forEach(3) { _, _ in task.wait() }
  task.wait()
  let count = round * 1_000
  #expect(sum.withLock { $0 } == count * (count - 1) / 2)
}

@Test func backgroundWorkNeedNotBeWaitedFor() {
  let isDone = Atomic<Bool>(false)
  do { _ = BackgroundTask { isDone.store(true, ordering: .releasing) } }
  while !isDone.load(ordering: .acquiring) {}
}
