// How an open tab follows its link: who is asked when, with the edge and the clock in the test's hands.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Settled } from '../../src/contract/links/checkout.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { createFollower } from '../../src/page/flow/follow.ts'
import { firstModel } from '../../src/page/flow/model.ts'
import { startFlow } from '../../src/page/flow/run.ts'
import { stepAfter } from '../../src/page/flow/step-after.ts'
import { aDisabledLink, anAwaitingLink, anOpenLink, aPaidLink, settledAs } from '../support/builders.ts'

type Told = (view: LinkView) => void
type Cut = (final: boolean) => void

const later = (ms: number, call: () => void) => {
  const timer = setTimeout(call, ms)
  return () => clearTimeout(timer)
}

function openPage(first: LinkView, { returning = false } = {}) {
  const asked: string[] = []
  const streams: { told: Told; cut: Cut; open: boolean }[] = []
  const answers: { view: LinkView | 'cut'; settle: Settled | 'unsettled' | number } = {
    view: first,
    settle: 'unsettled',
  }
  const tab = { seen: true }
  const flow = startFlow(firstModel(first, returning), {
    edge: {
      async view() {
        asked.push('view')
        return answers.view
      },
      checkout: async () => 'cut',
      opened() {},
      async settle() {
        asked.push('settle')
        return answers.settle
      },
    },
    id: first.id,
    language: () => 'ko',
    now: () => Date.now(),
    loadSdk: () => {},
    openWindow: () => {},
    underWay: { mark() {}, clear() {} },
    mayOpen: () => true,
    later,
  })
  const openStream = (told: Told, cut: Cut) => {
    const stream = { told, cut, open: true }
    streams.push(stream)
    return () => {
      stream.open = false
    }
  }
  const follower = createFollower({ openStream, isSeen: () => tab.seen, later })
  flow.learn({ step: stepAfter, run: () => {}, createFollower: follower })
  return { ...flow, flow, asked, streams, answers, tab, at: () => flow.model.value.at }
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
  ])('follows %s by one stream, and hardly asks while that tells', async (_, link) => {
    const page = openPage(link)
    page.tell({ type: 'begun' })
    expect(page.streams).toHaveLength(1)
    page.streams[0]?.told(link)
    await pass(119)
    expect(page.asked).toEqual([])
    await pass(2)
    expect(page.asked).toEqual(['view'])
    expect(page.streams).toHaveLength(1)
  })
  test('shows what the stream tells, and closes it where nothing can change', () => {
    const page = openPage(anOpenLink())
    page.tell({ type: 'begun' })
    page.streams[0]?.told(aDisabledLink)
    expect(page.at()).toBe('settled')
    expect(page.streams[0]?.open).toBe(false)
  })
  test('opens none for a link that has ended', async () => {
    const page = openPage(aDisabledLink)
    page.tell({ type: 'begun' })
    await pass(300)
    expect(page.streams).toEqual([])
    expect(page.asked).toEqual([])
  })
  test.each([
    ['answers', settledAs(aPaidLink, { outcome: 'paid' })],
    ['cannot say', 'unsettled'],
    ['was asked too often', 60],
  ] as const)('with a receipt has the edge ask once, no more when it %s', async (_, answer) => {
    const page = openPage(aPaidLink)
    page.answers.settle = answer
    page.tell({ type: 'begun' })
    await pass(3_600)
    expect(page.model.value).toMatchObject({ at: 'settled', view: { status: 'paid' } })
    expect(page.asked).toEqual(['settle'])
    expect(page.streams).toEqual([])
  })
  test('asks as before where a stream is open but says nothing: a proxy may hold it back', async () => {
    const page = openPage(anAwaitingLink)
    page.tell({ type: 'begun' })
    await pass(10)
    expect(page.asked.length).toBeGreaterThan(2)
  })
  test('asks again while the stream is cut, and less once it is back', async () => {
    const page = openPage(anAwaitingLink)
    page.tell({ type: 'begun' })
    page.streams[0]?.told(anAwaitingLink)
    page.streams[0]?.cut(false)
    await pass(5)
    const before = page.asked.length
    expect(before).toBeGreaterThan(0)
    page.streams[0]?.told(anAwaitingLink)
    await pass(15)
    expect(page.asked.length).toBeLessThanOrEqual(before + 1)
    expect(page.streams).toHaveLength(1)
  })
  test('whose stream was refused tries it again only after the edge has answered a look', async () => {
    const page = openPage(anOpenLink())
    page.tell({ type: 'begun' })
    page.streams[0]?.cut(true)
    page.tell({ type: 'chose', method: 'm2' })
    await pass(29)
    expect(page.streams).toHaveLength(1)
    page.answers.view = 'cut'
    await pass(3)
    expect(page.asked).toEqual(['view'])
    expect(page.streams).toHaveLength(1)
    page.answers.view = anOpenLink()
    await pass(61)
    expect(page.asked).toEqual(['view', 'view'])
    expect(page.streams).toHaveLength(2)
  })
  test('streams nothing while it is hidden', async () => {
    const page = openPage(anOpenLink())
    page.tell({ type: 'begun' })
    page.tab.seen = false
    page.rest()
    expect(page.streams[0]?.open).toBe(false)
    await pass(31)
    expect(page.streams).toHaveLength(1)
    page.tab.seen = true
    page.look()
    await pass(0)
    expect(page.streams).toHaveLength(2)
  })
})

describe('a screen that says what is so so far', () => {
  const started = settledAs(anOpenLink(), { outcome: 'started', so_far: true })
  const unsettled = { ...anOpenLink(), status: 'expired', unsettled: true } as LinkView

  async function leaveWindow() {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = started
    page.tell({ type: 'returned', impUid: undefined })
    await pass(0)
    expect(page.at()).toBe('cancelled')
    return page
  }

  test('has the edge ask on, quickly at first and rarely in the end, though a stream tells', async () => {
    const page = await leaveWindow()
    page.streams[0]?.told(anOpenLink())
    await pass(10)
    expect(page.asked.length).toBeGreaterThan(3)
    await pass(3_600)
    const { length } = page.asked
    await pass(3_600)
    expect(page.asked.length - length).toBeLessThanOrEqual(12)
    expect(page.asked.length - length).toBeGreaterThan(10)
    expect(new Set(page.asked)).toEqual(new Set(['settle']))
  })
  test('changes to the receipt when the payment is approved after all', async () => {
    const page = await leaveWindow()
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(3)
    expect(page.model.value).toMatchObject({ at: 'settled', view: { status: 'paid' } })
  })
  test('has the edge ask no more once it is decided', async () => {
    const page = await leaveWindow()
    page.answers.settle = settledAs(anOpenLink(), { outcome: 'cancelled' })
    await pass(3)
    expect(page.model.value).toMatchObject({ at: 'cancelled', desk: { charge: 'none' } })
    const settles = page.asked.length
    await pass(600)
    expect(page.asked.slice(settles)).not.toContain('settle')
  })
  test('asks no sooner than the edge allows', async () => {
    const page = await leaveWindow()
    page.answers.settle = 60
    await pass(3)
    const { length } = page.asked
    await pass(58)
    expect(page.asked).toHaveLength(length)
    expect(page.at()).toBe('cancelled')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(5)
    expect(page.at()).toBe('settled')
  })
  test('goes on asking after it could not', async () => {
    const page = await leaveWindow()
    page.answers.settle = 'unsettled'
    await pass(60)
    expect(page.at()).toBe('cancelled')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(60)
    expect(page.at()).toBe('settled')
  })
  test('goes on asking about a link that has ended, until it is decided', async () => {
    const page = openPage(unsettled)
    page.answers.settle = settledAs(unsettled, { outcome: 'none', so_far: true })
    page.tell({ type: 'begun' })
    await pass(10)
    expect(page.model.value).toMatchObject({ view: { status: 'expired', unsettled: true } })
    expect(page.asked.length).toBeGreaterThan(3)
    const { unsettled: _, ...decided } = unsettled as LinkView & { unsettled: true }
    page.answers.settle = settledAs(decided as LinkView, { outcome: 'none' })
    await pass(15)
    const { length } = page.asked
    await pass(600)
    expect(page.asked).toHaveLength(length)
    expect(page.streams.every(({ open }) => !open)).toBe(true)
  })
})

describe('a result that is not known', () => {
  test('is asked for though a stream is open, which cannot know it either', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.tell({ type: 'returned', impUid: 'imp_1' })
    await pass(1)
    expect(page.at()).toBe('unknown')
    const { length } = page.asked
    await pass(20)
    expect(page.asked.length).toBeGreaterThan(length + 2)
    expect(new Set(page.asked)).toEqual(new Set(['settle']))
  })
  test('that was asked for too often stays unknown, and is asked for again no sooner than allowed', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = 60
    page.tell({ type: 'returned', impUid: 'imp_1' })
    await pass(0)
    expect(page.at()).toBe('unknown')
    page.answers.settle = settledAs(aPaidLink, { outcome: 'paid' })
    await pass(30)
    page.tell({ type: 'again' })
    page.look()
    await pass(29)
    expect(page.asked).toEqual(['settle'])
    expect(page.at()).toBe('confirming')
    await pass(2)
    expect(page.asked).toEqual(['settle', 'settle'])
    expect(page.at()).toBe('settled')
  })
  test('comes by the stream as well', async () => {
    const page = openPage(anOpenLink(), { returning: true })
    page.answers.settle = 60
    page.tell({ type: 'returned', impUid: 'imp_1' })
    await pass(0)
    page.streams[0]?.told(aPaidLink)
    expect(page.at()).toBe('settled')
  })
})

test('a page that could not reach the edge comes back by itself', async () => {
  const page = openPage(anOpenLink())
  page.flow.model.value = { at: 'unreachable', charge: 'none' }
  page.answers.view = 'cut'
  page.look()
  await pass(1)
  expect(page.at()).toBe('unreachable')
  page.answers.view = anOpenLink()
  await pass(5)
  expect(page.at()).toBe('open')
})
