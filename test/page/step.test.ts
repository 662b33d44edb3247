import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attempt } from '../../src/contract/links/checkout.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import type { Event } from '../../src/page/flow/event.ts'
import { firstModel, type Model, modelOf, screenOf } from '../../src/page/flow/model.ts'
import { nextPollMs } from '../../src/page/flow/poll-schedule.ts'
import { step } from '../../src/page/flow/step.ts'
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

/** Applies the events; returns the model, its screen and all effects. */
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
  test('asks again with its own tab ID when another window is reported', () => {
    expect(follow(modelOf(anOpenLink({ busy: true })), { type: 'started' }).done).toEqual([
      'load-sdk',
      'view',
    ])
    expect(follow(open, { type: 'started' }).done).toEqual(['load-sdk'])
  })

  test('preselects the first method and requests nothing before any input', () => {
    expect(open).toMatchObject({ at: 'open', checkoutState: { method: 'm1', grant: null, requesting: null } })
  })

  test('opens the window synchronously when everything is ready', () => {
    const { screen, done } = follow(open, sdkReady, { type: 'intent' }, granted, { type: 'pressed' })
    expect(screen).toBe('paying')
    expect(done).toEqual(['grant', 'open-window'])
  })

  test('opens the window when the permission arrives, if the click still counts', () => {
    expect(follow(open, sdkReady, { type: 'pressed' }, granted)).toMatchObject({
      screen: 'paying',
      done: ['grant', 'open-window'],
    })
  })

  test('asks for another click instead of opening a popup that would be blocked', () => {
    const { model, done } = follow(open, sdkReady, { type: 'pressed' }, { ...granted, active: false })
    expect(done).not.toContain('open-window')
    expect(model).toMatchObject({
      at: 'open',
      checkoutState: { trouble: { reason: 'press_again' }, pending: false },
    })
  })

  test('requests one permission for one sign of a user', () => {
    expect(follow(open, { type: 'intent' }, { type: 'intent' }).done).toEqual(['grant'])
  })

  test('requests a new permission once the old one has expired', () => {
    const old = { ...granted, until: now }
    expect(follow(open, sdkReady, { type: 'intent' }, old, { type: 'pressed' }).done).toEqual([
      'grant',
      'grant',
    ])
  })

  test('does not use the permission of one method for another', () => {
    const { screen, done } = follow(
      open,
      sdkReady,
      { type: 'intent' },
      granted,
      { type: 'selected', method: 'm2' },
      { type: 'pressed' },
    )
    expect(screen).toBe('open')
    expect(done).not.toContain('open-window')
  })

  test('opens nothing with a blocked SDK and can be retried', () => {
    const { model, done } = follow(
      open,
      { type: 'sdk', state: 'blocked', active: false },
      { type: 'pressed' },
      { type: 'retry' },
    )
    expect(done).toEqual(['load-sdk'])
    expect(model).toMatchObject({ checkoutState: { sdk: 'loading' } })
  })

  test('shows that the link was paid meanwhile instead of opening a window', () => {
    const refused: Event = { type: 'refused', method: 'm1', failure: { reason: 'not_open', view: aPaidLink } }
    expect(follow(open, { type: 'pressed' }, refused).screen).toBe('paid')
  })

  test('reports a lost connection after a click but not after a pointer move', () => {
    const refused: Event = { type: 'refused', method: 'm1', failure: 'unreachable' }
    expect(follow(open, { type: 'pressed' }, refused).screen).toBe('unreachable')
    expect(follow(open, { type: 'intent' }, refused).screen).toBe('open')
  })

  test.each([
    [{ reason: 'upstream_unavailable' }, 'failed'],
    [{ reason: 'unavailable', retry_after: 5 }, 'failed'],
    [{ reason: 'upstream_refused' }, 'refused'],
    [{ reason: 'internal' }, 'failed'],
  ] as const)('shows $reason next to the button after a click', (failure, reason) => {
    const refused: Event = { type: 'refused', method: 'm1', failure }
    expect(follow(open, { type: 'pressed' }, refused).model).toMatchObject({
      at: 'open',
      checkoutState: { trouble: { reason } },
    })
  })
})

describe('after the window', () => {
  test.each<[Attempt, string]>([
    [{ outcome: 'declined' }, 'declined'],
    [{ outcome: 'cancelled' }, 'cancelled'],
    [{ outcome: 'pending' }, 'unknown'],
    [{ outcome: 'rejected', why: 'amount', amount: 1, currency: 'KRW', returned: true }, 'rejected'],
  ])('an open link with the result %o shows the right screen', (attempt, screen) => {
    expect(follow(confirming, { type: 'settled', settled: settledAs(link, attempt) }).screen).toBe(screen)
  })

  test('a "paid" attempt on an unpaid link is never shown as success', () => {
    const settled = settledAs(link, { outcome: 'paid' })
    expect(follow(confirming, { type: 'settled', settled }).screen).toBe('unknown')
  })

  test('an unknown outcome means keep waiting', () => {
    const attempt = { outcome: 'made_up_later' } as unknown as Attempt
    const { screen, model } = follow(confirming, { type: 'settled', settled: settledAs(link, attempt) })
    expect(screen).toBe('unknown')
    expect(nextPollMs(model, 0)).not.toBeNull()
  })

  test('a paid link shows the receipt', () => {
    const settled = settledAs(aPaidLink, { outcome: 'paid' })
    expect(follow(confirming, { type: 'settled', settled }).screen).toBe('paid')
  })

  test('no answer means unknown, without a way to pay again, until the edge knows', () => {
    const unknown = follow(confirming, { type: 'unsettled' })
    expect(unknown.screen).toBe('unknown')
    expect(follow(unknown.model, { type: 'pressed' }, { type: 'intent' })).toMatchObject({
      screen: 'unknown',
      done: [],
    })
    expect(follow(unknown.model, { type: 'updated', view: link }).screen).toBe('unknown')
    expect(follow(unknown.model, { type: 'updated', view: aPaidLink }).screen).toBe('paid')
  })

  test('a window that never appeared is settled before anything is shown', () => {
    expect(follow(paying, { type: 'retry' })).toMatchObject({
      screen: 'confirming',
      done: ['close-window', 'settle'],
    })
  })

  test('the customer can choose again after a decline', () => {
    const declined = follow(confirming, {
      type: 'settled',
      settled: settledAs(link, { outcome: 'declined' }),
    })
    expect(follow(declined.model, { type: 'retry' }).screen).toBe('open')
  })

  test('a second payment of a paid link is shown instead of hidden behind the receipt', () => {
    const rejected: Attempt = {
      outcome: 'rejected',
      why: 'second_payment',
      amount: 1,
      currency: 'KRW',
      returned: true,
    }
    const back = follow(modelOf(aPaidLink), { type: 'returned', impUid: 'imp_2' })
    expect(back).toMatchObject({ screen: 'paid', done: ['settle'] })
    const settledRejected: Event = {
      type: 'settled',
      settled: settledAs(aPaidLink, rejected),
      impUid: 'imp_2',
    }
    expect(follow(back.model, settledRejected).screen).toBe('rejected')
  })
})

describe('opening a receipt', () => {
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
  ])('settles once and keeps the screen meanwhile: %s', (screen, view) => {
    expect(follow(firstModel(view, false), { type: 'started' })).toMatchObject({ screen, done: ['settle'] })
    const onStaticHost = follow(loading, { type: 'started' }, { type: 'updated', view })
    expect(onStaticHost).toMatchObject({ screen, done: ['view', 'load-sdk', 'settle'] })
    expect(follow(onStaticHost.model, { type: 'updated', view }, { type: 'unsettled' }).screen).toBe(screen)
    expect(follow(onStaticHost.model, { type: 'updated', view }).done).not.toContain('settle')
  })

  test.each([
    ['an account that awaits its deposit', anAwaitingLink],
    ['a link that ended unpaid', aDisabledLink],
    ['a card that was registered for nothing', { ...aPaidLink, receipt: null } as unknown as LinkView],
  ])('does not settle %s', (_, view) => {
    expect(follow(firstModel(view, false), { type: 'started' }).done).toEqual([])
  })

  test('does not settle a link that was just paid on this page', () => {
    expect(follow(open, { type: 'updated', view: aPaidLink }).done).toEqual([])
  })

  test('shows a refund made elsewhere', () => {
    const opened = follow(firstModel(aPaidLink, false), { type: 'started' }).model
    expect(follow(opened, settledFor(refunded, { outcome: 'refunded' })).screen).toBe('refunded')
    const partly = { ...aPaidLink, receipt: { ...aPaidLink.receipt, returned: 3_000 } }
    expect(follow(opened, settledFor(partly, { outcome: 'paid' })).model).toMatchObject({
      view: { receipt: { returned: 3_000 } },
    })
  })

  test('keeps the receipt if the order has an old rejected payment', () => {
    const old: Attempt = {
      outcome: 'rejected',
      why: 'second_payment',
      amount: 1,
      currency: 'KRW',
      returned: true,
    }
    const opened = follow(firstModel(refunded, false), { type: 'started' }).model
    expect(follow(opened, settledFor(refunded, old)).screen).toBe('refunded')
    expect(follow(opened, settledFor(refunded, { outcome: 'foreign', same: true })).screen).toBe('refunded')
  })
})

describe('a new view of the link', () => {
  test.each([
    [aPaidLink, 'paid'],
    [aDisabledLink, 'disabled'],
    [anAwaitingLink, 'awaiting_deposit'],
  ])('updates an open page: $status', (view, screen) => {
    expect(follow(open, { type: 'updated', view }).screen).toBe(screen)
  })

  test('does not interrupt an open window while the link is open', () => {
    expect(follow(paying, { type: 'updated', view: link }).screen).toBe('paying')
  })

  test('keeps what is known when the connection is lost', () => {
    expect(follow(open, { type: 'unreachable' }).screen).toBe('open')
    expect(follow(loading, { type: 'unreachable' }).screen).toBe('unreachable')
  })
})

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>(
    sdkReady,
    { type: 'sdk', state: 'blocked', active: false },
    { type: 'intent' },
    { type: 'pressed' },
    { type: 'retry' },
    { type: 'unreachable' },
    { type: 'unsettled' },
    { type: 'returned', impUid: 'imp_1' },
    { type: 'returned', impUid: undefined },
    { type: 'selected', method: 'm2' },
    granted,
    { ...granted, active: false },
    { type: 'refused', method: 'm1', failure: 'unreachable' },
    { type: 'updated', view: link },
    { type: 'updated', view: anAwaitingLink },
    { type: 'updated', view: aDisabledLink },
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

test('only a view with the status paid shows success, for any order of events', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
      expect(follow(open, ...happened).screen).not.toBe('paid')
    }),
    { numRuns: 2_000 },
  )
})

test('no window opens before the result of the last one is known, for any order of events', () => {
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

test('an answer older than the current view is ignored', () => {
  const paid = { ...aPaidLink, now: '2026-11-20T06:00:05.000Z' }
  const receipt = follow(confirming, { type: 'settled', settled: settledAs(paid, { outcome: 'paid' }) }).model
  expect(follow(receipt, { type: 'updated', view: link }).screen).toBe('paid')
})

test("an awaited answer is used even if the edge's clock is behind", () => {
  const paid = { ...aPaidLink, now: '2026-11-20T05:00:00.000Z' }
  expect(paid.now < link.now).toBe(true)
  const answer: Event = { type: 'settled', settled: settledAs(paid, { outcome: 'paid' }) }
  expect(follow(confirming, answer).screen).toBe('paid')
})

describe('a claim about money waits for the edge', () => {
  const expired = { ...link, status: 'expired' } as unknown as LinkView
  const none: Event = { type: 'settled', settled: settledAs(link, { outcome: 'none' }) }

  test.each(['none', 'ignored'] as const)(
    'an ID from the browser that the edge calls %s shows unknown first and unpaid after repeated answers',
    (outcome) => {
      const absent: Event = { type: 'settled', settled: settledAs(link, { outcome }) }
      expect(follow(confirming, absent).screen).toBe('unknown')
      expect(follow(confirming, absent, absent, absent, absent).screen).toBe('unknown')
      expect(follow(confirming, absent, absent, absent, absent, absent).screen).toBe('cancelled')
    },
  )

  test('an answer in between restarts the count', () => {
    const pending: Event = { type: 'settled', settled: settledAs(link, { outcome: 'pending' }) }
    expect(follow(confirming, none, none, none, none, pending, none).screen).toBe('unknown')
  })

  test('nothing was charged if no payment is named and none is known', () => {
    expect(follow(paying, { type: 'retry' }, none).screen).toBe('cancelled')
  })

  test('an unknown status means keep waiting, whatever the browser named', () => {
    const pending: Event = { type: 'settled', settled: settledAs(link, { outcome: 'pending' }) }
    expect(follow(paying, { type: 'retry' }, pending).screen).toBe('unknown')
    expect(follow(confirming, pending).screen).toBe('unknown')
  })

  test('a link that ends under an open window is settled first', () => {
    const ended = follow(paying, { type: 'updated', view: expired })
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

  describe('for a link that ended during a possible payment', () => {
    const unsettled = { ...expired, unsettled: true } as LinkView
    const nothing: Event = { type: 'settled', settled: settledAs(unsettled, { outcome: 'none' }) }

    test('is settled on opening before it says that nothing was charged', () => {
      const opened = follow(firstModel(unsettled, false), { type: 'started' })
      expect(opened).toMatchObject({ screen: 'confirming', done: ['settle'] })
      expect(follow(opened.model, nothing)).toMatchObject({ screen: 'expired', done: [] })
      expect(follow(opened.model, { type: 'unsettled' }).screen).toBe('unknown')
    })

    test('is settled when a static page loads it or an open page sees it end', () => {
      for (const before of [loading, open])
        expect(follow(before, { type: 'updated', view: unsettled })).toMatchObject({
          screen: 'confirming',
          done: ['settle'],
        })
      expect(follow(open, { type: 'updated', view: expired }).screen).toBe('expired')
    })

    test('is settled when a click finds it ended, because another tab may have a window', () => {
      const refused: Event = {
        type: 'refused',
        method: 'm1',
        failure: { reason: 'not_open', view: unsettled },
      }
      expect(follow(open, { type: 'pressed' }, refused)).toMatchObject({
        screen: 'confirming',
        done: ['grant', 'settle'],
      })
      // This tab's own window stays open until its result is known.
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
  /** After a window without a result of the gateway. */
  const left = follow(paying, { type: 'retry' }, settledFor(link, { outcome: 'started', so_far: true })).model

  test.each<[Attempt['outcome'], string]>([
    ['declined', 'declined'],
    ['cancelled', 'cancelled'],
    ['none', 'cancelled'],
    ['started', 'cancelled'],
  ])('%s makes a preliminary claim first and a final one once decided', (outcome, screen) => {
    const afterRetry = follow(paying, { type: 'retry' }).model
    const soFar = follow(afterRetry, settledFor(link, { outcome, so_far: true } as Attempt))
    expect(soFar.model).toMatchObject({ at: screen, checkoutState: { charge: 'so_far' } })
    const decided = settledFor(link, { outcome } as Attempt)
    expect(follow(afterRetry, decided).model).toMatchObject({ at: screen, checkoutState: { charge: 'none' } })
    expect(follow(soFar.model, decided)).toMatchObject({
      model: { at: screen, checkoutState: { charge: 'none' } },
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
    for (const before of [left, follow(left, { type: 'retry' }).model, ended])
      expect(follow(before, settledFor(view, attempt)).screen).toBe(screen)
  })

  test('a payment named by the browser is waited for before a preliminary claim', () => {
    const none = settledFor(link, { outcome: 'none', so_far: true })
    expect(follow(confirming, none, none, none, none).screen).toBe('unknown')
    expect(follow(confirming, none, none, none, none, none).model).toMatchObject({
      at: 'cancelled',
      checkoutState: { charge: 'so_far' },
    })
  })

  test('a payment ID without an approval stays unknown until the edge decides', () => {
    expect(follow(confirming, settledFor(link, { outcome: 'started', so_far: true })).screen).toBe('unknown')
    expect(follow(confirming, settledFor(link, { outcome: 'started' })).screen).toBe('cancelled')
  })

  test("the result of another payment makes no final claim about the customer's own", () => {
    const other: Attempt[] = [{ outcome: 'ignored' }, { outcome: 'foreign', same: false }]
    for (const attempt of other)
      expect(follow(paying, { type: 'retry' }, settledFor(link, attempt)).model).toMatchObject({
        at: 'cancelled',
        checkoutState: { charge: 'so_far' },
      })
  })

  test('choosing again settles the window, and the bill keeps asking', () => {
    const again = follow(left, { type: 'retry' })
    expect(again).toMatchObject({ screen: 'open', done: ['settle'] })
    expect(follow(again.model, { type: 'updated', view: link }).model).toMatchObject({
      checkoutState: { charge: 'so_far' },
    })
    expect(nextPollMs(again.model, 0)).toBe(2_000)
    expect(follow(again.model, settledFor(link, { outcome: 'none' })).model).toMatchObject({
      at: 'open',
      checkoutState: { charge: 'none' },
    })
  })

  test('an ended link makes a preliminary claim and stops asking once decided', () => {
    const opened = follow(firstModel(unsettled, false), { type: 'started' }).model
    const soFar = follow(opened, settledFor(unsettled, { outcome: 'none', so_far: true })).model
    expect(soFar).toMatchObject({ at: 'settled', view: { status: 'expired', unsettled: true } })
    expect(nextPollMs(soFar, 0)).toBe(2_000)
    const known = follow(soFar, settledFor(expired, { outcome: 'none' })).model
    expect(known).toMatchObject({ at: 'settled', view: { status: 'expired' } })
    expect(known).not.toMatchObject({ view: { unsettled: true } })
    expect(nextPollMs(known, 0)).toBeNull()
  })

  test('a link that ends under the screen is settled first', () => {
    for (const before of [left, follow(left, { type: 'retry' }).model]) {
      const ended = follow(before, { type: 'updated', view: expired })
      expect(ended).toMatchObject({ screen: before.at, done: ['settle'] })
    }
    expect(follow(left, settledFor(expired, { outcome: 'none', so_far: true })).model).toMatchObject({
      view: { status: 'expired', unsettled: true },
    })
  })

  test('a customer with an open window stays in it', () => {
    const second = follow(left, { type: 'retry' }, sdkReady, granted, { type: 'pressed' }).model
    expect(follow(second, settledFor(unsettled, { outcome: 'none', so_far: true })).screen).toBe('paying')
  })

  test('a refunded attempt leads back to the bill and leaves an open window alone', () => {
    const refunded = settledFor(link, { outcome: 'refunded' })
    const chosen = follow(left, { type: 'retry' }, { type: 'selected', method: 'm2' }).model
    expect(follow(chosen, refunded).model).toMatchObject({
      at: 'open',
      checkoutState: { method: 'm2', charge: 'unknown' },
    })
    const second = follow(left, { type: 'retry' }, sdkReady, granted, { type: 'pressed' }).model
    expect(follow(second, refunded).screen).toBe('paying')
  })

  test('a lost connection repeats only what is known about the charge', () => {
    const refused: Event = { type: 'refused', method: 'm1', failure: 'unreachable' }
    const press = (before: Model) => follow(before, { type: 'pressed' }, refused).model
    expect(press(open)).toEqual({ at: 'unreachable', charge: 'none' })
    expect(press(modelOf(anOpenLink({ busy: true })))).toEqual({ at: 'unreachable', charge: 'so_far' })
    const again = press(follow(left, { type: 'retry' }).model)
    expect(again).toEqual({ at: 'unreachable', charge: 'so_far' })
    expect(nextPollMs(again, 0)).toBe(2_000)
    expect(follow(again, settledFor(aPaidLink, { outcome: 'paid' })).screen).toBe('paid')
    expect(follow(again, { type: 'retry' }, { type: 'updated', view: link }).model).toMatchObject({
      at: 'open',
      checkoutState: { charge: 'so_far' },
    })
    expect(follow(loading, { type: 'unreachable' }).model).toEqual({ at: 'unreachable', charge: 'unknown' })
    const returning: Attempt = {
      outcome: 'rejected',
      why: 'amount',
      amount: 1,
      currency: 'KRW',
      returned: false,
    }
    const rejected = follow(confirming, settledFor(link, returning), { type: 'retry' }).model
    expect(press(rejected)).toEqual({ at: 'unreachable', charge: 'unknown' })
  })

  test('no final claim appears before the edge decides, for any order of events', () => {
    const happenings = fc.constantFrom<Event>(
      sdkReady,
      { type: 'pressed' },
      { type: 'retry' },
      { type: 'unreachable' },
      { type: 'unsettled' },
      { type: 'returned', impUid: 'imp_1' },
      { type: 'returned', impUid: undefined },
      granted,
      { type: 'refused', method: 'm1', failure: 'unreachable' },
      { type: 'updated', view: link },
      { type: 'updated', view: unsettled },
      { type: 'updated', view: expired },
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
          expect(model.checkoutState.charge).toBe('so_far')
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
  const left = follow(paying, { type: 'retry' }, settledFor(link, { outcome: 'started', so_far: true })).model

  test('opens no window and says that nothing was charged through this link', () => {
    expect(elsewhere).toEqual({ at: 'paid_elsewhere', view: flagged, charge: 'none' })
    expect(follow(elsewhere, { type: 'intent' }, { type: 'pressed' })).toMatchObject({
      screen: 'paid_elsewhere',
      done: [],
    })
  })

  test('makes a preliminary claim while a window is open on another screen', () => {
    expect(modelOf(anOpenLink({ paid_elsewhere: true, busy: true }))).toMatchObject({ charge: 'so_far' })
  })

  test.each<[string, Event]>([
    ['the link is updated', { type: 'updated', view: flagged }],
    [
      'a window is refused',
      { type: 'refused', method: 'm1', failure: { reason: 'not_open', view: flagged } },
    ],
  ])('replaces an open bill when %s', (_, event) => {
    expect(follow(open, event).screen).toBe('paid_elsewhere')
    expect(follow(open, { type: 'pressed' }, event).screen).toBe('paid_elsewhere')
    expect(follow(left, { type: 'retry' }, event).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'so_far',
    })
  })

  test('is shown to a customer who is about to retry', () => {
    const declined = follow(confirming, settledFor(link, { outcome: 'declined' })).model
    expect(follow(declined, { type: 'updated', view: flagged }).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'none',
    })
    expect(follow(left, { type: 'updated', view: flagged }).model).toMatchObject({ charge: 'so_far' })
  })

  test("appears as soon as the edge finds the payment, without a final claim about the customer's own", () => {
    const expired = { ...link, status: 'expired', unsettled: true } as LinkView
    const before = [confirming, left, paying, follow(confirming, { type: 'unsettled' }).model]
    for (const model of [...before, firstModel(expired, false)])
      for (const view of [flagged, link, expired])
        expect(follow(model, foreign(view)).model).toEqual({ at: 'paid_elsewhere', view, charge: 'so_far' })
  })

  test("shows the customer's own attempt on the same screen, which decides the claim", () => {
    expect(follow(confirming, settledFor(flagged, { outcome: 'declined' })).model).toMatchObject({
      at: 'paid_elsewhere',
      charge: 'none',
    })
    expect(
      follow(confirming, settledFor(flagged, { outcome: 'cancelled', so_far: true })).model,
    ).toMatchObject({ at: 'paid_elsewhere', charge: 'so_far' })
  })

  test('does not interrupt an open window', () => {
    expect(follow(paying, { type: 'updated', view: flagged }).screen).toBe('paying')
    expect(follow(paying, settledFor(flagged, { outcome: 'started', so_far: true })).screen).toBe('paying')
  })

  test('gives way to a payment of this link', () => {
    expect(follow(confirming, foreign(aPaidLink)).screen).toBe('paid')
    expect(follow(elsewhere, { type: 'updated', view: aPaidLink }).screen).toBe('paid')
    expect(follow(elsewhere, settledFor(aPaidLink, { outcome: 'paid' })).screen).toBe('paid')
    expect(follow(elsewhere, settledFor(flagged, { outcome: 'pending' })).screen).toBe('unknown')
  })

  test('is checked again on request and stays if the edge cannot tell', () => {
    const afterRetry = follow(elsewhere, { type: 'retry' })
    expect(afterRetry).toMatchObject({
      screen: 'paid_elsewhere',
      done: ['settle'],
      model: { checking: true },
    })
    expect(follow(afterRetry.model, { type: 'unsettled' }).model).toMatchObject({
      at: 'paid_elsewhere',
      checking: false,
    })
    // Also from a machine whose clock is behind.
    const behind = { ...flagged, now: '2026-11-20T05:00:00.000Z' }
    const same = follow(afterRetry.model, foreign(behind)).model
    expect(same).toEqual({ at: 'paid_elsewhere', view: behind, charge: 'none' })
  })

  test('returns to the bill when the payment is gone, and survives the end of the link', () => {
    expect(follow(elsewhere, { type: 'updated', view: link })).toMatchObject({
      screen: 'open',
      done: ['load-sdk'],
    })
    expect(follow(elsewhere, { type: 'retry' }, settledFor(link, { outcome: 'none' })).screen).toBe('open')
    expect(follow(elsewhere, { type: 'updated', view: aDisabledLink }).screen).toBe('paid_elsewhere')
    expect(nextPollMs(elsewhere, 0)).not.toBeNull()
    expect(nextPollMs(follow(elsewhere, { type: 'updated', view: aDisabledLink }).model, 0)).toBeNull()
  })
})

test('a permission for a window in another language is not used', () => {
  const switched = follow(
    open,
    sdkReady,
    { type: 'intent' },
    granted,
    { type: 'language_changed' },
    { type: 'pressed' },
  )
  expect(switched).toMatchObject({ screen: 'open', done: ['grant', 'grant'] })
})

test('a click that waits only for the SDK opens a window that needs no popup', () => {
  const early = follow(open, { type: 'pressed' }, granted)
  expect(early.screen).toBe('open')
  expect(follow(early.model, sdkReady).screen).toBe('paying')
  expect(follow(early.model, { type: 'sdk', state: 'ready', active: false }).model).toMatchObject({
    at: 'open',
    checkoutState: { trouble: { reason: 'press_again' } },
  })
})
