// Plays a story against the real edge and checks the ledger after every scene.
import type { Attempt } from './attempt.ts'
import { moneyIn } from './attempt.ts'
import { checkFound, checkRefunds } from './check-found.ts'
import { checkLinks } from './check-links.ts'
import { checkAcknowledged, checkCancelled, checkEnd, checkPayments } from './check-payments.ts'
import { checkClaims, recordClaims } from './claims.ts'
import type { Coverage } from './coverage.ts'
import {
  failOften,
  openReplaced,
  openWindow,
  payOutside,
  pick,
  replayWindow,
  requestCheckout,
} from './customers.ts'
import { invariant } from './invariant.ts'
import { readLedger } from './ledger.ts'
import { orders } from './orders.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import type { RequestScene, Scene, SceneOf, Story } from './story.ts'
import { advanceTo, endStory, endTime, expiry } from './time.ts'

/** Scenes in which the timers run. */
const takesTime = new Set<Scene['do']>(['wait', 'replace', 'failures'])

type Touched = Parameters<typeof checkCancelled>[3]

export async function play(story: Story, coverage: Coverage): Promise<void> {
  const simulation = createSimulation(story, coverage)
  await post(simulation, { order: 0, change: 'same' })
  checkAll(simulation, [])
  for (const scene of story.scenes) {
    simulation.clock.scene += 1
    const { links } = simulation.ledger
    await act(simulation, scene)
    const touched = scene.do === 'requests' ? scene.requests.map(({ link }) => pick(links, link)) : []
    checkAll(simulation, takesTime.has(scene.do) ? undefined : touched)
  }
  simulation.clock.scene += 1
  await endStory(simulation, story.ending)
  checkAll(simulation, undefined)
  // The faults are over: settles each order once more.
  const { links } = simulation.ledger
  for (const { id, superseded_by } of links)
    if (superseded_by === null) await simulation.send('POST', `/links/${id}/settle`, {})
  checkAll(simulation, links)
  checkEnd(simulation, simulation.ledger)
  summarise(simulation)
}

function checkAll(simulation: Simulation, touched: Touched): void {
  const { iamport, memory, clock, checked } = simulation
  // Most changes at i'mport are not noticed at once.
  if (memory.writes() !== checked.writes) {
    const before = simulation.ledger
    simulation.ledger = readLedger(memory)
    checkLinks(simulation.ledger, iamport, clock.now)
    checkPayments(simulation, simulation.ledger, before)
    checked.writes = memory.writes()
  }
  for (const attempt of iamport.cancelled.slice(checked.cancelled))
    checkCancelled(attempt, simulation, simulation.ledger, touched)
  checked.cancelled = iamport.cancelled.length
  invariant(simulation.loggedErrors.length === 0, 'the edge logged an error', simulation.loggedErrors)
  checkClaims(simulation)
  checkFound(simulation)
  checkRefunds(simulation)
}

async function act(simulation: Simulation, scene: Scene): Promise<void> {
  const { ledger, iamport } = simulation
  switch (scene.do) {
    case 'requests':
      return sendRequests(simulation, scene)
    case 'open':
      return openWindow(simulation, scene)
    case 'replay':
      return replayWindow(simulation, scene)
    case 'outside':
      return payOutside(simulation, scene)
    case 'failures':
      return failOften(simulation, scene)
    case 'upstream': {
      const { may, act } = iamport.acts[scene.act]
      const attempt = pick(iamport.attempts.filter(may), scene.payment)
      if (attempt) act(attempt)
      return
    }
    case 'replace':
      return openReplaced(simulation, scene, () => post(simulation, { order: 0, change: scene.change }))
    case 'post':
      return post(simulation, scene)
    case 'disable': {
      await simulation.send(
        'PUT',
        `/api/supplements/v1/link/payment/${pick(ledger.links, scene.link)?.id}`,
        {},
      )
      return
    }
    case 'checkout': {
      const link = pick(ledger.links, scene.link)
      if (link) await requestCheckout(simulation, link, scene)
      return
    }
    case 'wait':
      return advanceTo(simulation, endTime(simulation, scene.until), scene)
  }
}

async function post(
  { send }: Simulation,
  { order, change }: Pick<SceneOf<'post'>, 'order' | 'change'>,
): Promise<void> {
  const { store: _, ...own } = orders[order] ?? orders[0]
  const methods = ['card', 'phone', 'vbank']
  await send('POST', '/api/supplements/v1/link/payment', {
    title: '상점',
    name: '사과',
    currency: 'KRW',
    buyer_tel: '',
    amount: { 'higher price': 12_000, 'lower price': 8_000, same: 10_000, 'later expiry': 10_000 }[change],
    expired_at: expiry / 1000 + (change === 'later expiry' ? 1800 : 0),
    pay_methods: methods.map((pay_method) => ({ pg: 'html5_inicis', pay_method, label: 'x' })),
    ...own,
  })
}

/** Sends concurrent requests, possibly with faults and a crash. */
async function sendRequests(simulation: Simulation, scene: SceneOf<'requests'>): Promise<void> {
  const { iamport, database, memory, clock, coverage } = simulation
  const { links } = simulation.ledger
  const paidBefore = new Set(iamport.attempts.filter((attempt) => moneyIn(attempt) > 0))
  const onDeath = () => {
    iamport.network.isDown = true
  }
  database.start({ crash: scene.crash, turns: scene.turns, onDeath })
  Object.assign(iamport.network, { faults: [...scene.faults], staleBy: scene.staleBy })
  const answers = await Promise.all(scene.requests.map((request) => sendRequest(simulation, request)))
  const isFaultless = scene.faults.length === 0 && scene.staleBy === 0 && !iamport.network.isDown
  if (!isFaultless) simulation.lastFaultAt = clock.now
  if (iamport.network.isDown) {
    coverage.crashes += 1
    simulation.restart()
  }
  database.start({ crash: null, turns: [0], onDeath: () => {} })
  Object.assign(iamport.network, { faults: [], staleBy: 0, isDown: false })
  if (!isFaultless) return
  const after = readLedger(memory)
  for (const [index, { by, link, payment }] of scene.requests.entries()) {
    const attempt = attemptAt(simulation, payment)
    const to = pick(links, link)
    const isAcknowledged = ['callback', 'return', 'notice', 'form'].includes(by) && answers[index] === 200
    if (isAcknowledged && to && attempt && paidBefore.has(attempt)) checkAcknowledged(to, attempt, after)
  }
}

const attemptAt = ({ iamport }: Simulation, index: number): Attempt | undefined =>
  index === 99 ? undefined : pick(iamport.attempts, index)

async function sendRequest(simulation: Simulation, request: RequestScene): Promise<number> {
  const { by, visitor } = request
  const link = pick(simulation.ledger.links, request.link)
  const id = link?.id ?? 'none'
  const imp_uid = attemptAt(simulation, request.payment)?.payment.imp_uid ?? 'imp_unknown'
  if (by === 'notice') return (await simulation.send('POST', `/links/${id}/notice`, { imp_uid })).status
  if (by === 'form')
    return (await simulation.send('POST', `/links/${id}/notice`, `imp_uid=${imp_uid}`)).status
  if (by === 'return') await simulation.send('GET', `/${id}/return?imp_uid=${imp_uid}&imp_success=true`)
  const body = by === 'page' ? { visitor } : { imp_uid, visitor }
  const { status, json } =
    by === 'view'
      ? await simulation.send('GET', `/links/${id}`)
      : await simulation.send('POST', `/links/${id}/settle`, body)
  if (link && status === 200) recordClaims(simulation, link, json)
  return status
}

function summarise({ ledger, iamport, coverage }: Simulation): void {
  const payments = [...ledger.payments.values()]
  coverage.paid += ledger.links.filter(({ status }) => status === 'paid').length
  coverage.refunded += ledger.links.filter(({ status }) => status === 'refunded').length
  coverage.rejected += payments.filter(({ status }) => status === 'rejected').length
  coverage.failedRefunds += ledger.events.filter(({ type }) => type === 'link.payment_not_returned').length
  const decided = iamport.approved.filter(({ payment }) => ledger.payments.has(payment.imp_uid))
  coverage.approvedAfterFailure += decided.filter(({ failedIn }) => failedIn !== undefined).length
  coverage.approvedAfterPending += decided.filter(({ past }) =>
    past.some(({ status }) => status === 'pending'),
  ).length
}
