// The loop with a world made of promises and a clock by hand.
import { expect, test, vi } from 'vitest'
import type { Attempt, Checkout, PageFailure } from '../../src/contract/links/checkout.ts'
import { createFollower } from '../../src/page/flow/follow.ts'
import { modelOf } from '../../src/page/flow/model.ts'
import { startFlow } from '../../src/page/flow/run.ts'
import { stepAfter } from '../../src/page/flow/step-after.ts'
import type { World } from '../../src/page/flow/world.ts'
import { aCheckout, anOpenLink, settledAs } from '../support/builders.ts'

const anEdge: World['edge'] = {
  checkout: async () => aCheckout(),
  view: async () => anOpenLink(),
  settle: async () => 'unsettled',
  opened: () => {},
}

const surroundings = { openStream: () => () => {}, isSeen: () => true, later: () => () => {} }
const late = { step: stepAfter, run: () => {}, createFollower: createFollower(surroundings) }

function aWorld(overrides: Partial<World> = {}) {
  const clock = { now: 1_000_000 }
  const openWindow = vi.fn()
  const checkout = vi.fn(async (): Promise<Checkout | PageFailure | 'cut'> => aCheckout())
  const world: World = {
    edge: { ...anEdge, checkout },
    id: 'a',
    language: () => 'ko',
    now: () => clock.now,
    loadSdk: (_, tell) => tell('ready'),
    openWindow,
    underWay: { mark: () => {}, clear: () => {} },
    mayOpen: () => true,
    later: () => () => {},
    ...overrides,
  }
  const flow = startFlow(modelOf(anOpenLink()), world)
  flow.tell({ type: 'begun' })
  return { flow, clock, openWindow, checkout }
}

test('a permission is used for half of its life, so that the window has the other half', async () => {
  const { flow, clock, openWindow, checkout } = aWorld()
  flow.tell({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ desk: { asking: null } }))
  // aCheckout holds ten minutes.
  clock.now += 5 * 60_000 + 1
  flow.tell({ type: 'pressed' })
  expect(openWindow).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(openWindow).toHaveBeenCalledOnce())
  expect(checkout).toHaveBeenCalledTimes(2)
})

test('the window opens in the very call of the press', async () => {
  const { flow, openWindow } = aWorld()
  flow.tell({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ desk: { asking: null } }))
  flow.tell({ type: 'pressed' })
  expect(openWindow).toHaveBeenCalledOnce()
})

test('a press does not wait for the pause after choosing another method', async () => {
  const { flow, openWindow, checkout } = aWorld()
  flow.tell({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ desk: { asking: null } }))
  flow.tell({ type: 'chose', method: 'm2' })
  expect(checkout).toHaveBeenCalledOnce()
  flow.tell({ type: 'pressed' })
  expect(checkout).toHaveBeenCalledTimes(2)
  await vi.waitFor(() => expect(openWindow).toHaveBeenCalledOnce())
})

test('a language that was switched while the edge was asked is asked for again', async () => {
  let language: 'ko' | 'en' = 'ko'
  const asked: string[] = []
  const edge: World['edge'] = {
    ...anEdge,
    checkout: async (_, request) => {
      asked.push(request.language)
      return aCheckout()
    },
  }
  const { flow } = aWorld({ edge, language: () => language })
  flow.tell({ type: 'intent' })
  language = 'en'
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ desk: { asking: null } }))
  expect(asked).toEqual(['ko', 'en'])
})

test('merely opening the page asks the edge for nothing', () => {
  const { checkout } = aWorld()
  expect(checkout).not.toHaveBeenCalled()
})

test('a tab keeps in mind that a payment is under way until it is decided', async () => {
  const marks: string[] = []
  const underWay = { mark: () => marks.push('mark'), clear: () => marks.push('clear') }
  const answers: Attempt[] = [{ outcome: 'started', so_far: true }, { outcome: 'cancelled' }]
  const settle = async () => settledAs(anOpenLink(), answers.shift() ?? { outcome: 'none' })
  const { flow } = aWorld({ edge: { ...anEdge, settle }, underWay })
  flow.learn(late)
  flow.tell({ type: 'returned', impUid: undefined })
  await vi.waitFor(() => expect(flow.model.value.at).toBe('cancelled'))
  expect(marks).toEqual([])
  flow.look()
  await vi.waitFor(() => expect(marks).toEqual(['clear']))
})

test('the edge is asked at once what became of a window, and its answer waits for the screens', async () => {
  const settle = vi.fn(async () => settledAs(anOpenLink(), { outcome: 'declined' }))
  const edge: World['edge'] = { ...anEdge, settle }
  const { flow } = aWorld({ edge })
  flow.tell({ type: 'returned', impUid: 'imp_1' })
  await vi.waitFor(() => expect(settle).toHaveBeenCalledOnce())
  await settle.mock.results[0]?.value
  expect(flow.model.value.at).toBe('confirming')
  flow.learn(late)
  expect(flow.model.value.at).toBe('declined')
})
