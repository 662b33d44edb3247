// One loop per process claims and starts due work. A free slot is filled as soon as an item ends, without waiting for
// the rest of a batch.

import type { Database } from '../ports/database.ts'
import type { ShouldContinue } from './should-continue.ts'

type Work = () => Promise<void>

export interface WorkLoop<Item> {
  /** Items being claimed or worked on. */
  readonly inFlight: ReadonlySet<Item>
  /**
   * Runs until nothing is due and nothing is in flight. If the loop runs already, wakes it and resolves with it.
   * @param startDue looks for due items once; @returns whether it tried to start any
   * @param shouldContinue false: starts nothing more and waits for work in flight
   */
  run(startDue: () => Promise<boolean>, shouldContinue: ShouldContinue): Promise<void>
  /** @param claim resolves to undefined if another process holds the item */
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
        // Even if every claim was lost, more items may be due behind those.
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

/** One loop per database, or one per call where requests are isolated from each other. */
export function workLoops<Item>() {
  const loops = new WeakMap<Database, WorkLoop<Item>>()
  return (database: Database, isolatesRequests = false): WorkLoop<Item> => {
    // A cancelled request would never wake a shared loop or free its slot.
    if (isolatesRequests) return createWorkLoop()
    const loop = loops.get(database) ?? createWorkLoop<Item>()
    loops.set(database, loop)
    return loop
  }
}
