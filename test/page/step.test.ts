import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attempt } from '../../src/contract/checkout.ts'
import type { LinkView } from '../../src/contract/link-view.ts'
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
    expect(follow(paying, { type: 'again' })).toMatchObject({ screen: 'confirming', done: ['settle'] })
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
    expect(follow(back.model, { type: 'settled', settled: settledAs(aPaidLink, rejected) }).screen).toBe(
      'rejected',
    )
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
    expect(follow({ at: 'loading' }, { type: 'cut' }).screen).toBe('unreachable')
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

test('a window left without an answer is not over: it may be paid still, and the page would tell', () => {
  const left = follow(
    paying,
    { type: 'again' },
    { type: 'settled', settled: settledAs(link, { outcome: 'started' }) },
  )
  expect(left.screen).toBe('cancelled')
  expect(nextLook(left.model, 0)).not.toBeNull()
  expect(follow(left.model, { type: 'viewed', view: aPaidLink }).screen).toBe('paid')
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
      for (const before of [{ at: 'loading' } as const, open])
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
