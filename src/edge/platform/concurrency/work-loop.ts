// The work that is due in a process is started by one loop, whoever asks for it: a place that becomes free is filled
// at once, and nobody waits for places that belong to somebody else.

import type { Database } from '../ports/database.ts'
import type { ShouldContinue } from './should-continue.ts'

type Work = () => Promise<void>

export interface WorkLoop<Item> {
  /** Counted from before its claim. */
  readonly inFlight: ReadonlySet<Item>
  /**
   * Runs until nothing is due and nothing is in flight. Where it runs already it looks again, and this call ends
   * with it.
   * @param startDue looks once; @returns whether it tried to start anything
   * @param shouldContinue false: what is in flight is ended, nothing is started
   */
  run(startDue: () => Promise<boolean>, shouldContinue: ShouldContinue): Promise<void>
  /** @param claim nothing: somebody else has the item */
  start(items: readonly Item[], claim: (item: Item) => Promise<Work | undefined>): Promise<void>
}

export function createWorkLoop<Item>(): WorkLoop<Item> {
  const inFlight = new Set<Item>()
  const working = new Set<Promise<void>>()
  let isRunning = false
  let isWoken = false
  let resume = () => {}
  let running: Promise<void> = Promise.resolve()

  function wake(): void {
    isWoken = true
    resume()
  }

  async function startOne(item: Item, claim: (item: Item) => Promise<Work | undefined>): Promise<void> {
    inFlight.add(item)
    let work: Work | undefined
    try {
      work = await claim(item)
    } finally {
      if (!work) inFlight.delete(item)
    }
    if (!work) return
    const done = work().finally(() => {
      inFlight.delete(item)
      working.delete(done)
      wake()
    })
    working.add(done)
  }

  async function runUntilIdle(
    startDue: () => Promise<boolean>,
    shouldContinue: ShouldContinue,
  ): Promise<void> {
    try {
      while (shouldContinue()) {
        isWoken = false
        // Also where every claim was lost: behind what others took, more may be due.
        if ((await startDue()) || isWoken) continue
        if (inFlight.size === 0) break
        await new Promise<void>((resolve) => {
          resume = resolve
        })
      }
    } finally {
      isRunning = false
      await Promise.allSettled(working)
    }
  }

  return {
    inFlight,
    async run(startDue, shouldContinue) {
      if (isRunning) wake()
      else {
        isRunning = true
        running = runUntilIdle(startDue, shouldContinue)
      }
      await running
    },
    async start(items, claim) {
      const claims = await Promise.allSettled(items.map((item) => startOne(item, claim)))
      for (const claimed of claims) if (claimed.status === 'rejected') throw claimed.reason
    },
  }
}

/** The loop of a process for each database; where requests stand apart, one for each round. */
export function workLoops<Item>() {
  const known = new WeakMap<Database, WorkLoop<Item>>()
  return (database: Database, requestsApart = false): WorkLoop<Item> => {
    // A request that is cut off wakes nobody, and gives no place back.
    if (requestsApart) return createWorkLoop()
    const loop = known.get(database) ?? createWorkLoop<Item>()
    known.set(database, loop)
    return loop
  }
}
