// Time passes as on a server, whose timers check for due work every minute.

import { expireLinks } from '../../src/edge/features/links/expire-links.ts'
import { reconcileDue } from '../../src/edge/features/settlement/reconcile.ts'
import { start } from '../edge/support/start.ts'
import { checkFound, checkRefunds } from './check-found.ts'
import { dayMs, hourMs, minuteMs } from './clock.ts'
import type { CrashPlan } from './crashing-database.ts'
import type { FaultKind } from './iamport-model.ts'
import { invariant } from './invariant.ts'
import type { Memory } from './memory.ts'
import type { Simulation } from './simulation.ts'
import type { SceneOf, Story } from './story.ts'

export const expiry = start + hourMs

/** Maximum rounds at the same time: with one process, more means an endless loop. */
const maxIdleRounds = 50

export function endTime({ clock, windows }: Simulation, until: SceneOf<'wait'>['until']): number {
  const held = windows.at(-1)?.holdsUntil ?? clock.now
  const ends: Record<typeof until, number> = {
    'a minute': clock.now + minuteMs,
    'the permission is nearly over': held - minuteMs,
    'the permission is over': held + 3 * minuteMs,
    'no window can be open': held + hourMs + 2 * minuteMs,
    'the expiry': expiry,
    'the deposit is due': expiry + 2 * hourMs,
    'the deposit is too late': expiry + 3.5 * hourMs,
    'a day': clock.now + 1.2 * dayMs,
  }
  return Math.max(clock.now + minuteMs, ends[until] + 1)
}

/** Ends the story: time passes, and i'mport may approve undecided attempts. */
export async function endStory(simulation: Simulation, ending: Story['ending']): Promise<void> {
  const { clock, iamport, windows } = simulation
  const closedAt = (windows.at(-1)?.holdsUntil ?? clock.now) + hourMs
  const approveAll = () => {
    const { may, act } = iamport.acts.approve
    for (const attempt of iamport.attempts.filter(may)) act(attempt)
  }
  const wait = {
    'at once': 0,
    'two hours': 2.2 * hourMs,
    'two days': 2.2 * dayMs,
    'nine days': 9 * dayMs,
    'approvals in the last minutes': 2.2 * hourMs,
    'approvals after all windows': 2.2 * dayMs,
  }[ending]
  if (ending === 'approvals in the last minutes') await advanceTo(simulation, closedAt - 7 * minuteMs)
  if (ending === 'approvals after all windows') await advanceTo(simulation, closedAt + 2 * minuteMs)
  if (ending.startsWith('approvals')) approveAll()
  await advanceTo(simulation, clock.now + wait)
}

interface Faults {
  faults: readonly FaultKind[]
  crash: CrashPlan['crash']
}

export async function advanceTo(simulation: Simulation, end: number, faulty?: Faults): Promise<void> {
  const { clock, iamport, memory, database } = simulation
  simulation.onlyTimers = true
  const die = () => {
    iamport.network.isDown = true
  }
  if (faulty?.crash) database.start({ crash: faulty.crash, turns: [0], onDeath: die })
  iamport.network.faults = faulty ? [...faulty.faults] : []
  for (let rounds = 0; ; ) {
    const due = memory.nextDue()
    const at = Math.min(due.reconcile ?? Infinity, due.sweep ?? Infinity)
    if (at > end) break
    const tick = start + Math.ceil((at - start) / minuteMs) * minuteMs
    rounds = tick > clock.now ? 0 : rounds + 1
    invariant(rounds < maxIdleRounds, 'the timers do not finish')
    clock.now = Math.max(clock.now, tick)
    if (iamport.network.faults.length > 0) simulation.lastFaultAt = clock.now
    await runTimers(simulation, due)
    checkFound(simulation)
    checkRefunds(simulation)
  }
  database.start({ crash: null, turns: [0], onDeath: () => {} })
  iamport.network.faults = []
  clock.now = Math.max(clock.now, end)
  checkFound(simulation)
  checkRefunds(simulation)
  simulation.onlyTimers = false
}

/** Runs the timers that have due work. */
async function runTimers(simulation: Simulation, due: ReturnType<Memory['nextDue']>): Promise<void> {
  const { clock, iamport, database, coverage } = simulation
  try {
    if ((due.reconcile ?? Infinity) <= clock.now) await reconcileDue(simulation.deps)
    if ((due.sweep ?? Infinity) <= clock.now) await expireLinks(simulation.deps)
  } catch (error) {
    if (!iamport.network.isDown) throw error
    coverage.crashes += 1
    iamport.network.isDown = false
    simulation.lastFaultAt = clock.now
    database.start({ crash: null, turns: [0], onDeath: () => {} })
    simulation.restart()
  }
}
