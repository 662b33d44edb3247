// Plays a story against the real edge and checks the ledger after every scene.
import type { Attempt } from './attempt.ts'
import { moneyIn } from './attempt.ts'
import { checkFound, checkRefunds } from './check-found.ts'
import { checkLinks } from './check-links.ts'
import { checkCancelled, checkEnd, checkHeard, checkPayments } from './check-payments.ts'
import { checkClaims, noteClaims } from './claims.ts'
import {
  askCheckout,
  failOften,
  openReplaced,
  openWindow,
  payOutside,
  pick,
  replayWindow,
} from './customers.ts'
import type { Heard } from './heard.ts'
import { readLedger } from './ledger.ts'
import { must } from './must.ts'
import { orders } from './orders.ts'
import { openStage, type Stage } from './stage.ts'
import type { Asking, Scene, SceneOf, Story } from './story.ts'
import { endOf, expiry, letEnd, passUntil } from './time.ts'

/** Scenes in which the timers run. */
const takesTime = new Set<Scene['do']>(['wait', 'replace', 'failures'])

type Touched = Parameters<typeof checkCancelled>[3]

export async function play(story: Story, heard: Heard): Promise<void> {
  const stage = openStage(story, heard)
  await post(stage, { order: 0, change: 'same' })
  look(stage, [])
  for (const scene of story.scenes) {
    stage.clock.scene += 1
    const { links } = stage.ledger
    await act(stage, scene)
    const touched = scene.do === 'requests' ? scene.requests.map(({ link }) => pick(links, link)) : []
    look(stage, takesTime.has(scene.do) ? undefined : touched)
  }
  stage.clock.scene += 1
  await letEnd(stage, story.ending)
  look(stage, undefined)
  // The faults are over: settles each order once more.
  const { links } = stage.ledger
  for (const { id, superseded_by } of links)
    if (superseded_by === null) await stage.send('POST', `/links/${id}/settle`, {})
  look(stage, links)
  checkEnd(stage, stage.ledger)
  summarise(stage)
}

function look(stage: Stage, touched: Touched): void {
  const { iamport, memory, clock, seen } = stage
  // Most changes at i'mport are not noticed at once.
  if (memory.writes() !== seen.writes) {
    const before = stage.ledger
    stage.ledger = readLedger(memory)
    checkLinks(stage.ledger, iamport, clock.now)
    checkPayments(stage, stage.ledger, before)
    seen.writes = memory.writes()
  }
  for (const attempt of iamport.cancelled.slice(seen.cancelled))
    checkCancelled(attempt, stage, stage.ledger, touched)
  seen.cancelled = iamport.cancelled.length
  must(stage.broken.length === 0, 'the edge logged an error', stage.broken)
  checkClaims(stage)
  checkFound(stage)
  checkRefunds(stage)
}

async function act(stage: Stage, scene: Scene): Promise<void> {
  const { ledger, iamport } = stage
  switch (scene.do) {
    case 'requests':
      return ask(stage, scene)
    case 'open':
      return openWindow(stage, scene)
    case 'replay':
      return replayWindow(stage, scene)
    case 'outside':
      return payOutside(stage, scene)
    case 'failures':
      return failOften(stage, scene)
    case 'upstream': {
      const { may, act } = iamport.acts[scene.act]
      const attempt = pick(iamport.attempts.filter(may), scene.payment)
      if (attempt) act(attempt)
      return
    }
    case 'replace':
      return openReplaced(stage, scene, () => post(stage, { order: 0, change: scene.change }))
    case 'post':
      return post(stage, scene)
    case 'disable': {
      await stage.send('PUT', `/api/supplements/v1/link/payment/${pick(ledger.links, scene.link)?.id}`, {})
      return
    }
    case 'checkout': {
      const link = pick(ledger.links, scene.link)
      if (link) await askCheckout(stage, link, scene)
      return
    }
    case 'wait':
      return passUntil(stage, endOf(stage, scene.until), scene)
  }
}

async function post(
  { send }: Stage,
  { order, change }: Pick<SceneOf<'post'>, 'order' | 'change'>,
): Promise<void> {
  const { store: _, ...own } = orders[order] ?? orders[0]
  const methods = ['card', 'phone', 'vbank']
  await send('POST', '/api/supplements/v1/link/payment', {
    title: '상점',
    name: '사과',
    currency: 'KRW',
    buyer_tel: '',
    amount: { dearer: 12_000, cheaper: 8_000, same: 10_000, later: 10_000 }[change],
    expired_at: expiry / 1000 + (change === 'later' ? 1800 : 0),
    pay_methods: methods.map((pay_method) => ({ pg: 'html5_inicis', pay_method, label: 'x' })),
    ...own,
  })
}

/** Sends concurrent requests, possibly with faults and a crash. */
async function ask(stage: Stage, scene: SceneOf<'requests'>): Promise<void> {
  const { iamport, database, memory, clock, heard } = stage
  const { links } = stage.ledger
  const real = new Set(iamport.attempts.filter((attempt) => moneyIn(attempt) > 0))
  const onDeath = () => {
    iamport.day.dead = true
  }
  database.live({ crash: scene.crash, turns: scene.turns, onDeath })
  Object.assign(iamport.day, { weather: [...scene.weather], behind: scene.behind })
  const answers = await Promise.all(scene.requests.map((request) => askOne(stage, request)))
  const isClear = scene.weather.length === 0 && scene.behind === 0 && !iamport.day.dead
  if (!isClear) stage.troubledAt = clock.now
  if (iamport.day.dead) {
    heard.crashed += 1
    stage.restart()
  }
  database.live({ crash: null, turns: [0], onDeath: () => {} })
  Object.assign(iamport.day, { weather: [], behind: 0, dead: false })
  if (!isClear) return
  const after = readLedger(memory)
  for (const [which, { by, link, payment }] of scene.requests.entries()) {
    const attempt = attemptAt(stage, payment)
    const to = pick(links, link)
    const isTold = ['callback', 'return', 'notice', 'form'].includes(by) && answers[which] === 200
    if (isTold && to && attempt && real.has(attempt)) checkHeard(to, attempt, after)
  }
}

const attemptAt = ({ iamport }: Stage, which: number): Attempt | undefined =>
  which === 99 ? undefined : pick(iamport.attempts, which)

async function askOne(stage: Stage, request: Asking): Promise<number> {
  const { by, visitor } = request
  const link = pick(stage.ledger.links, request.link)
  const id = link?.id ?? 'none'
  const imp_uid = attemptAt(stage, request.payment)?.payment.imp_uid ?? 'imp_unknown'
  if (by === 'notice') return (await stage.send('POST', `/links/${id}/notice`, { imp_uid })).status
  if (by === 'form') return (await stage.send('POST', `/links/${id}/notice`, `imp_uid=${imp_uid}`)).status
  if (by === 'return') await stage.send('GET', `/${id}/return?imp_uid=${imp_uid}&imp_success=true`)
  const asked = by === 'page' ? { visitor } : { imp_uid, visitor }
  const { status, json } =
    by === 'look'
      ? await stage.send('GET', `/links/${id}`)
      : await stage.send('POST', `/links/${id}/settle`, asked)
  if (link && status === 200) noteClaims(stage, link, json)
  return status
}

function summarise({ ledger, iamport, heard }: Stage): void {
  const payments = [...ledger.payments.values()]
  heard.paid += ledger.links.filter(({ status }) => status === 'paid').length
  heard.refunded += ledger.links.filter(({ status }) => status === 'refunded').length
  heard.rejected += payments.filter(({ status }) => status === 'rejected').length
  heard.notReturned += ledger.events.filter(({ type }) => type === 'link.payment_not_returned').length
  const decided = iamport.approved.filter(({ payment }) => ledger.payments.has(payment.imp_uid))
  heard.changedMind += decided.filter(({ failedIn }) => failedIn !== undefined).length
  heard.hesitated += decided.filter(({ past }) => past.some(({ status }) => status === 'pending')).length
}
