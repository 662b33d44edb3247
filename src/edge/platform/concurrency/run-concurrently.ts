// A queue of tasks that wait for an upstream, several at a time: a slow or failing task does not delay the others.

export interface Task {
  /** Identifies the task across calls of `find`. */
  key: string
  run: () => Promise<void>
}

interface Limits {
  /** How many tasks may be in flight now. */
  concurrency: () => number
  /** False: starts no more tasks and waits for those in flight. */
  shouldContinue: () => boolean
}

/**
 * Finds and starts tasks until `find` returns nothing new. Rejects with the first error once all started tasks have
 * ended.
 */
export async function runConcurrently(
  find: () => Promise<Task[]>,
  { concurrency, shouldContinue }: Limits,
): Promise<void> {
  const inFlight = new Set<Promise<void>>()
  let started = new Set<string>()
  let queue: Task[] = []
  let failure: { error: unknown } | undefined
  const fail = (error: unknown) => {
    failure ??= { error }
  }

  async function next(): Promise<Task | undefined> {
    if (failure || !shouldContinue() || inFlight.size >= concurrency()) return undefined
    if (queue.length === 0) {
      const found = await find()
      queue = found.filter(({ key }) => !started.has(key))
      // Tasks that are no longer found are done.
      started = new Set(found.map(({ key }) => key).filter((key) => started.has(key)))
    }
    return queue.shift()
  }

  for (;;) {
    const task = await next().catch(fail)
    if (task) {
      started.add(task.key)
      const done = task
        .run()
        .catch(fail)
        .finally(() => inFlight.delete(done))
      inFlight.add(done)
    } else if (inFlight.size > 0) await Promise.race(inFlight)
    else break
  }
  if (failure) throw failure.error
}
