// The loop with a world made of promises and a clock by hand.
import { expect, test, vi } from 'vitest'
import type { Checkout, PageFailure } from '../../src/contract/checkout.ts'
import { modelOf } from '../../src/page/flow/model.ts'
import { startFlow, type World } from '../../src/page/flow/run.ts'
import { aCheckout, anOpenLink } from '../support/builders.ts'

function aWorld(overrides: Partial<World> = {}) {
  const clock = { now: 1_000_000 }
  const openWindow = vi.fn()
  const checkout = vi.fn(async (): Promise<Checkout | PageFailure | 'cut'> => aCheckout())
  const world: World = {
    edge: { checkout, view: async () => anOpenLink(), settle: async () => 'unsettled', opened: () => {} },
    id: 'a',
    language: () => 'ko',
    now: () => clock.now,
    loadSdk: (_, tell) => tell('ready'),
    openWindow,
    underWay: { mark: () => {}, clear: () => {} },
    mayOpen: () => true,
    later: () => () => {},
    openStream: () => () => {},
    isSeen: () => true,
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

test('a language that was switched while the edge was asked is asked for again', async () => {
  let language: 'ko' | 'en' = 'ko'
  const asked: string[] = []
  const edge: World['edge'] = {
    view: async () => anOpenLink(),
    settle: async () => 'unsettled',
    opened: () => {},
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
