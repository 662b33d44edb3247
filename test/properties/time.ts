// Time passes as on a server, whose timers check for due work every minute.

import { expireLinks } from '../../src/edge/features/links/expire-links.ts'
import { reconcileDue } from '../../src/edge/features/settlement/reconcile.ts'
import { start } from '../edge/support/start.ts'
import { checkFound, checkRefunds } from './check-found.ts'
import { dayMs, hourMs, minuteMs } from './clock.ts'
import type { Weather } from './iamport-model.ts'
import type { Memory } from './memory.ts'
import type { Fate } from './mortal.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'
import type { SceneOf, Story } from './story.ts'

export const expiry = start + hourMs

/** Maximum rounds at the same time: with one process, more means an endless loop. */
const maxIdleRounds = 50

export function endOf({ clock, windows }: Stage, until: SceneOf<'wait'>['until']): number {
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
export async function letEnd(stage: Stage, ending: Story['ending']): Promise<void> {
  const { clock, iamport, windows } = stage
  const closedAt = (windows.at(-1)?.holdsUntil ?? clock.now) + hourMs
  const approveAll = () => {
    const { may, act } = iamport.acts.approve
    for (const attempt of iamport.attempts.filter(may)) act(attempt)
  }
  const silence = {
    'at once': 0,
    'two hours': 2.2 * hourMs,
    'two days': 2.2 * dayMs,
    'nine days': 9 * dayMs,
    'approvals in the last minutes': 2.2 * hourMs,
    'approvals after all windows': 2.2 * dayMs,
  }[ending]
  if (ending === 'approvals in the last minutes') await passUntil(stage, closedAt - 7 * minuteMs)
  if (ending === 'approvals after all windows') await passUntil(stage, closedAt + 2 * minuteMs)
  if (ending.startsWith('approvals')) approveAll()
  await passUntil(stage, clock.now + silence)
}

interface BadDay {
  weather: readonly Weather[]
  crash: Fate['crash']
}

export async function passUntil(stage: Stage, end: number, bad?: BadDay): Promise<void> {
  const { clock, iamport, memory, database } = stage
  stage.isTimer = true
  const die = () => {
    iamport.day.dead = true
  }
  if (bad?.crash) database.live({ crash: bad.crash, turns: [0], onDeath: die })
  iamport.day.weather = bad ? [...bad.weather] : []
  for (let rounds = 0; ; ) {
    const due = memory.nextDue()
    const at = Math.min(due.reconcile ?? Infinity, due.sweep ?? Infinity)
    if (at > end) break
    const tick = start + Math.ceil((at - start) / minuteMs) * minuteMs
    rounds = tick > clock.now ? 0 : rounds + 1
    must(rounds < maxIdleRounds, 'the timers do not finish')
    clock.now = Math.max(clock.now, tick)
    if (iamport.day.weather.length > 0) stage.troubledAt = clock.now
    await runTimers(stage, due)
    checkFound(stage)
    checkRefunds(stage)
  }
  database.live({ crash: null, turns: [0], onDeath: () => {} })
  iamport.day.weather = []
  clock.now = Math.max(clock.now, end)
  checkFound(stage)
  checkRefunds(stage)
  stage.isTimer = false
}

/** Runs the timers that have due work. */
async function runTimers(stage: Stage, due: ReturnType<Memory['nextDue']>): Promise<void> {
  const { clock, iamport, database, heard } = stage
  try {
    if ((due.reconcile ?? Infinity) <= clock.now) await reconcileDue(stage.deps)
    if ((due.sweep ?? Infinity) <= clock.now) await expireLinks(stage.deps)
  } catch (error) {
    if (!iamport.day.dead) throw error
    heard.crashed += 1
    iamport.day.dead = false
    stage.troubledAt = clock.now
    database.live({ crash: null, turns: [0], onDeath: () => {} })
    stage.restart()
  }
}
