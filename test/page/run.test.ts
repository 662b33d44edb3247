// The flow's loop with fake dependencies and a fake clock.
import { expect, test, vi } from 'vitest'
import type { Attempt, Checkout, PageFailure } from '../../src/contract/links/checkout.ts'
import type { Dependencies } from '../../src/page/flow/dependencies.ts'
import { createFollower } from '../../src/page/flow/follower.ts'
import { modelOf } from '../../src/page/flow/model.ts'
import { startFlow } from '../../src/page/flow/run.ts'
import { stepAfterWindow } from '../../src/page/flow/step-after-window.ts'
import { aCheckout, anOpenLink, settledAs } from '../support/builders.ts'

const anEdge: Dependencies['edge'] = {
  checkout: async () => aCheckout(),
  view: async () => anOpenLink(),
  settle: async () => 'unsettled',
  opened: () => {},
}

const followerDependencies = { openStream: () => () => {}, isVisible: () => true, schedule: () => () => {} }
const late = { step: stepAfterWindow, run: () => {}, createFollower: createFollower(followerDependencies) }

function startTestFlow(overrides: Partial<Dependencies> = {}) {
  const clock = { now: 1_000_000 }
  const openWindow = vi.fn()
  const checkout = vi.fn(async (): Promise<Checkout | PageFailure | 'unreachable'> => aCheckout())
  const dependencies: Dependencies = {
    edge: { ...anEdge, checkout },
    id: 'a',
    language: () => 'ko',
    now: () => clock.now,
    loadSdk: (_, report) => report('ready'),
    openWindow,
    pendingPayment: { mark: () => {}, clear: () => {} },
    mayOpen: () => true,
    schedule: () => () => {},
    ...overrides,
  }
  const flow = startFlow(modelOf(anOpenLink()), dependencies)
  flow.dispatch({ type: 'started' })
  return { flow, clock, openWindow, checkout }
}

test('a permission is used for half of its lifetime', async () => {
  const { flow, clock, openWindow, checkout } = startTestFlow()
  flow.dispatch({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ checkoutState: { requesting: null } }))
  // aCheckout is valid for ten minutes.
  clock.now += 5 * 60_000 + 1
  flow.dispatch({ type: 'pressed' })
  expect(openWindow).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(openWindow).toHaveBeenCalledOnce())
  expect(checkout).toHaveBeenCalledTimes(2)
})

test('the payment window opens synchronously within the click', async () => {
  const { flow, openWindow } = startTestFlow()
  flow.dispatch({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ checkoutState: { requesting: null } }))
  flow.dispatch({ type: 'pressed' })
  expect(openWindow).toHaveBeenCalledOnce()
})

test('a click does not wait for the debounce after a change of method', async () => {
  const { flow, openWindow, checkout } = startTestFlow()
  flow.dispatch({ type: 'intent' })
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ checkoutState: { requesting: null } }))
  flow.dispatch({ type: 'selected', method: 'm2' })
  expect(checkout).toHaveBeenCalledOnce()
  flow.dispatch({ type: 'pressed' })
  expect(checkout).toHaveBeenCalledTimes(2)
  await vi.waitFor(() => expect(openWindow).toHaveBeenCalledOnce())
})

test('changing the language during a request repeats the request', async () => {
  let language: 'ko' | 'en' = 'ko'
  const languages: string[] = []
  const edge: Dependencies['edge'] = {
    ...anEdge,
    checkout: async (_, request) => {
      languages.push(request.language)
      return aCheckout()
    },
  }
  const { flow } = startTestFlow({ edge, language: () => language })
  flow.dispatch({ type: 'intent' })
  language = 'en'
  await vi.waitFor(() => expect(flow.model.value).toMatchObject({ checkoutState: { requesting: null } }))
  expect(languages).toEqual(['ko', 'en'])
})

test('opening the page requests nothing from the edge', () => {
  const { checkout } = startTestFlow()
  expect(checkout).not.toHaveBeenCalled()
})

test('a tab remembers a pending payment until the result is final', async () => {
  const marks: string[] = []
  const pendingPayment = { mark: () => marks.push('mark'), clear: () => marks.push('clear') }
  const answers: Attempt[] = [{ outcome: 'started', so_far: true }, { outcome: 'cancelled' }]
  const settle = async () => settledAs(anOpenLink(), answers.shift() ?? { outcome: 'none' })
  const { flow } = startTestFlow({ edge: { ...anEdge, settle }, pendingPayment })
  flow.attach(late)
  flow.dispatch({ type: 'returned', impUid: undefined })
  await vi.waitFor(() => expect(flow.model.value.at).toBe('cancelled'))
  expect(marks).toEqual([])
  flow.refresh()
  await vi.waitFor(() => expect(marks).toEqual(['clear']))
})

test('the edge is asked at once after a window, and its answer waits for the late script', async () => {
  const settle = vi.fn(async () => settledAs(anOpenLink(), { outcome: 'declined' }))
  const edge: Dependencies['edge'] = { ...anEdge, settle }
  const { flow } = startTestFlow({ edge })
  flow.dispatch({ type: 'returned', impUid: 'imp_1' })
  await vi.waitFor(() => expect(settle).toHaveBeenCalledOnce())
  await settle.mock.results[0]?.value
  expect(flow.model.value.at).toBe('confirming')
  flow.attach(late)
  expect(flow.model.value.at).toBe('declined')
})
