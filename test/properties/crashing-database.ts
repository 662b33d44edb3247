import type { Database } from '../../src/edge/platform/ports/database.ts'

export interface CrashPlan {
  /** Number of writes before the process dies, and whether it dies before or after that write. */
  crash: { write: number; side: string } | null
  /** Microtask turns that each read waits, in a cycle. */
  turns: number[]
  onDeath: () => void
}

/** Wraps a database: the process can die at any write, and reads answer out of order. */
export function crashingDatabase(database: Database): Database & { start: (plan: CrashPlan) => void } {
  let plan: CrashPlan = { crash: null, turns: [0], onDeath: () => {} }
  let isDead = false
  let reads = 0
  let writes = 0
  const die = (): never => {
    isDead = true
    plan.onDeath()
    throw new Error('the process died')
  }
  return {
    start(next) {
      plan = next
      isDead = false
      reads = 0
      writes = 0
    },
    async all(query) {
      if (isDead) die()
      const rows = await database.all(query)
      const turns = plan.turns[reads++ % plan.turns.length] ?? 0
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      return isDead ? die() : rows
    },
    async batch(queries) {
      if (isDead) die()
      const isLast = plan.crash?.write === writes++
      if (isLast && plan.crash?.side === 'before') die()
      const counts = await database.batch(queries)
      return isLast ? die() : counts
    },
  }
}
