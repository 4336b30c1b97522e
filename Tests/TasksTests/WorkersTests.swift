import Glibc
import Synchronization
import Tasks
import Testing

private struct Failed: Error, Equatable { let index: Int }

@Test(arguments: [1, 2, 7])
func everyBlockRunsOnce(_ threads: Int) throws {
  let counts = Mutex([Int](repeating: 0, count: 1000))
  try Workers(count: threads).forEach(1000) { worker, index in
    precondition(worker < threads)
    counts.withLock { $0[index] += 1 }
  }
  #expect(counts.withLock { $0.allSatisfy { $0 == 1 } })
}

@Test(arguments: [1, 2, 7])
func theLowestFailureIsThrown(_ threads: Int) {
  for _ in 0..<20 {
    #expect(throws: Failed(index: 17)) {
      try Workers(count: threads).forEach(500) { _, index in
        if index >= 17 && index % 3 == 2 { throw Failed(index: index) }
      }
    }
  }
}

@Test func resultsKeepTheOrderOfBlocks() throws {
  #expect(try Workers(count: 3).map(100) { _, index in index * 2 } == (0..<100).map { $0 * 2 })
}

@Test func aRequestedStopEndsTheLoop() {
  let workers = Workers(count: 2)
  let done = Atomic<Int>(0)
  #expect(throws: Interrupted.self) {
    try workers.forEach(1_000_000) { _, index in
      done.wrappingAdd(1, ordering: .relaxed)
      if index == 10 { workers.cancellation.request() }
    }
  }
  #expect(done.load(ordering: .relaxed) < 1_000_000)
}

/// Many short loops: threads that come when all is taken begin nothing, and nothing is left half done.
@Test func loopsEndWithAllThatBegan() throws {
  let workers = Workers(count: 4)
  for round in 0..<2_000 {
    let total = round % 7
    let begun = Atomic<Int>(0)
    let ended = Atomic<Int>(0)
    try workers.forEach(total) { _, index in
      begun.wrappingAdd(1, ordering: .relaxed)
      if index % 2 == 1 { sched_yield() }
      ended.wrappingAdd(1, ordering: .relaxed)
    }
    #expect(begun.load(ordering: .relaxed) == total)
    #expect(ended.load(ordering: .relaxed) == total)
  }
}

/// Loops one after the other take threads that wait, instead of making their own. (Other tests' loops may take some
/// of those meanwhile; a thread a loop would be 200.)
@Test func threadsServeManyLoops() throws {
  // Numbers of threads are given again to new ones: each is marked instead.
  var mark = pthread_key_t()
  #expect(pthread_key_create(&mark, nil) == 0)
  defer { pthread_key_delete(mark) }
  let key = mark
  let threads = Atomic<Int>(0)
  for _ in 0..<200 {
    try Workers(count: 2).forEach(4) { _, _ in
      if pthread_getspecific(key) == nil {
        pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
        threads.wrappingAdd(1, ordering: .relaxed)
      }
      usleep(50)
    }
  }
  let count = threads.load(ordering: .relaxed)
  #expect((2..<100).contains(count), "\(count) threads")
}

/// A loop within the blocks of another gets threads, too, or does without.
@Test func loopsWithinLoopsEnd() throws {
  let done = Atomic<Int>(0)
  try Workers(count: 3).forEach(20) { _, _ in
    try Workers(count: 3).forEach(20) { _, _ in done.wrappingAdd(1, ordering: .relaxed) }
  }
  #expect(done.load(ordering: .relaxed) == 400)
}
