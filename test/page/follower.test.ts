// Updates of an open tab, with a fake edge and a fake clock.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SettleResult } from '../../src/contract/links/checkout.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { createFollower } from '../../src/page/flow/follower.ts'
import { firstModel } from '../../src/page/flow/model.ts'
import { startFlow } from '../../src/page/flow/run.ts'
import { stepAfterWindow } from '../../src/page/flow/step-after-window.ts'
import { aDisabledLink, anAwaitingLink, anOpenLink, aPaidLink, settledAs } from '../support/builders.ts'

type OnView = (view: LinkView) => void
type OnError = (final: boolean) => void

const schedule = (ms: number, call: () => void) => {
  const timer = setTimeout(call, ms)
  return () => clearTimeout(timer)
}

function openPage(first: LinkView, { returning = false } = {}) {
  const requests: string[] = []
  const streams: { onView: OnView; onError: OnError; open: boolean }[] = []
  const answers: { view: LinkView | 'unreachable'; settle: SettleResult | 'unsettled' | number } = {
    view: first,
    settle: 'unsettled',
  }
  const tab = { visible: true }
  const flow = startFlow(firstModel(first, returning), {
    edge: {
      async view() {
        requests.push('view')
        return answers.view
      },
      checkout: async () => 'unreachable',
      opened() {},
      async settle() {
        requests.push('settle')
        return answers.settle
      },
    },
    id: first.id,
    language: () => 'ko',
    now: () => Date.now(),
    loadSdk: () => {},
    openWindow: () => {},
    pendingPayment: { mark() {}, clear() {} },
    mayOpen: () => true,
    schedule,
  })
  const openStream = (onView: OnView, onError: OnError) => {
    const stream = { onView, onError, open: true }
    streams.push(stream)
    return () => {
      stream.open = false
    }
  }
  const follower = createFollower({ openStream, isVisible: () => tab.visible, schedule })
  flow.attach({ step: stepAfterWindow, run: () => {}, createFollower: follower })
  return { ...flow, flow, requests, streams, answers, tab, at: () => flow.model.value.at }
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an open tab', () => {
  test.each([
    ['an open link', anOpenLink()],
    ['a link that awaits its deposit', anAwaitingLink],
  ])('follows %s by one stream and polls rarely while the stream works', async (_, link) => {
    const page = openPage(link)
    page.dispatch({ type: 'started' })
    expect(page.streams).toHaveLength(1)
    page.streams[0]?.onView(link)
    await pass(119)
    expect(page.requests).toEqual([])
    await pass(2)
    expect(page.requests).toEqual(['view'])
    expect(page.streams).toHaveLength(1)
  })
  test('shows streamed views and closes the stream once nothing can change', () => {
    const page = openPage(anOpenLink())
    page.dispatch({ type: 'started' })
    page.streams[0]?.onView(aDisabledLink)
    expect(page.at()).toBe('settled')
    expect(page.streams[0]?.open).toBe(false)
  })
  test('opens no stream for a link that has ended', async () => {
    const page = openPage(aDisabledLink)
    page.dispatch({ type: 'started' })
    await pass(300)
    expect(page.streams).toEqual([])
    expect(page.requests).toEqual([])
  })
  test.each([
    ['answers', settledAs(aPaidLink, { outcome: 'paid' })],
    ['cannot say', 'unsettled'],
    ['was rate limited', 60],
  ] as const)('settles a receipt once and not again when the edge %s', async (_, answer) => {
    const page = openPage(aPaidLink)
    page.answers.settle = answer
    page.dispatch({ type: 'started' })
    await pass(3_600)
    expect(page.model.value).toMatchObject({ at: 'settled', view: { status: 'paid' } })
    expect(page.requests).toEqual(['settle'])
    expect(page.streams).toEqual([])
  })
  test('keeps polling while the stream is open but silent, because a proxy may buffer it', async () => {
    const page = openPage(anAwaitingLink)
    page.dispatch({ type: 'started' })
    await pass(10)
    expect(page.requests.length).toBeGreaterThan(2)
  })
  test('polls again while the stream is broken and less often once it works', async () => {
    const page = openPage(anAwaitingLink)
    page.dispatch({ type: 'started' })
    page.streams[0]?.onView(anAwaitingLink)
    page.streams[0]?.onError(false)
    await pass(5)
    const before = page.requests.length
    expect(before).toBeGreaterThan(0)
    page.streams[0]?.onView(anAwaitingLink)
    await pass(15)
    expect(page.requests.length).toBeLessThanOrEqual(before + 1)
    expect(page.streams).toHaveLength(1)
  })
  test('reopens a refused stream only after a response of the edge', async () => {
    const page = openPage(anOpenLink())
    page.dispatch({ type: 'started' })
    page.streams[0]?.onError(true)
    page.dispatch({ type: 'selected', method: 'm2' })
    await pass(29)
    expect(page.streams).toHaveLength(1)
    page.answers.view = 'unreachable'
    await pass(3)
    expect(page.requests).toEqual(['view'])
    expect(page.streams).toHaveLength(1)
    page.answers.view = anOpenLink()
    await pass(61)
    expect(page.requests).toEqual(['view', 'view'])
    expect(page.streams).toHaveLength(2)
  })
  test('streams nothing while it is hidden', async () => {
    const page = openPage(anOpenLink())
    page.dispatch({ type: 'started' })
    page.tab.visible = false
    page.disconnect()
    expect(page.streams[0]?.open).toBe(false)
    await pass(31)
    expect(page.streams).toHaveLength(1)
    page.tab.visible = true
    page.refresh()
    await pass(0)
    expect(page.streams).toHaveLength(2)
  })
})

describe('a screen with a preliminary result', () => {
  const started = settledAs(anOpenLink(), { outcome: 'started', so_far: true })
  const unsettled = { ...anOpenLink(), status: 'expired', unsettled: true } as LinkView

  async function leaveWindow() {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = started
    page.dispatch({ type: 'returned', impUid: undefined })
    await pass(0)
    expect(page.at()).toBe('cancelled')
    return page
  }

  test('keeps settling, soon at first and rarely later, even while a stream works', async () => {
    const page = await leaveWindow()
    page.streams[0]?.onView(anOpenLink())
    await pass(10)
    expect(page.requests.length).toBeGreaterThan(3)
    await pass(3_600)
    const { length } = page.requests
    await pass(3_600)
    expect(page.requests.length - length).toBeLessThanOrEqual(12)
    expect(page.requests.length - length).toBeGreaterThan(10)
    expect(new Set(page.requests)).toEqual(new Set(['settle']))
  })
  test('changes to the receipt when the payment is approved later', async () => {
    const page = await leaveWindow()
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(3)
    expect(page.model.value).toMatchObject({ at: 'settled', view: { status: 'paid' } })
  })
  test('stops settling once the result is final', async () => {
    const page = await leaveWindow()
    page.answers.settle = settledAs(anOpenLink(), { outcome: 'cancelled' })
    await pass(3)
    expect(page.model.value).toMatchObject({ at: 'cancelled', checkoutState: { charge: 'none' } })
    const settles = page.requests.length
    await pass(600)
    expect(page.requests.slice(settles)).not.toContain('settle')
  })
  test('settles no sooner than the rate limit allows', async () => {
    const page = await leaveWindow()
    page.answers.settle = 60
    await pass(3)
    const { length } = page.requests
    await pass(58)
    expect(page.requests).toHaveLength(length)
    expect(page.at()).toBe('cancelled')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(5)
    expect(page.at()).toBe('settled')
  })
  test('keeps settling after an attempt has failed', async () => {
    const page = await leaveWindow()
    page.answers.settle = 'unsettled'
    await pass(60)
    expect(page.at()).toBe('cancelled')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(60)
    expect(page.at()).toBe('settled')
  })
  test('keeps settling for an ended link until the result is final', async () => {
    const page = openPage(unsettled)
    page.answers.settle = settledAs(unsettled, { outcome: 'none', so_far: true })
    page.dispatch({ type: 'started' })
    await pass(10)
    expect(page.model.value).toMatchObject({ view: { status: 'expired', unsettled: true } })
    expect(page.requests.length).toBeGreaterThan(3)
    const { unsettled: _, ...decided } = unsettled as LinkView & { unsettled: true }
    page.answers.settle = settledAs(decided as LinkView, { outcome: 'none' })
    await pass(15)
    const { length } = page.requests
    await pass(600)
    expect(page.requests).toHaveLength(length)
    expect(page.streams.every(({ open }) => !open)).toBe(true)
  })
})

describe('an unknown result', () => {
  test('is settled even while a stream is open, because a stream cannot deliver it', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.dispatch({ type: 'returned', impUid: 'imp_1' })
    await pass(1)
    expect(page.at()).toBe('unknown')
    const { length } = page.requests
    await pass(20)
    expect(page.requests.length).toBeGreaterThan(length + 2)
    expect(new Set(page.requests)).toEqual(new Set(['settle']))
  })
  test('stays unknown after a rate limit and is settled no sooner than allowed', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = 60
    page.dispatch({ type: 'returned', impUid: 'imp_1' })
    await pass(0)
    expect(page.at()).toBe('unknown')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(30)
    page.dispatch({ type: 'retry' })
    page.refresh()
    await pass(29)
    expect(page.requests).toEqual(['settle'])
    expect(page.at()).toBe('confirming')
    await pass(2)
    expect(page.requests).toEqual(['settle', 'settle'])
    expect(page.at()).toBe('settled')
  })
  test('can also be resolved by the stream', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = 60
    page.dispatch({ type: 'returned', impUid: 'imp_1' })
    await pass(0)
    page.streams[0]?.onView(aPaidLink)
    expect(page.at()).toBe('settled')
  })
})

test('an unreachable page recovers by itself', async () => {
  const page = openPage(anOpenLink())
  page.flow.model.value = { at: 'unreachable', charge: 'none' }
  page.answers.view = 'unreachable'
  page.refresh()
  await pass(1)
  expect(page.at()).toBe('unreachable')
  page.answers.view = anOpenLink()
  await pass(5)
  expect(page.at()).toBe('open')
})
