import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attempt } from '../../src/contract/links/checkout.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import type { Event } from '../../src/page/flow/event.ts'
import { firstModel, type Model, modelOf, screenOf } from '../../src/page/flow/model.ts'
import { step } from '../../src/page/flow/step.ts'
import { nextLook } from '../../src/page/flow/watch.ts'
import {
  aCheckout,
  aDisabledLink,
  anAwaitingLink,
  anOpenLink,
  aPaidLink,
  settledAs,
} from '../support/builders.ts'

const now = 1_000_000
const link = anOpenLink()
const checkout = aCheckout()
const later = now + 60_000

/** Where the customer is after these events, and everything that was done on the way. */
function follow(model: Model, ...events: Event[]) {
  const done: string[] = []
  for (const event of events) {
    const [next, effects] = step(model, event, now)
    model = next
    done.push(...effects.map((effect) => effect.do))
  }
  return { model, screen: screenOf(model), done }
}

const open = modelOf(link)
const loading: Model = { at: 'loading', charge: 'unknown' }
const sdkReady: Event = { type: 'sdk', state: 'ready', active: true }
const granted: Event = { type: 'granted', method: 'm1', checkout, until: later, active: true }
const paying = follow(open, sdkReady, { type: 'intent' }, granted, { type: 'pressed' }).model
const confirming = follow(paying, { type: 'returned', impUid: 'imp_1' }).model

describe('before paying', () => {
  test('who is told of a window elsewhere asks again as who they are', () => {
    expect(follow(modelOf(anOpenLink({ busy: true })), { type: 'begun' }).done).toEqual(['load-sdk', 'view'])
    expect(follow(open, { type: 'begun' }).done).toEqual(['load-sdk'])
  })

  test('the first method is chosen and nothing is asked for until somebody is there', () => {
    expect(open).toMatchObject({ at: 'open', desk: { method: 'm1', grant: null, asking: null } })
  })

  test('a press with everything ready opens the window in the same call', () => {
    const { screen, done } = follow(open, sdkReady, { type: 'intent' }, granted, { type: 'pressed' })
    expect(screen).toBe('paying')
    expect(done).toEqual(['grant', 'open-window'])
  })

  test('a press before the permission came opens the window when it comes, if the press still counts', () => {
    expect(follow(open, sdkReady, { type: 'pressed' }, granted)).toMatchObject({
      screen: 'paying',
      done: ['grant', 'open-window'],
    })
  })

  test('a press that grew too old asks for one more instead of a popup nobody sees', () => {
    const { model, done } = follow(open, sdkReady, { type: 'pressed' }, { ...granted, active: false })
    expect(done).not.toContain('open-window')
    expect(model).toMatchObject({ at: 'open', desk: { trouble: { why: 'press_again' }, wanted: false } })
  })

  test('one sign of a person asks once', () => {
    expect(follow(open, { type: 'intent' }, { type: 'intent' }).done).toEqual(['grant'])
  })

  test('an old permission is asked for anew', () => {
    const old = { ...granted, until: now }
    expect(follow(open, sdkReady, { type: 'intent' }, old, { type: 'pressed' }).done).toEqual([
      'grant',
      'grant',
    ])
  })

  test('the permission for one method does not open another', () => {
    const { screen, done } = follow(
      open,
      sdkReady,
      { type: 'intent' },
      granted,
      { type: 'chose', method: 'm2' },
      { type: 'pressed' },
    )
    expect(screen).toBe('open')
    expect(done).not.toContain('open-window')
  })

  test('a blocked SDK opens nothing and can be tried again', () => {
    const { model, done } = follow(
      open,
      { type: 'sdk', state: 'blocked', active: false },
      { type: 'pressed' },
      { type: 'again' },
    )
    expect(done).toEqual(['load-sdk'])
    expect(model).toMatchObject({ desk: { sdk: 'loading' } })
  })

  test('a link that was paid meanwhile says so instead of opening a window', () => {
    const refused: Event = { type: 'refused', method: 'm1', failure: { reason: 'not_open', view: aPaidLink } }
    expect(follow(open, { type: 'pressed' }, refused).screen).toBe('paid')
  })

  test('no connection at the press says so; no connection at a mere move of the pointer does not', () => {
    const cut: Event = { type: 'refused', method: 'm1', failure: 'cut' }
    expect(follow(open, { type: 'pressed' }, cut).screen).toBe('unreachable')
    expect(follow(open, { type: 'intent' }, cut).screen).toBe('open')
  })

  test.each([
    [{ reason: 'upstream_unavailable' }, 'failed'],
    [{ reason: 'unavailable', retry_after: 5 }, 'failed'],
    [{ reason: 'upstream_refused' }, 'refused'],
    [{ reason: 'internal' }, 'failed'],
  ] as const)('$reason at the press is told beside the button', (failure, why) => {
    const refused: Event = { type: 'refused', method: 'm1', failure }
    expect(follow(open, { type: 'pressed' }, refused).model).toMatchObject({
      at: 'open',
      desk: { trouble: { why } },
    })
  })
})

describe('after the window', () => {
  test.each<[Attempt, string]>([
    [{ outcome: 'declined' }, 'declined'],
    [{ outcome: 'cancelled' }, 'cancelled'],
    [{ outcome: 'pending' }, 'unknown'],
    [{ outcome: 'rejected', why: 'amount', amount: 1, currency: 'KRW', returned: true }, 'rejected'],
  ])('an open link and %o', (attempt, screen) => {
    expect(follow(confirming, { type: 'settled', settled: settledAs(link, attempt) }).screen).toBe(screen)
  })

  test('an attempt called paid on a link that is not paid is never shown as success', () => {
    const settled = settledAs(link, { outcome: 'paid' })
    expect(follow(confirming, { type: 'settled', settled }).screen).toBe('unknown')
  })

  test('an outcome that this page does not know is waited for, never taken for an end', () => {
    const attempt = { outcome: 'made_up_later' } as unknown as Attempt
    const { screen, model } = follow(confirming, { type: 'settled', settled: settledAs(link, attempt) })
    expect(screen).toBe('unknown')
    expect(nextLook(model, 0)).not.toBeNull()
  })

  test("the edge's word that the link is paid is the receipt", () => {
    const settled = settledAs(aPaidLink, { outcome: 'paid' })
    expect(follow(confirming, { type: 'settled', settled }).screen).toBe('paid')
  })

  test('no answer means unknown, with no way to pay again, until the edge knows', () => {
    const unknown = follow(confirming, { type: 'unsettled' })
    expect(unknown.screen).toBe('unknown')
    expect(follow(unknown.model, { type: 'pressed' }, { type: 'intent' })).toMatchObject({
      screen: 'unknown',
      done: [],
    })
    expect(follow(unknown.model, { type: 'viewed', view: link }).screen).toBe('unknown')
    expect(follow(unknown.model, { type: 'viewed', view: aPaidLink }).screen).toBe('paid')
  })

  test('a window that never appeared: the edge is asked what happened before anything is said', () => {
    expect(follow(paying, { type: 'again' })).toMatchObject({
      screen: 'confirming',
      done: ['close-window', 'settle'],
    })
  })

  test('after a decline the customer chooses again from the bill', () => {
    const declined = follow(confirming, {
      type: 'settled',
      settled: settledAs(link, { outcome: 'declined' }),
    })
    expect(follow(declined.model, { type: 'again' }).screen).toBe('open')
  })

  test('a second payment of a paid link is told, not hidden behind the receipt', () => {
    const rejected: Attempt = {
      outcome: 'rejected',
      why: 'second_payment',
      amount: 1,
      currency: 'KRW',
      returned: true,
    }
    const back = follow(modelOf(aPaidLink), { type: 'returned', impUid: 'imp_2' })
    expect(back).toMatchObject({ screen: 'paid', done: ['settle'] })
    const told: Event = { type: 'settled', settled: settledAs(aPaidLink, rejected), impUid: 'imp_2' }
    expect(follow(back.model, told).screen).toBe('rejected')
  })
})

describe('who opens a receipt', () => {
  const refunded: LinkView = { ...aDisabledLink, status: 'refunded', refunded_at: aDisabledLink.now }
  const elsewhere = anOpenLink({ paid_elsewhere: true })
  const settledFor = (view: LinkView, attempt: Attempt): Event => ({
    type: 'settled',
    settled: settledAs(view, attempt),
  })

  test.each([
    ['paid', aPaidLink],
    ['refunded', refunded],
    ['paid_elsewhere', elsewhere],
  ])('has the edge ask once, and sees it meanwhile: %s', (screen, view) => {
    expect(follow(firstModel(view, false), { type: 'begun' })).toMatchObject({ screen, done: ['settle'] })
    const onStaticHost = follow(loading, { type: 'begun' }, { type: 'viewed', view })
    expect(onStaticHost).toMatchObject({ screen, done: ['view', 'load-sdk', 'settle'] })
    expect(follow(onStaticHost.model, { type: 'viewed', view }, { type: 'unsettled' }).screen).toBe(screen)
    expect(follow(onStaticHost.model, { type: 'viewed', view }).done).not.toContain('settle')
  })

  test.each([
    ['an account that awaits its deposit', anAwaitingLink],
    ['a link that ended unpaid', aDisabledLink],
    ['a card that was registered for nothing', { ...aPaidLink, receipt: null } as unknown as LinkView],
  ])('has nobody asked about %s', (_, view) => {
    expect(follow(firstModel(view, false), { type: 'begun' }).done).toEqual([])
  })

  test('asks nobody where the link was paid under their eyes', () => {
    expect(follow(open, { type: 'viewed', view: aPaidLink }).done).toEqual([])
  })

  test('sees that the money went back', () => {
    const begun = follow(firstModel(aPaidLink, false), { type: 'begun' }).model
    expect(follow(begun, settledFor(refunded, { outcome: 'refunded' })).screen).toBe('refunded')
    const partly = { ...aPaidLink, receipt: { ...aPaidLink.receipt, returned: 3_000 } }
    expect(follow(begun, settledFor(partly, { outcome: 'paid' })).model).toMatchObject({
      view: { receipt: { returned: 3_000 } },
    })
  })

  test('keeps the receipt where the order has an old story of another payment', () => {
    const old: Attempt = {
      outcome: 'rejected',
      why: 'second_payment',
      amount: 1,
      currency: 'KRW',
      returned: true,
    }
    const begun = follow(firstModel(refunded, false), { type: 'begun' }).model
    expect(follow(begun, settledFor(refunded, old)).screen).toBe('refunded')
    expect(follow(begun, settledFor(refunded, { outcome: 'foreign', same: true })).screen).toBe('refunded')
  })
})

describe('news of the link', () => {
  test.each([
    [aPaidLink, 'paid'],
    [aDisabledLink, 'disabled'],
    [anAwaitingLink, 'awaiting_deposit'],
  ])('reaches an open page: $status', (view, screen) => {
    expect(follow(open, { type: 'viewed', view }).screen).toBe(screen)
  })

  test('that the link is still open does not pull a customer out of the window', () => {
    expect(follow(paying, { type: 'viewed', view: link }).screen).toBe('paying')
  })

  test('a lost connection changes nothing that is known', () => {
    expect(follow(open, { type: 'cut' }).screen).toBe('open')
    expect(follow(loading, { type: 'cut' }).screen).toBe('unreachable')
  })
})

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>(
    sdkReady,
    { type: 'sdk', state: 'blocked', active: false },
    { type: 'intent' },
    { type: 'pressed' },
    { type: 'again' },
    { type: 'cut' },
    { type: 'unsettled' },
    { type: 'returned', impUid: 'imp_1' },
    { type: 'returned', impUid: undefined },
    { type: 'chose', method: 'm2' },
    granted,
    { ...granted, active: false },
    { type: 'refused', method: 'm1', failure: 'cut' },
    { type: 'viewed', view: link },
    { type: 'viewed', view: anAwaitingLink },
    { type: 'viewed', view: aDisabledLink },
  ),
  fc
    .constantFrom<Attempt>(
      { outcome: 'paid' },
      { outcome: 'none' },
      { outcome: 'declined' },
      { outcome: 'pending' },
    )
    .map((attempt): Event => ({ type: 'settled', settled: settledAs(link, attempt) })),
)

test('whatever happens in whatever order, only a view that says paid shows success', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
      expect(follow(open, ...happened).screen).not.toBe('paid')
    }),
    { numRuns: 2_000 },
  )
})

test('a window is never opened while the answer about the last one is missing', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
      let model: Model = open
      for (const event of happened) {
        const [next, effects] = step(model, event, now)
        if (effects.some((effect) => effect.do === 'open-window')) expect(model.at).toBe('open')
        model = next
      }
    }),
    { numRuns: 2_000 },
  )
})

test('an answer that was overtaken by a later one changes nothing', () => {
  const paid = { ...aPaidLink, now: '2026-11-20T06:00:05.000Z' }
  const receipt = follow(confirming, { type: 'settled', settled: settledAs(paid, { outcome: 'paid' }) }).model
  expect(follow(receipt, { type: 'viewed', view: link }).screen).toBe('paid')
})

test('an answer from a machine whose clock is behind is no older than its question', () => {
  const paid = { ...aPaidLink, now: '2026-11-20T05:00:00.000Z' }
  expect(paid.now < link.now).toBe(true)
  const answer: Event = { type: 'settled', settled: settledAs(paid, { outcome: 'paid' }) }
  expect(follow(confirming, answer).screen).toBe('paid')
})

describe('a sentence about money waits for the edge', () => {
  const expired = { ...link, status: 'expired' } as unknown as LinkView
  const none: Event = { type: 'settled', settled: settledAs(link, { outcome: 'none' }) }

  test.each(['none', 'ignored'] as const)(
    'a payment that the browser names and the edge calls %s: unknown first, unpaid when it stays so',
    (outcome) => {
      const absent: Event = { type: 'settled', settled: settledAs(link, { outcome }) }
      expect(follow(confirming, absent).screen).toBe('unknown')
      expect(follow(confirming, absent, absent, absent, absent).screen).toBe('unknown')
      expect(follow(confirming, absent, absent, absent, absent, absent).screen).toBe('cancelled')
    },
  )

  test('an answer in between starts the count anew', () => {
    const pending: Event = { type: 'settled', settled: settledAs(link, { outcome: 'pending' }) }
    expect(follow(confirming, none, none, none, none, pending, none).screen).toBe('unknown')
  })

  test('no payment named and none known: nothing was charged', () => {
    expect(follow(paying, { type: 'again' }, none).screen).toBe('cancelled')
  })

  test('a status that nobody knows means keep waiting, whatever the browser named', () => {
    const pending: Event = { type: 'settled', settled: settledAs(link, { outcome: 'pending' }) }
    expect(follow(paying, { type: 'again' }, pending).screen).toBe('unknown')
    expect(follow(confirming, pending).screen).toBe('unknown')
  })

  test('a link that ends under an open window: the edge asks before anything is said', () => {
    const ended = follow(paying, { type: 'viewed', view: expired })
    expect(ended).toMatchObject({ screen: 'paying', done: ['settle'] })
    const still: Event = { type: 'settled', settled: settledAs(expired, { outcome: 'started' }) }
    expect(follow(ended.model, still).screen).toBe('paying')
    expect(
      follow(ended.model, { type: 'settled', settled: settledAs(expired, { outcome: 'none' }) }).screen,
    ).toBe('expired')
    expect(
      follow(ended.model, { type: 'settled', settled: settledAs(aPaidLink, { outcome: 'paid' }) }).screen,
    ).toBe('paid')
  })

  describe('a link that ended while somebody may have been paying', () => {
    const unsettled = { ...expired, unsettled: true } as LinkView
    const nothing: Event = { type: 'settled', settled: settledAs(unsettled, { outcome: 'none' }) }

    test('is asked about first when it is opened, and says that nothing was charged only then', () => {
      const opened = follow(firstModel(unsettled, false), { type: 'begun' })
      expect(opened).toMatchObject({ screen: 'confirming', done: ['settle'] })
      expect(follow(opened.model, nothing)).toMatchObject({ screen: 'expired', done: [] })
      expect(follow(opened.model, { type: 'unsettled' }).screen).toBe('unknown')
    })

    test('also where a static page learns of it, or an open page sees it end', () => {
      for (const before of [loading, open])
        expect(follow(before, { type: 'viewed', view: unsettled })).toMatchObject({
          screen: 'confirming',
          done: ['settle'],
        })
      expect(follow(open, { type: 'viewed', view: expired }).screen).toBe('expired')
    })

    test('also where a press finds it ended: the window may be open in another tab', () => {
      const refused: Event = {
        type: 'refused',
        method: 'm1',
        failure: { reason: 'not_open', view: unsettled },
      }
      expect(follow(open, { type: 'pressed' }, refused)).toMatchObject({
        screen: 'confirming',
        done: ['grant', 'settle'],
      })
      // This tab's own window is open: it stays before the customer until it is known what became of it.
      expect(follow(paying, refused)).toMatchObject({ screen: 'paying', done: ['settle'] })
    })
  })
})

describe('while an approval may still follow', () => {
  const settledFor = (view: LinkView, attempt: Attempt): Event => ({
    type: 'settled',
    settled: settledAs(view, attempt),
  })
  const unsettled = { ...link, status: 'expired', unsettled: true } as LinkView
  const expired = { ...link, status: 'expired' } as unknown as LinkView
  /** Back from a window without an answer of the gateway's. */
  const left = follow(paying, { type: 'again' }, settledFor(link, { outcome: 'started', so_far: true })).model

  test.each<[Attempt['outcome'], string]>([
    ['declined', 'declined'],
    ['cancelled', 'cancelled'],
    ['none', 'cancelled'],
    ['started', 'cancelled'],
  ])('%s says that nothing was charged so far; when it is decided, that nothing was', (outcome, screen) => {
    const asked = follow(paying, { type: 'again' }).model
    const soFar = follow(asked, settledFor(link, { outcome, so_far: true } as Attempt))
    expect(soFar.model).toMatchObject({ at: screen, desk: { charge: 'so_far' } })
    const decided = settledFor(link, { outcome } as Attempt)
    expect(follow(asked, decided).model).toMatchObject({ at: screen, desk: { charge: 'none' } })
    expect(follow(soFar.model, decided)).toMatchObject({
      model: { at: screen, desk: { charge: 'none' } },
      done: [],
    })
  })

  test.each<[string, LinkView, Attempt, string]>([
    ['paid', aPaidLink, { outcome: 'paid' }, 'paid'],
    ['awaiting a deposit', anAwaitingLink, { outcome: 'awaiting_deposit' }, 'awaiting_deposit'],
    [
      'rejected',
      link,
      { outcome: 'rejected', why: 'amount', amount: 1, currency: 'KRW', returned: false },
      'rejected',
    ],
    ['neither', link, { outcome: 'pending' }, 'unknown'],
  ])('the screen changes when the attempt turns out to be %s', (_, view, attempt, screen) => {
    const ended = follow(
      firstModel(unsettled, false),
      settledFor(unsettled, { outcome: 'none', so_far: true }),
    ).model
    for (const before of [left, follow(left, { type: 'again' }).model, ended])
      expect(follow(before, settledFor(view, attempt)).screen).toBe(screen)
  })

  test('a payment that the browser names is waited for first, then nothing was charged so far', () => {
    const none = settledFor(link, { outcome: 'none', so_far: true })
    expect(follow(confirming, none, none, none, none).screen).toBe('unknown')
    expect(follow(confirming, none, none, none, none, none).model).toMatchObject({
      at: 'cancelled',
      desk: { charge: 'so_far' },
    })
  })

  test('an answer of the gateway in hand and nothing approved so far: unknown, and decided when the edge says so', () => {
    expect(follow(confirming, settledFor(link, { outcome: 'started', so_far: true })).screen).toBe('unknown')
    expect(follow(confirming, settledFor(link, { outcome: 'started' })).screen).toBe('cancelled')
  })

  test("another payment's fate says nothing for good of the customer's own", () => {
    const other: Attempt[] = [{ outcome: 'ignored' }, { outcome: 'foreign', same: false }]
    for (const attempt of other)
      expect(follow(paying, { type: 'again' }, settledFor(link, attempt)).model).toMatchObject({
        at: 'cancelled',
        desk: { charge: 'so_far' },
      })
  })

  test('choosing again asks the edge what became of the window, and the bill goes on asking', () => {
    const again = follow(left, { type: 'again' })
    expect(again).toMatchObject({ screen: 'open', done: ['settle'] })
    expect(follow(again.model, { type: 'viewed', view: link }).model).toMatchObject({
      desk: { charge: 'so_far' },
    })
    expect(nextLook(again.model, 0)).toBe(2_000)
    expect(follow(again.model, settledFor(link, { outcome: 'none' })).model).toMatchObject({
      at: 'open',
      desk: { charge: 'none' },
    })
  })

  test('an ended link says so as well, and stops asking when it is known', () => {
    const opened = follow(firstModel(unsettled, false), { type: 'begun' }).model
    const soFar = follow(opened, settledFor(unsettled, { outcome: 'none', so_far: true })).model
    expect(soFar).toMatchObject({ at: 'settled', view: { status: 'expired', unsettled: true } })
    expect(nextLook(soFar, 0)).toBe(2_000)
    const known = follow(soFar, settledFor(expired, { outcome: 'none' })).model
    expect(known).toMatchObject({ at: 'settled', view: { status: 'expired' } })
    expect(known).not.toMatchObject({ view: { unsettled: true } })
    expect(nextLook(known, 0)).toBeNull()
  })

  test('a link that ends under the screen is asked about before anything else is said', () => {
    for (const before of [left, follow(left, { type: 'again' }).model]) {
      const ended = follow(before, { type: 'viewed', view: expired })
      expect(ended).toMatchObject({ screen: before.at, done: ['settle'] })
    }
    expect(follow(left, settledFor(expired, { outcome: 'none', so_far: true })).model).toMatchObject({
      view: { status: 'expired', unsettled: true },
    })
  })

  test('who still has the window before them stays with it', () => {
    const second = follow(left, { type: 'again' }, sdkReady, granted, { type: 'pressed' }).model
    expect(follow(second, settledFor(unsettled, { outcome: 'none', so_far: true })).screen).toBe('paying')
  })

  test('an attempt that was given back leaves the customer with the bill, and a window with the customer', () => {
    const refunded = settledFor(link, { outcome: 'refunded' })
    const chosen = follow(left, { type: 'again' }, { type: 'chose', method: 'm2' }).model
    expect(follow(chosen, refunded).model).toMatchObject({
      at: 'open',
      desk: { method: 'm2', charge: 'unknown' },
    })
    const second = follow(left, { type: 'again' }, sdkReady, granted, { type: 'pressed' }).model
    expect(follow(second, refunded).screen).toBe('paying')
  })

  test('no connection: only what is known of money is said', () => {
    const cut: Event = { type: 'refused', method: 'm1', failure: 'cut' }
    const press = (before: Model) => follow(before, { type: 'pressed' }, cut).model
    expect(press(open)).toEqual({ at: 'unreachable', charge: 'none' })
    expect(press(modelOf(anOpenLink({ busy: true })))).toEqual({ at: 'unreachable', charge: 'so_far' })
    const again = press(follow(left, { type: 'again' }).model)
    expect(again).toEqual({ at: 'unreachable', charge: 'so_far' })
    expect(nextLook(again, 0)).toBe(2_000)
    expect(follow(again, settledFor(aPaidLink, { outcome: 'paid' })).screen).toBe('paid')
    expect(follow(again, { type: 'again' }, { type: 'viewed', view: link }).model).toMatchObject({
      at: 'open',
      desk: { charge: 'so_far' },
    })
    expect(follow(loading, { type: 'cut' }).model).toEqual({ at: 'unreachable', charge: 'unknown' })
    const returning: Attempt = {
      outcome: 'rejected',
      why: 'amount',
      amount: 1,
      currency: 'KRW',
      returned: false,
    }
    const rejected = follow(confirming, settledFor(link, returning), { type: 'again' }).model
    expect(press(rejected)).toEqual({ at: 'unreachable', charge: 'unknown' })
  })

  test('whatever happens in whatever order, nothing is said for good while the edge says so far', () => {
    const happenings = fc.constantFrom<Event>(
      sdkReady,
      { type: 'pressed' },
      { type: 'again' },
      { type: 'cut' },
      { type: 'unsettled' },
      { type: 'returned', impUid: 'imp_1' },
      { type: 'returned', impUid: undefined },
      granted,
      { type: 'refused', method: 'm1', failure: 'cut' },
      { type: 'viewed', view: link },
      { type: 'viewed', view: unsettled },
      { type: 'viewed', view: expired },
      ...(['declined', 'cancelled', 'none', 'started'] as const).flatMap((outcome) => [
        settledFor(link, { outcome, so_far: true }),
        settledFor(unsettled, { outcome, so_far: true }),
      ]),
      settledFor(link, { outcome: 'foreign', same: false }),
      settledFor(link, { outcome: 'pending' }),
    )
    fc.assert(
      fc.property(fc.array(happenings, { maxLength: 30 }), (happened) => {
        const { model } = follow(paying, ...happened)
        if (model.at === 'declined' || model.at === 'cancelled' || model.at === 'open')
          expect(model.desk.charge).toBe('so_far')
        if (model.at === 'unreachable') expect(model.charge).toBe('so_far')
        if (model.at === 'settled') expect(model.view).toMatchObject({ unsettled: true })
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('an order that seems to be paid elsewhere', () => {
  const flagged = anOpenLink({ paid_elsewhere: true })
  const elsewhere = modelOf(flagged)
  const settledFor = (view: LinkView, attempt: Attempt): Event => ({
    type: 'settled',
    settled: settledAs(view, attempt),
  })
  const foreign = (view: LinkView) => settledFor(view, { outcome: 'foreign', same: true })
  const left = follow(paying, { type: 'again' }, settledFor(link, { outcome: 'started', so_far: true })).model

  test('is offered no window: nothing was charged through this link', () => {
    expect(elsewhere).toEqual({ at: 'paid_elsewhere', view: flagged, charge: 'none' })
    expect(follow(elsewhere, { type: 'intent' }, { type: 'pressed' })).toMatchObject({
      screen: 'paid_elsewhere',
      done: [],
    })
  })

  test('with a window open on another screen, nothing was charged so far', () => {
    expect(modelOf(anOpenLink({ paid_elsewhere: true, busy: true }))).toMatchObject({ charge: 'so_far' })
  })

  test.each<[string, Event]>([
    ['the link is looked at', { type: 'viewed', view: flagged }],
    [
      'a window is refused',
      { type: 'refused', method: 'm1', failure: { reason: 'not_open', view: flagged } },
    ],
  ])('is told on an open bill when %s', (_, event) => {
    expect(follow(open, event).screen).toBe('paid_elsewhere')
    expect(follow(open, { type: 'pressed' }, event).screen).toBe('paid_elsewhere')
    expect(follow(left, { type: 'again' }, event).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'so_far',
    })
  })

  test('is told to who thinks about another try', () => {
    const declined = follow(confirming, settledFor(link, { outcome: 'declined' })).model
    expect(follow(declined, { type: 'viewed', view: flagged }).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'none',
    })
    expect(follow(left, { type: 'viewed', view: flagged }).model).toMatchObject({ charge: 'so_far' })
  })

  test("is told at once when the edge finds the payment, and says nothing for good of the customer's own", () => {
    const expired = { ...link, status: 'expired', unsettled: true } as LinkView
    const before = [confirming, left, paying, follow(confirming, { type: 'unsettled' }).model]
    for (const model of [...before, firstModel(expired, false)])
      for (const view of [flagged, link, expired])
        expect(follow(model, foreign(view)).model).toEqual({ at: 'paid_elsewhere', view, charge: 'so_far' })
  })

  test('the own attempt is told by the same screen, and decides what is said of money', () => {
    expect(follow(confirming, settledFor(flagged, { outcome: 'declined' })).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'none',
    })
    expect(
      follow(confirming, settledFor(flagged, { outcome: 'cancelled', so_far: true })).model,
    ).toMatchObject({ at: 'paid_elsewhere', charge: 'so_far' })
  })

  test('does not pull a customer out of the window by mere news', () => {
    expect(follow(paying, { type: 'viewed', view: flagged }).screen).toBe('paying')
    expect(follow(paying, settledFor(flagged, { outcome: 'started', so_far: true })).screen).toBe('paying')
  })

  test('a payment of this link outweighs it', () => {
    expect(follow(confirming, foreign(aPaidLink)).screen).toBe('paid')
    expect(follow(elsewhere, { type: 'viewed', view: aPaidLink }).screen).toBe('paid')
    expect(follow(elsewhere, settledFor(aPaidLink, { outcome: 'paid' })).screen).toBe('paid')
    expect(follow(elsewhere, settledFor(flagged, { outcome: 'pending' })).screen).toBe('unknown')
  })

  test('asks again where the customer wants it, and stays where nobody can say', () => {
    const asked = follow(elsewhere, { type: 'again' })
    expect(asked).toMatchObject({ screen: 'paid_elsewhere', done: ['settle'], model: { checking: true } })
    expect(follow(asked.model, { type: 'unsettled' }).model).toMatchObject({
      at: 'paid_elsewhere',
      checking: false,
    })
    // Also from a machine whose clock is behind.
    const behind = { ...flagged, now: '2026-11-20T05:00:00.000Z' }
    const same = follow(asked.model, foreign(behind)).model
    expect(same).toEqual({ at: 'paid_elsewhere', view: behind, charge: 'none' })
  })

  test('the bill comes back when the payment is gone, and the link ends no other way', () => {
    expect(follow(elsewhere, { type: 'viewed', view: link })).toMatchObject({
      screen: 'open',
      done: ['load-sdk'],
    })
    expect(follow(elsewhere, { type: 'again' }, settledFor(link, { outcome: 'none' })).screen).toBe('open')
    expect(follow(elsewhere, { type: 'viewed', view: aDisabledLink }).screen).toBe('paid_elsewhere')
    expect(nextLook(elsewhere, 0)).not.toBeNull()
    expect(nextLook(follow(elsewhere, { type: 'viewed', view: aDisabledLink }).model, 0)).toBeNull()
  })
})

test('a permission for a window in the other language is not used', () => {
  const switched = follow(open, sdkReady, { type: 'intent' }, granted, { type: 'spoke' }, { type: 'pressed' })
  expect(switched).toMatchObject({ screen: 'open', done: ['grant', 'grant'] })
})

test('a press that waits only for the SDK opens a window that needs no popup', () => {
  const early = follow(open, { type: 'pressed' }, granted)
  expect(early.screen).toBe('open')
  expect(follow(early.model, sdkReady).screen).toBe('paying')
  expect(follow(early.model, { type: 'sdk', state: 'ready', active: false }).model).toMatchObject({
    at: 'open',
    desk: { trouble: { why: 'press_again' } },
  })
})
